#include "selfplay/records/played_game.h"

#include <cmath>
#include <utility>

#include "engine/check.h"
#include "engine/random.h"
#include "engine/referee/judgement.h"

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

/// The owners at the end, the dead stones removed, as if both players had passed.
std::vector<Color> judged_owners(const PlayedGame& game) {
  // Passes are often left out of records. A button takes one.
  Position last = position_at(game, game.moves.size());
  for (int passes = 0; passes < 4 && !last.is_over(); ++passes) last.play(Point::pass());
  // Without reading the judgement is right nearly as often (251 of 300 games instead of 259) and
  // takes a quarter of the time. Where it is wrong, the score tells.
  const referee::Judgement judged = referee::judge_quickly(last, referee::Reading::kNone);
  const float error = std::abs(judged.score.white_minus_black - *game.white_score);
  if (error > 0.01F * static_cast<float>(game.size.area())) return {};
  std::vector<Color> owner;
  for (int cell = 0; cell < game.size.area(); ++cell)
    owner.push_back(owner_at(judged.owner, Point::from_cell(cell, game.size)));
  return owner;
}

}  // namespace

const std::vector<Color>& GameEnd::owner(const PlayedGame& game) {
  const MutexLock lock(mutex_);
  if (!std::exchange(is_judged_, true)) owner_ = judged_owners(game);
  return owner_;
}

const std::vector<Color>& PlayedGame::owner() const {
  static const std::vector<Color> unknown;
  return end ? end->owner(*this) : unknown;
}

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
  if (const auto margin = white_margin(record.info.result)) {
    game.white_score = static_cast<float>(*margin);
    game.end = std::make_shared<GameEnd>();
  }
  return game;
}

Position position_at(const PlayedGame& game, std::size_t turn) {
  return position_at(game, turn, game.rules);
}

Position position_at(const PlayedGame& game, std::size_t turn, const Rules& rules) {
  std::vector<Move> stones;
  stones.reserve(game.setup.size());
  for (const PackedMove stone : game.setup) stones.push_back(stone.unpack(game.size));
  Board board(game.size);
  PONNUKI_CHECK(board.place(stones));
  Game line(board, game.first, rules, game.handicap);
  for (std::size_t t = 0; t < turn; ++t) line.play(game.moves[t].unpack(game.size));
  if (turn < game.moves.size()) line.set_to_move(game.moves[turn].color());
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
