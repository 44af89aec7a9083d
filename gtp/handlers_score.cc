// The winner and the dead stones (engine/referee/judgement.h).
#include <cmath>

#include "engine/chains.h"
#include "engine/coord.h"
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

/// A finished game is counted. An unfinished game is estimated from the lead.
Reply final_score(Session& session, const Command&) {
  const auto result = session.judge();
  if (!result) return Reply::error("cannot score: " + result.error().message);
  return Reply::ok(result->score.to_string());
}

enum class Status3 { kAlive, kDead, kSeki };

Status3 status_of(const referee::Judgement& judged, Point stone) {
  const auto holds = [stone](const std::vector<Point>& points) {
    return std::find(points.begin(), points.end(), stone) != points.end();
  };
  if (holds(judged.dead)) return Status3::kDead;
  return holds(judged.seki) ? Status3::kSeki : Status3::kAlive;
}

std::optional<Status3> parse_status(const Command& command) {
  if (command.args.size() != 1) return std::nullopt;
  if (command.args[0] == "alive") return Status3::kAlive;
  if (command.args[0] == "dead") return Status3::kDead;
  if (command.args[0] == "seki") return Status3::kSeki;
  return std::nullopt;
}

/// Writes one chain on each line.
Reply final_status_list(Session& session, const Command& command) {
  const auto wanted = parse_status(command);
  if (!wanted) return Reply::error("syntax error: expected alive, dead or seki");
  const auto judged = session.judge();
  if (!judged) return Reply::error("cannot score: " + judged.error().message);
  const Board& board = session.position().board();
  std::string text;
  for_each_chain(board, [&](Point head) {
    if (status_of(*judged, head) != *wanted) return;
    if (!text.empty()) text += '\n';
    for_each_stone(board, head, [&](Point stone) {
      if (stone != head) text += ' ';
      text += session.vertex(stone);
    });
  });
  return Reply::ok(text);
}

/// GNU Go: for a stone alive, dead or seki; for an empty point the owner of the territory.
Reply final_status(Session& session, const Command& command) {
  const auto point =
      command.args.size() == 1 ? session.parse_board_point(command.args[0]) : std::nullopt;
  if (!point) return Reply::error("invalid coordinate");
  const auto judged = session.judge();
  if (!judged) return Reply::error("cannot score: " + judged.error().message);
  if (session.position().board().at(*point) == Color::kEmpty) {
    const Color owner = judged->owner[static_cast<std::size_t>(point->index())];
    if (!is_player(owner)) return Reply::ok("dame");
    return Reply::ok(std::string(to_string(owner)) + "_territory");
  }
  const Status3 status = status_of(*judged, *point);
  if (status == Status3::kAlive) return Reply::ok("alive");
  return Reply::ok(status == Status3::kDead ? "dead" : "seki");
}

/// GNU Go, for Kigo: "B+12.5 (upper bound: 13.0, lower: 11.0)". The bounds are Black's if Black
/// leads.
Reply estimate_score(Session& session, const Command&) {
  const auto judged = session.judge();
  if (!judged) return Reply::error("cannot score: " + judged.error().message);
  const double lead = std::abs(judged->score.white_minus_black);
  char text[64];
  std::snprintf(text, sizeof text, " (upper bound: %.1f, lower: %.1f)", lead + judged->lead_stdev,
                lead - judged->lead_stdev);
  return Reply::ok(judged->score.to_string() + text);
}

}  // namespace

void add_score_commands(Registry& registry) {
  registry.add("final_score", final_score);
  registry.add("final_status_list", final_status_list);
  registry.add("final_status", final_status);
  registry.add("estimate_score", estimate_score);
}

}  // namespace ponnuki::gtp
