// PlayedGame: a game from a record as training wants it: its moves, two bytes each, and what the
// record says about its end.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/game.h"
#include "engine/result.h"
#include "engine/sgf/sgf.h"

namespace ponnuki::selfplay {

/// A stone or a pass in two bytes: the cell (area: pass), and above it the colour.
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

struct PlayedGame {
  BoardSize size;
  Rules rules;
  std::vector<PackedMove> setup;  // stones before the first move
  Color first = Color::kBlack;    // to move there
  int handicap = 0;
  std::vector<PackedMove> moves;
  std::optional<Color> winner;       // kEmpty: a draw; nothing: unknown
  std::optional<float> white_score;  // final, komi included
  std::vector<Color> owner;          // [area], at the end; empty: unknown
};

/// The main line of a record, from the last setup on where stones are set up on the way. `base` has
/// the rules and komi that hold where the record says nothing. Who won is known from RE, unless the
/// game ended by time, by forfeit or without result, which say little about the board. Score and
/// owners are known where the game ended by two passes and the board as it stands counts to what RE
/// says: where dead stones were left on it, it does not. Errors are those of SgfReplay.
Result<PlayedGame> read_played_game(const sgf::SgfTree& tree, sgf::SgfNodeId root,
                                    const Rules& base);

/// Before move number `turn`, its player to move.
Position position_at(const PlayedGame& game, std::size_t turn);

/// Of size, setup and moves: the same game has the same number in every file and every run.
std::uint64_t game_hash(const PlayedGame& game);

}  // namespace ponnuki::selfplay
