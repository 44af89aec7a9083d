// The V7 input features of KataGo's nets: 22 planes and 19 global features (docs/formats.md),
// exactly as KataGo's fillRowV7 computes them, also in clean-up phases (engine/encore.h). A game
// under territory rules that two passes have ended, without an encore, is shown as KataGo shows it
// with preventCleanupPhase, its default for GTP and analysis.
#pragma once

#include <array>
#include <span>

#include "engine/area.h"
#include "engine/ladder.h"
#include "engine/position.h"
#include "engine/symmetry.h"
#include "nn/inputs/ladder_memory.h"

namespace ponnuki::nn {

inline constexpr int kPlaneCount = 22;
inline constexpr int kGlobalCount = 19;
inline constexpr int kMovesShown = 5;

/// The planes. KataGo keeps 8 empty.
enum V7Plane : int {
  kPlaneOnBoard = 0,
  kPlaneOwnStones = 1,
  kPlaneOpponentStones = 2,
  kPlaneOneLiberty = 3,  // the next two planes: two and three liberties
  kPlaneKoBan = 6,       // in the encore: kos that were taken in this position before
  kPlaneKoBlock = 7,     // encore: stones that may be retaken only after a pass for the ko
  kPlaneLastMove = 9,    // the next four planes: moves 2 to 5 turns ago
  kPlaneLaddered = 14,   // the next two planes: 1 and 2 turns ago
  kPlaneWorkingLadderMoves = 17,
  kPlaneOwnArea = 18,
  kPlaneOpponentArea = 19,
  kPlaneOwnStart = 20,  // stones at the start of the second phase of the encore
  kPlaneOpponentStart = 21,
};

/// The global features.
enum V7Global : int {
  kGlobalLastMovePassed = 0,  // the next four: moves 2 to 5 turns ago
  kGlobalSelfKomi = 5,        // in units of 20 points
  kGlobalFirstRule = 6,       // RuleInputs
  kGlobalEncore = 12,
  kGlobalSecondEncore = 13,  // the second phase of it
  kGlobalPassEndsGame = 14,  // or a phase of the encore
  kGlobalHasPlayoutAdvantage = 15,
  kGlobalPlayoutAdvantage = 16,
  kGlobalButton = 17,
  kGlobalKomiWave = 18,
};

/// The features of the rules: ko, suicide, scoring and tax.
using RuleInputs = std::array<float, 6>;
RuleInputs rule_inputs(const Rules& rules);

struct PlaneOptions {
  bool ladders = true;  // fill the ladder planes; if false, they are zero
  // The value of a draw for White, as a share of a win. It enters the komi feature.
  double draw_value = 0.5;
  /// If a pass would end a game under area scoring, hide this fact and the earlier moves:
  bool hide_game_end = false;         // always (KataGo's conservativePass at the root)
  bool hide_losing_game_end = false;  // if the player to move does not win (its passing hacks)
  // Compute the area as if suicide were legal (from Model).
  bool pass_alive_under_suicide = false;
  // How many times the playouts of the player to move are doubled, relative to the opponent's.
  double playout_advantage = 0;
};

/// The symmetry that is applied to a board of `size`. Rectangular boards are not transposed: as in
/// KataGo, symmetries 4-7 act on them like 0-3.
constexpr Symmetry shape_keeping(Symmetry symmetry, BoardSize size) {
  return size.width == size.height ? symmetry : Symmetry(symmetry.number() & 3);
}

/// Keeps its memory between positions. Not thread-safe.
class PlaneEncoder {
 public:
  /// Writes spatial[22 * area], plane-major, transformed by shape_keeping(symmetry), and
  /// global[19]. Both are from the perspective of the player to move.
  void encode(const Position& position, Symmetry symmetry, const PlaneOptions& options,
              std::span<float> spatial, std::span<float> global);

 private:
  const LadderedPoints& laddered_ago(const Position& position, int turns);

  LadderReader reader_;
  Ladders ladders_;
  LadderMemory memory_;
  AreaMap area_;
};

/// Encodes a single position.
void encode_planes(const Position& position, Symmetry symmetry, const PlaneOptions& options,
                   std::span<float> spatial, std::span<float> global);

}  // namespace ponnuki::nn
