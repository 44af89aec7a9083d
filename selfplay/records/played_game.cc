#include "selfplay/records/played_game.h"

#include <cmath>

#include "engine/check.h"
#include "engine/random.h"
#include "engine/score.h"

namespace ponnuki::selfplay {
namespace {

std::vector<PackedMove> stones_of(const Board& board) {
  std::vector<PackedMove> stones;
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point point = Point::from_cell(cell, board.size());
    if (is_player(board.at(point))) stones.push_back({{board.at(point), point}, board.size()});
  }
  return stones;
}

std::optional<Color> winner_of(const sgf::SgfResult& result) {
  switch (result.kind) {
    case sgf::SgfResult::Kind::kScore:
    case sgf::SgfResult::Kind::kResign:
    case sgf::SgfResult::Kind::kUnspecified:
      return result.winner;
    case sgf::SgfResult::Kind::kDraw:
      return Color::kEmpty;
    default:
      return std::nullopt;
  }
}

/// White's points minus Black's; nothing if the record does not contain them.
std::optional<double> white_margin(const sgf::SgfResult& result) {
  if (result.kind == sgf::SgfResult::Kind::kDraw) return 0;
  if (result.kind != sgf::SgfResult::Kind::kScore) return std::nullopt;
  return result.winner == Color::kWhite ? result.margin : -result.margin;
}

void count(const Position& end, const sgf::SgfResult& result, PlayedGame& game) {
  const auto margin = white_margin(result);
  if (!margin || end.consecutive_passes() < 2) return;
  AreaMap map{};
  const float score = score_area(end, &map).white_minus_black;
  if (std::abs(static_cast<double>(score) - *margin) > 0.01) return;
  game.white_score = score;
  for (int cell = 0; cell < game.size.area(); ++cell)
    game.owner.push_back(map[static_cast<std::size_t>(Point::from_cell(cell, game.size).index())]);
}

}  // namespace

Result<PlayedGame> read_played_game(const sgf::SgfTree& tree, sgf::SgfNodeId root,
                                    const Rules& base) {
  PONNUKI_TRY(const auto record, sgf::replay_sgf(tree, root, base));
  const Position& start = record.game.start();
  const Position& end = record.game.position();
  PlayedGame game;
  game.size = start.size();
  game.rules = start.rules();
  game.setup = stones_of(start.board());
  game.first = start.to_move();
  game.handicap = start.handicap();
  for (const Move& move : end.moves()) game.moves.push_back({move, game.size});
  game.winner = winner_of(record.info.result);
  count(end, record.info.result, game);
  return game;
}

Position position_at(const PlayedGame& game, std::size_t turn) {
  std::vector<Move> stones;
  stones.reserve(game.setup.size());
  for (const PackedMove stone : game.setup) stones.push_back(stone.unpack(game.size));
  Board board(game.size);
  PONNUKI_CHECK(board.place(stones));
  Game line(board, game.first, game.rules, game.handicap);
  for (std::size_t t = 0; t < turn; ++t) line.play(game.moves[t].unpack(game.size));
  line.set_to_move(game.moves[turn].color());
  return line.position();
}

std::uint64_t game_hash(const PlayedGame& game) {
  std::uint64_t hash = splitmix64(static_cast<std::uint64_t>(game.size.width * 64) +
                                  static_cast<std::uint64_t>(game.size.height));
  const auto add = [&](PackedMove move) {
    const int number = 2 * move.cell() + (move.color() == Color::kWhite ? 1 : 0);
    hash = splitmix64(hash ^ static_cast<std::uint64_t>(number));
  };
  for (const PackedMove stone : game.setup) add(stone);
  hash = splitmix64(hash ^ 0xffff);
  for (const PackedMove move : game.moves) add(move);
  return hash;
}

}  // namespace ponnuki::selfplay
