// The board: size, komi, moves and undo.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "engine/board_view.h"
#include "engine/coord.h"
#include "engine/text.h"
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

/// A number of points without trailing zeros: "7.5", "6", "-0.5".
std::string points_text(double points) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6g", points == 0 ? 0.0 : points);
  return text;
}

/// The board as drawn by engine/board_view.h, then a few lines on the state of the game. Begins
/// with a newline; contains no blank lines.
std::string board_text(const Position& position) {
  std::string text = "\n" + draw_board(position, {});
  const Board& board = position.board();
  text += std::string("Next player: ") + to_string(position.to_move());
  text += ", moves: " + std::to_string(position.move_count());
  text += ", captured black stones: " + std::to_string(board.prisoners(Color::kBlack));
  text += ", captured white stones: " + std::to_string(board.prisoners(Color::kWhite));
  text += "\nRules: " + rules_to_name(position.rules());
  text += ", komi: " + points_text(position.rules().komi);
  if (position.handicap() > 0) text += ", handicap: " + std::to_string(position.handicap());
  if (position.is_over()) text += "\nThe game is over";
  return text;
}

/// Accepts "N", "W H" and KataGo's "W:H".
std::optional<std::pair<long long, long long>> parse_size(std::vector<std::string> args) {
  if (args.size() == 1) {
    const auto colon = args[0].find(':');
    if (colon == std::string::npos) {
      args.push_back(args[0]);
    } else {
      args.push_back(args[0].substr(colon + 1));
      args[0].resize(colon);
    }
  }
  if (args.size() != 2) return std::nullopt;
  const auto width = parse_integer(args[0]);
  const auto height = parse_integer(args[1]);
  if (!width || !height) return std::nullopt;
  return std::pair(*width, *height);
}

/// Clears the board. Keeps komi, rules and clocks (Sabaki sends komi first).
Reply boardsize(Session& session, const Command& command) {
  const auto size = parse_size(command.args);
  if (!size) return Reply::error("syntax error: expected boardsize N or boardsize WIDTH HEIGHT");
  const auto [width, height] = *size;
  const auto fits = [](long long n) { return n >= kMinLength && n <= kMaxLength; };
  if (!fits(width) || !fits(height)) return Reply::error("unacceptable size");
  const BoardSize chosen{static_cast<std::uint8_t>(width), static_cast<std::uint8_t>(height)};
  if (!session.thinker().may_judge(chosen)) return Reply::error("unacceptable size");
  session.start_empty(chosen);
  return Reply::ok();
}

Reply query_boardsize(Session& session, const Command&) {
  const BoardSize size = session.position().size();
  std::string text = std::to_string(size.width);
  if (size.height != size.width) text += " " + std::to_string(size.height);
  return Reply::ok(text);
}

Reply clear_board(Session& session, const Command&) {
  session.start_empty(session.position().size());
  return Reply::ok();
}

/// "Accept komi even if ridiculous" (GTP 2). A komi far beyond the area of the board has no further
/// effect, so the value is clamped to the engine's range.
Reply komi(Session& session, const Command& command) {
  if (command.args.size() != 1) return Reply::error("syntax error: expected komi NUMBER");
  const auto value = parse_number(command.args[0]);
  if (!value) return Reply::error("syntax error: komi is not a number");
  session.set_komi(static_cast<float>(std::clamp(*value, -1000.0, 1000.0)));
  return Reply::ok();
}

Reply get_komi(Session& session, const Command&) {
  return Reply::ok(points_text(session.position().rules().komi));
}

std::optional<Move> parse_move(Session& session, const Command& command, std::size_t at) {
  if (command.args.size() < at + 2) return std::nullopt;
  const auto color = parse_color(command.args[at]);
  const auto point = parse_gtp_vertex(command.args[at + 1], session.position().size());
  if (!color || !point) return std::nullopt;
  return Move{*color, *point};
}

/// "resign" is no move in GTP, but some clients send it. The game is then over.
bool is_resignation(const Command& command) {
  return command.args.size() == 2 && to_lower(command.args[1]) == "resign";
}

Reply play(Session& session, const Command& command) {
  if (is_resignation(command)) session.memory().may_ponder = false;
  const auto move = parse_move(session, command, 0);
  if (!move || command.args.size() != 2) return Reply::error("invalid color or coordinate");
  if (const Status room = check_room(session.game()); !room) return Reply::error(room.error());
  if (!session.is_legal(*move)) return Reply::error("illegal move");
  session.play(*move);
  return Reply::ok();
}

/// GoGui: plays many moves in one command; all of them or none.
Reply play_sequence(Session& session, const Command& command) {
  if (command.args.size() % 2 != 0) return Reply::error("invalid color or coordinate");
  Game game = session.game();
  for (std::size_t i = 0; i < command.args.size(); i += 2) {
    const auto move = parse_move(session, command, i);
    if (!move) return Reply::error("invalid color or coordinate");
    if (const Status room = check_room(game); !room) return Reply::error(room.error());
    if (!game.position().is_legal_after_end(*move)) {
      return Reply::error("illegal move " + command.args[i + 1]);
    }
    game.play(*move);
  }
  session.continue_with(std::move(game));
  return Reply::ok();
}

Reply undo(Session& session, const Command&) {
  return session.undo() ? Reply::ok() : Reply::error("cannot undo");
}

/// GNU Go: takes back the given number of moves; all of them or none.
Reply gg_undo(Session& session, const Command& command) {
  const auto count = command.args.empty() ? 1 : parse_integer(command.args[0]).value_or(-1);
  if (count < 0) return Reply::error("syntax error: expected gg-undo NUMBER");
  if (count > session.position().move_count()) return Reply::error("cannot undo");
  session.undo(static_cast<int>(count));
  return Reply::ok();
}

Reply showboard(Session& session, const Command&) {
  return Reply::ok(board_text(session.position()));
}

}  // namespace

void add_board_commands(Registry& registry) {
  registry.add("boardsize", boardsize);
  registry.add("rectangular_boardsize", boardsize);
  registry.add("query_boardsize", query_boardsize);
  registry.add("clear_board", clear_board);
  registry.add("komi", komi);
  registry.add("get_komi", get_komi);
  registry.add("play", play);
  registry.add("gogui-play_sequence", play_sequence);
  registry.add("undo", undo);
  registry.add("gg-undo", gg_undo);
  registry.add("showboard", showboard);
}

}  // namespace ponnuki::gtp
