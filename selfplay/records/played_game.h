// PlayedGame: a game from a record, for training: its moves, in two bytes each, and its result
// according to the record.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/game.h"
#include "engine/mutex.h"
#include "engine/result.h"
#include "engine/sgf/sgf.h"

namespace ponnuki::selfplay {

/// A stone or a pass in two bytes: the cell (area() for a pass), and the colour in the highest bit.
class PackedMove {
 public:
  PackedMove(Move move, BoardSize size)
      : bits_(static_cast<std::uint16_t>(move.point.cell(size) |
                                         (move.color == Color::kWhite ? kWhiteBit : 0))) {}
  Color color() const { return bits_ & kWhiteBit ? Color::kWhite : Color::kBlack; }
  int cell() const { return bits_ & ~kWhiteBit; }
  Move unpack(BoardSize size) const { return {color(), Point::from_cell(cell(), size)}; }

 private:
  static constexpr int kWhiteBit = 1 << 15;
  std::uint16_t bits_;
};

struct PlayedGame;

/// The owners of the points at the end of a game with a known score. They are computed when they
/// are first asked for: judging the end of a game takes as long as learning from a position or two.
class GameEnd {
 public:
  /// [area]; empty if unknown, as the judgement of the last position gives another score than the
  /// record has: players may have stopped early, or the judgement errs. The difference may be 1 %
  /// of the board's area, since records do not agree on the last protective moves. Thread-safe.
  const std::vector<Color>& owner(const PlayedGame& game) PONNUKI_EXCLUDES(mutex_);

 private:
  Mutex mutex_;
  bool is_judged_ PONNUKI_GUARDED_BY(mutex_) = false;
  std::vector<Color> owner_;  // does not change once it is judged
};

struct PlayedGame {
  BoardSize size;
  Rules rules;
  std::vector<PackedMove> setup;  // stones before the first move
  Color first = Color::kBlack;    // to move after the setup
  int handicap = 0;
  std::vector<PackedMove> moves;
  std::optional<Color> winner;       // kEmpty: a draw; nothing: unknown
  std::optional<float> white_score;  // final, komi included; nothing: unknown
  std::shared_ptr<GameEnd> end;      // null if the score is unknown

  /// [area], at the end of the game; empty: unknown.
  const std::vector<Color>& owner() const;
};

/// Reads the main line of a record or, if stones are set up during the game, the part after the
/// last setup. `base` has the rules and komi for records without them. The winner is taken from RE,
/// unless the game ended on time, by forfeit or without result, which say little about the board.
/// Errors are those of replay_sgf().
Result<PlayedGame> read_played_game(const sgf::SgfTree& tree, sgf::SgfNodeId root,
                                    const Rules& base);

/// The position before move number `turn`, with the player of that move to move; for the number of
/// moves, the last position. With `rules`, as if the game had been played under them: superko does
/// not forbid its moves, but suicide must be allowed if the game has one.
Position position_at(const PlayedGame& game, std::size_t turn, const Rules& rules);
Position position_at(const PlayedGame& game, std::size_t turn);

/// A hash of size, setup and moves. It is the same in every file and every run.
std::uint64_t game_hash(const PlayedGame& game);

}  // namespace ponnuki::selfplay
