// The V7 input features of KataGo's nets: 22 planes and 19 numbers (docs/formats.md), exactly as
// KataGo's fillRowV7 makes them outside its clean-up phases ("encore"). Inputs of those phases stay
// zero: a game under territory rules that two passes have ended is shown as KataGo shows it with
// preventEncore, its setting for GTP.
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

/// The planes. 7, 8, 20 and 21 belong to the encore.
enum V7Plane : int {
  kPlaneOnBoard = 0,
  kPlaneOwnStones = 1,
  kPlaneOpponentStones = 2,
  kPlaneOneLiberty = 3,  // then those of two and of three
  kPlaneKoBan = 6,
  kPlaneLastMove = 9,   // then the moves 2 to 5 turns ago
  kPlaneLaddered = 14,  // then 1 and 2 turns ago
  kPlaneWorkingLadderMoves = 17,
  kPlaneOwnArea = 18,
  kPlaneOpponentArea = 19,
};

/// The numbers. 12 and 13 belong to the encore.
enum V7Global : int {
  kGlobalLastMovePassed = 0,  // then the moves 2 to 5 turns ago
  kGlobalSelfKomi = 5,        // in units of 20 points
  kGlobalFirstRule = 6,       // RuleInputs
  kGlobalPassEndsGame = 14,
  kGlobalHasPlayoutAdvantage = 15,
  kGlobalPlayoutAdvantage = 16,
  kGlobalButton = 17,
  kGlobalKomiWave = 18,
};

/// The numbers for the rules: ko, suicide, scoring and tax.
using RuleInputs = std::array<float, 6>;
RuleInputs rule_inputs(const Rules& rules);

struct PlaneOptions {
  bool ladders = true;      // their planes; else zero
  double draw_value = 0.5;  // share of a win that a draw is worth to White; enters the komi feature
  /// If a pass would end a game under area scoring, hide this and the moves before:
  bool hide_game_end = false;             // in any case (KataGo's conservativePass at the root)
  bool hide_losing_game_end = false;      // if the player to move does not win (its passing hacks)
  bool pass_alive_under_suicide = false;  // area as if suicide were legal (Model says so)
  double playout_advantage = 0;           // doublings of playouts that the player to move has
};

/// The symmetry that a network sees of a board of `size`: rectangles are not transposed (as in
/// KataGo, where symmetries 4-7 show them as 0-3 do).
constexpr Symmetry shape_keeping(Symmetry symmetry, BoardSize size) {
  return size.width == size.height ? symmetry : Symmetry(symmetry.number() & 3);
}

/// Keeps its memory between positions. One thread at a time.
class PlaneEncoder {
 public:
  /// Writes spatial[22 * area] plane-major, turned by shape_keeping(symmetry), and global[19]. Both
  /// for the player to move.
  void encode(const Position& position, Symmetry symmetry, const PlaneOptions& options,
              std::span<float> spatial, std::span<float> global);

 private:
  const LadderedPoints& laddered_ago(const Position& position, int turns);

  LadderReader reader_;
  Ladders ladders_;
  LadderMemory memory_;
  AreaMap area_;
};

/// The same for a single position.
void encode_planes(const Position& position, Symmetry symmetry, const PlaneOptions& options,
                   std::span<float> spatial, std::span<float> global);

}  // namespace ponnuki::nn
