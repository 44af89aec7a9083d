// Rules for every command: commands run one at a time; pondering stops before a command and may
// resume after it; a response is one write.
#include "gtp/session.h"

#include <new>

#include "engine/coord.h"
#include "server/line_splitter.h"

namespace ponnuki::gtp {

namespace {

constexpr std::string_view kJsonHint =
    "this is GTP, not the JSON analysis protocol: send commands such as 'genmove b' or "
    "'kata-analyze b 50'";

// The stream of the random numbers for levels. The search has other streams.
constexpr std::uint64_t kLevelStream = 0x1e7e1;

bool is_json(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  return first != std::string_view::npos && line[first] == '{';
}

}  // namespace

Session::Session(const GtpOptions& options, const SessionPorts& ports)
    : options_(options),
      ports_(ports),
      registry_(Registry::with_all_commands(options.files)),
      game_(options.board_size, options.rules),
      thinker_(ports.provider, ports.inbox, resources()),
      memory_(Random(options.search.params.seed, kLevelStream)) {}

Thinker::Resources Session::resources() const {
  return {ports_.helpers, ports_.out.pause(), options_.most_seconds};
}

void Session::serve() {
  while (!quitting_) {
    const auto line = ports_.inbox.pop();
    if (!line) break;
    answer(*line);
  }
  thinker_.stop_pondering();
}

void Session::answer(std::string_view line) {
  if (line.size() > server::kMaxLineBytes) {
    out().write(format_reply("", Reply::error("line too long")));
    return;
  }
  if (is_json(line)) {
    out().write(format_reply("", Reply::error(std::string(kJsonHint))));
    return;
  }
  const auto command = parse_command(line);
  if (!command) return;
  thinker_.stop_pondering();
  const Reply reply = dispatch_safely(*command);
  if (reply.kind != Reply::Kind::kStreamed) out().write(format_reply(command->id, reply));
  ponder_if_idle();
}

/// Where memory runs out, only this command fails.
Reply Session::dispatch_safely(const Command& command) try {
  return dispatch(command);
} catch (const std::bad_alloc&) {
  return Reply::error("there is not enough memory for this command");
}

Reply Session::dispatch(const Command& command) {
  if (command.name.empty()) return Reply::error("empty command");
  const Handler handler = registry_.find(command.name);
  return handler ? handler(*this, command) : Reply::error("unknown command");
}

/// Ponders only if no line is waiting, since it would be stopped at once. Does not ponder at a
/// level, since the results would make the engine stronger than its level.
void Session::ponder_if_idle() {
  if (!options_.search.ponder || options_.level || !memory_.may_ponder) return;
  if (quitting_ || position().is_over()) return;
  if (ports_.inbox.pending()) return;
  thinker_.ponder(position(), options_.search.params, options_.search.ponder_seconds);
}

void Session::start(Game game) {
  game_ = std::move(game);
  memory_.forget_game();
}

void Session::start_empty(BoardSize size) { start(Game(size, position().rules())); }

Result<referee::Judgement> Session::judge(const Position& position) {
  Thinker referee(ports_.provider, ports_.inbox, resources());
  return memory_.judge.judge(position, referee);
}

void Session::play(Move move) {
  game_.play(move);
  memory_.may_ponder = true;
}

void Session::continue_with(Game game) {
  game_ = std::move(game);
  memory_.may_ponder = true;
}

bool Session::undo(int count) {
  memory_.may_ponder = false;
  return game_.undo(count);
}

void Session::set_komi(float komi) { game_.set_komi(komi); }

void Session::set_rules(const Rules& rules) { game_.set_rules(rules); }

/// A finished game has no legal moves. The new position does not contain superko bans, so moves
/// found on it are checked against the real position.
Position Session::position_for(Color player) const {
  Position result = position();
  if (result.is_over()) {
    result = Position(result.board(), player, result.rules(), result.handicap());
  }
  result.set_to_move(player);
  return result;
}

std::string Session::vertex(Point p) const {
  if (p.is_pass()) return options_.pass_uppercase ? "PASS" : "pass";
  return to_gtp(p, position().size());
}

std::string Session::vertices(const std::vector<Point>& points) const {
  std::string text;
  for (const Point p : points) text += (text.empty() ? "" : " ") + vertex(p);
  return text;
}

Status check_room(const Game& game) {
  if (!game.is_full()) return {};
  return Error{"a game has at most " + std::to_string(Game::kMostMoves) +
               " moves: clear_board begins another one"};
}

std::optional<Point> Session::parse_board_point(std::string_view text) const {
  const auto point = parse_gtp_vertex(text, position().size());
  if (!point || !point->on_board(position().size())) return std::nullopt;
  return point;
}

}  // namespace ponnuki::gtp
