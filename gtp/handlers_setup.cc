// Handicap and free positions. A setup is the start of a game; undo does not go beyond it.
#include <algorithm>
#include <cmath>

#include "engine/coord.h"
#include "engine/star_points.h"
#include "engine/text.h"
#include "gtp/handicap.h"
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

/// Starts a game from these stones, with White to move. A single stone does not count as a handicap
/// for White's bonus.
Status start_handicap(Session& session, const std::vector<Point>& stones) {
  PONNUKI_TRY(const Board board, handicap_board(session.position().size(), stones));
  const int n = static_cast<int>(stones.size());
  session.start(Game(board, Color::kWhite, session.position().rules(), n >= 2 ? n : 0));
  return {};
}

std::optional<int> parse_count(const Command& command) {
  if (command.args.size() != 1) return std::nullopt;
  const auto n = parse_integer(command.args[0]);
  if (!n || *n < 0 || *n > kMaxArea) return std::nullopt;
  return static_cast<int>(*n);
}

bool has_stones(const Session& session) { return session.position().board().stone_count() > 0; }

Reply fixed_handicap_command(Session& session, const Command& command) {
  const auto n = parse_count(command);
  if (has_stones(session)) return Reply::error("board not empty");
  const BoardSize size = session.position().size();
  if (!n || *n < 2 || *n > max_fixed_handicap(size)) return Reply::error("invalid handicap");
  const std::vector<Point> stones = fixed_handicap(size, *n);
  if (const Status status = start_handicap(session, stones); !status) {
    return Reply::error(status.error());
  }
  return Reply::ok(session.vertices(stones));
}

Reply place_free_handicap(Session& session, const Command& command) {
  const auto n = parse_count(command);
  if (has_stones(session)) return Reply::error("board not empty");
  const BoardSize size = session.position().size();
  if (!n || *n < 2 || *n > max_free_handicap(size)) return Reply::error("invalid handicap");
  std::vector<Point> stones;
  if (*n <= max_fixed_handicap(size)) {
    stones = fixed_handicap(size, *n);
  } else {
    const auto evaluator = session.thinker().evaluator(size);
    if (!evaluator) return Reply::error(evaluator.error());
    stones = free_handicap(size, *n, session.position().rules(), **evaluator);
  }
  if (const Status status = start_handicap(session, stones); !status) {
    return Reply::error(status.error());
  }
  return Reply::ok(session.vertices(stones));
}

Reply set_free_handicap(Session& session, const Command& command) {
  if (has_stones(session)) return Reply::error("board not empty");
  if (command.args.empty()) return Reply::error("invalid handicap");
  std::vector<Point> stones;
  for (const std::string& word : command.args) {
    const auto p = session.parse_board_point(word);
    if (!p) return Reply::error("bad vertex list");
    stones.push_back(*p);
  }
  return start_handicap(session, stones) ? Reply::ok() : Reply::error("bad vertex list");
}

/// Parses black and white stones, in pairs COLOR VERTEX, that make a legal board.
Result<std::vector<Move>> parse_stones(const Session& session, const Command& command) {
  if (command.args.size() % 2 != 0) return Error{"expected pairs COLOR VERTEX"};
  std::vector<Move> stones;
  for (std::size_t i = 0; i < command.args.size(); i += 2) {
    const auto color = parse_color(command.args[i]);
    const auto point = session.parse_board_point(command.args[i + 1]);
    if (!color || !point) return Error{"invalid color or coordinate"};
    const bool repeated = std::any_of(stones.begin(), stones.end(),
                                      [&](const Move& stone) { return stone.point == *point; });
    if (repeated) return Error{"a vertex is named twice: " + command.args[i + 1]};
    stones.push_back({*color, *point});
  }
  return stones;
}

Reply start_position(Session& session, Board board, const std::vector<Move>& stones) {
  if (!board.place(stones)) return Reply::error("illegal position: stones without liberties");
  session.start(Game(board, Color::kBlack, session.position().rules(), 0));
  return Reply::ok();
}

/// KataGo: replaces the whole position, without history and prisoners, with Black to move.
Reply set_position(Session& session, const Command& command) {
  const auto stones = parse_stones(session, command);
  if (!stones) return Reply::error(stones.error());
  return start_position(session, Board(session.position().size()), *stones);
}

/// GoGui: adds stones to the current board (which is usually empty).
Reply gogui_setup(Session& session, const Command& command) {
  const auto stones = parse_stones(session, command);
  if (!stones) return Reply::error(stones.error());
  return start_position(session, session.position().board(), *stones);
}

Reply gogui_setup_player(Session& session, const Command& command) {
  const auto color = command.args.size() == 1 ? parse_color(command.args[0]) : std::nullopt;
  if (!color) return Reply::error("invalid color");
  session.set_to_move(*color);
  return Reply::ok();
}

Reply get_handicap(Session& session, const Command&) {
  return Reply::ok(std::to_string(session.position().handicap()));
}

}  // namespace

void add_setup_commands(Registry& registry) {
  registry.add("fixed_handicap", fixed_handicap_command);
  registry.add("place_free_handicap", place_free_handicap);
  registry.add("set_free_handicap", set_free_handicap);
  registry.add("get_handicap", get_handicap);
  registry.add("set_position", set_position);
  registry.add("gogui-setup", gogui_setup);
  registry.add("gogui-setup_player", gogui_setup_player);
}

}  // namespace ponnuki::gtp
