// Commands of GNU Go with which clients such as Kigo query the board.
#include <cstdio>

#include "engine/coord.h"
#include "engine/text.h"
#include "gtp/decide.h"
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

/// The vertices of all cells for which `test` is true, on one line.
template <typename F>
std::string vertices_where(const Session& session, F test) {
  std::vector<Point> points;
  const BoardSize size = session.position().size();
  for (int cell = 0; cell < size.area(); ++cell) {
    const Point p = Point::from_cell(cell, size);
    if (test(p)) points.push_back(p);
  }
  return session.vertices(points);
}

std::optional<Color> only_color(const Command& command) {
  return command.args.size() == 1 ? parse_color(command.args[0]) : std::nullopt;
}

std::string move_text(const Session& session, Move move) {
  return std::string(to_string(move.color)) + " " + session.vertex(move.point);
}

Reply list_stones(Session& session, const Command& command) {
  const auto color = only_color(command);
  if (!color) return Reply::error("invalid color");
  const Board& board = session.position().board();
  return Reply::ok(vertices_where(session, [&](Point p) { return board.at(p) == *color; }));
}

/// The number of stones that `color` has captured.
Reply captures(Session& session, const Command& command) {
  const auto color = only_color(command);
  if (!color) return Reply::error("invalid color");
  return Reply::ok(std::to_string(session.position().board().prisoners(opponent(*color))));
}

Reply move_history(Session& session, const Command&) {
  std::string text;
  for (int turns = 1; turns <= session.position().move_count(); ++turns) {
    if (turns > 1) text += '\n';
    text += move_text(session, session.position().move_ago(turns));
  }
  return Reply::ok(text);
}

Reply last_move(Session& session, const Command&) {
  if (session.position().move_count() == 0) return Reply::error("no previous move known");
  return Reply::ok(move_text(session, session.position().move_ago(1)));
}

Reply all_legal(Session& session, const Command& command) {
  const auto color = only_color(command);
  if (!color) return Reply::error("invalid color");
  return Reply::ok(vertices_where(session, [&](Point p) { return session.is_legal({*color, p}); }));
}

Reply is_legal(Session& session, const Command& command) {
  if (command.args.size() != 2) return Reply::error("invalid color or coordinate");
  const auto color = parse_color(command.args[0]);
  const auto point = parse_gtp_vertex(command.args[1], session.position().size());
  if (!color || !point) return Reply::error("invalid color or coordinate");
  return Reply::ok(session.is_legal({*color, *point}) ? "1" : "0");
}

/// The liberties of the chain at a vertex.
Reply findlib(Session& session, const Command& command) {
  const auto point =
      command.args.size() == 1 ? session.parse_board_point(command.args[0]) : std::nullopt;
  if (!point) return Reply::error("invalid coordinate");
  const Board& board = session.position().board();
  if (board.at(*point) == Color::kEmpty) return Reply::error("vertex must not be empty");
  const Point head = board.chain_head(*point);
  return Reply::ok(vertices_where(session, [&](Point p) {
    if (board.at(p) != Color::kEmpty) return false;
    for (const int offset : kNeighborOffsets) {
      const Point q = Point::from_index(p.index() + offset);
      if (is_player(board.at(q)) && board.chain_head(q) == head) return true;
    }
    return false;
  }));
}

/// Accepts "20k" to "9d", or GNU Go's 1 to 10: 20k, 17k and so on in steps of three, and full
/// strength at 10. The answer says so if the level is not reached on the board.
Reply level(Session& session, const Command& command) {
  constexpr int kLevelsAStep = 3;
  const std::string text = command.args.size() == 1 ? command.args[0] : "";
  if (const auto level = parse_rank(text)) {
    session.options().level = level;
    return Reply::ok(level_note(session));
  }
  const auto number = parse_integer(text);
  if (!number || *number < 1)
    return Reply::error("syntax error: expected level 1 to 10, or 20k to 1k, 1d to 9d");
  session.options().level.reset();
  if (*number < 10) session.options().level = Rank{kLevelsAStep * (static_cast<int>(*number) - 1)};
  return Reply::ok();
}

/// Up to ten moves with their shares of the visits, best first: "D4 0.52 Q16 0.31 …".
Reply top_moves(Session& session, Color player) {
  ThinkRequest think(session.position_for(player), session.options().search.params);
  think.limits = configured_limits(session, false);
  const auto outcome = session.thinker().think(think);
  if (!outcome) return Reply::error(outcome.error());
  constexpr std::size_t kMost = 10;
  std::string text;
  const search::Analysis analysis = session.thinker().search().analysis();
  for (std::size_t i = 0; i < std::min(analysis.moves.size(), kMost); ++i) {
    const search::MoveInfo& move = analysis.moves[i];
    if (move.visits == 0) break;
    char share[16];
    std::snprintf(share, sizeof share, " %.2f",
                  static_cast<double>(move.visits) / static_cast<double>(analysis.root.visits));
    if (!text.empty()) text += ' ';
    text += session.vertex(move.move) + share;
  }
  return Reply::ok(text);
}

Reply top_moves_black(Session& session, const Command&) {
  return top_moves(session, Color::kBlack);
}

Reply top_moves_white(Session& session, const Command&) {
  return top_moves(session, Color::kWhite);
}

}  // namespace

void add_gnugo_commands(Registry& registry) {
  registry.add("list_stones", list_stones);
  registry.add("captures", captures);
  registry.add("move_history", move_history);
  registry.add("last_move", last_move);
  registry.add("all_legal", all_legal);
  registry.add("is_legal", is_legal);
  registry.add("findlib", findlib);
  registry.add("level", level);
  registry.add("top_moves_black", top_moves_black);
  registry.add("top_moves_white", top_moves_white);
}

}  // namespace ponnuki::gtp
