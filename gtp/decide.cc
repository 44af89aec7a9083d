// A decision in steps:
//
//   1. limits    visits, playouts and seconds of the options, and the player's clock
//   2. search    a position in which the player is to move, even out of turn
//   3. choose    the search's move; if the rules forbid it (superko after an end), the next best
//   4. explain   one line for the user
//   5. clean up  or resign, as requested
//   6. account   time spent, and by how much the search exceeded its limit
#include "gtp/decide.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "engine/clock.h"
#include "engine/search/core.h"
#include "gtp/handicap.h"

namespace ponnuki::gtp {

namespace {

constexpr double kDefaultSeconds = 5;
constexpr double kLongestOvershoot = 5;  // in seconds; a longer one is an exception and is ignored

/// The strength of the session's level on its board; nothing without a level.
std::optional<Strength> level_strength(const Session& session) {
  const auto& level = session.options().level;
  if (!level) return {};
  return strength_of(*level, session.position().size());
}

/// The session's parameters, without randomness if the answer must be reproducible.
search::SearchParams params_for(const Session& session, const DecideRequest& request) {
  search::SearchParams params = session.options().search.params;
  if (const auto strength = level_strength(session))
    params.wide_root_noise = strength->wide_root_noise;
  if (request.deterministic) {
    params.temperature = params.temperature_early = 0;
    params.root_noise = false;
  }
  return params;
}

/// Step 1. The reserve under a clock includes the delays observed so far, so that a slow network or
/// a busy machine does not cost a game.
search::SearchLimits limits_for(Session& session, const DecideRequest& request) {
  const search::GameClock& clock = session.memory().clocks[request.player];
  const bool clocked = request.use_clock && clock.limited();
  search::SearchLimits limits = configured_limits(session, clocked);
  if (clocked) {
    const int moves_left =
        search::expected_moves_left(session.position().size(), session.position().move_count());
    const double reserve = session.options().search.lag_seconds + session.memory().overshoot;
    limits.seconds = std::min(limits.seconds, clock.seconds_for_move(moves_left, reserve));
  }
  return limits;
}

/// Says so, once, if the level is not reached on this board.
void tell_level_note(Session& session) {
  const std::string note = level_note(session);
  if (note != session.memory().level_note && !note.empty()) session.log("level: " + note);
  session.memory().level_note = note;
}

/// Step 6. Old delays decay by a tenth with each move. A search that ends early has no delay.
void remember_overshoot(Memory& memory, double planned, double taken) {
  const double over = std::clamp(taken - planned, 0.0, kLongestOvershoot);
  memory.overshoot = std::max(over, 0.9 * memory.overshoot);
}

/// The move that the search recommends, or that the level chooses from its analysis.
Point preferred(Session& session, const DecideRequest& request, const search::Analysis& analysis) {
  const Point best = session.thinker().search().choose_move().move;
  const auto strength = level_strength(session);
  if (!strength || request.deterministic) return best;
  const Point chosen = choose_move_at(*strength, analysis, best, session.memory().random);
  // However weak, nobody fills own territory after the end.
  return chosen == best ? best : session.thinker().search().adjusted(chosen);
}

/// The move to play. After an end of the game the search does not know old superko bans. If its
/// move is illegal, this is the best legal move.
Point choose(Session& session, const DecideRequest& request, const search::Analysis& analysis) {
  const Color player = request.player;
  const Point chosen = preferred(session, request, analysis);
  if (session.is_legal({player, chosen})) return chosen;
  for (const search::MoveInfo& move : analysis.moves) {
    if (session.is_legal({player, move.move})) return move.move;
  }
  return Point::pass();
}

/// The liberties of the opponent's dead chains, where they can be captured.
std::vector<Point> capturing_moves(const Session& session, Color player,
                                   const std::vector<Point>& dead) {
  const Board& board = session.position().board();
  std::vector<Point> moves;
  for (const Point stone : dead) {
    if (board.at(stone) != opponent(player)) continue;
    for (const int offset : kNeighborOffsets) {
      const Point p = Point::from_index(stone.index() + offset);
      if (board.at(p) == Color::kEmpty && session.is_legal({player, p})) moves.push_back(p);
    }
  }
  std::sort(moves.begin(), moves.end());
  moves.erase(std::unique(moves.begin(), moves.end()), moves.end());
  return moves;
}

/// A move that helps to capture dead stones; pass if there are none.
Result<Point> clean_up(Session& session, ThinkRequest think, Color player) {
  PONNUKI_TRY(const auto judgement, session.judge(session.position_for(player)));
  const std::vector<Point> moves = capturing_moves(session, player, judgement.dead);
  if (moves.empty()) return Point::pass();
  think.filters = {{player, moves, 1, true}};
  PONNUKI_TRY([[maybe_unused]] const auto outcome, session.thinker().think(think));
  const Point move = session.thinker().search().choose_move().move;
  return move.is_pass() || !session.is_legal({player, move}) ? moves.front() : move;
}

/// Counts hopeless turns even if resignation is off, so that it takes effect at once when it is
/// switched on.
bool should_resign(Session& session, Color player, double winrate) {
  const search::Resignation& resign = session.options().search.resign;
  int& turns = session.memory().hopeless_turns[player];
  turns = winrate < resign.winrate ? turns + 1 : 0;
  if (!resign.enabled || turns < std::max(resign.consecutive, 1)) return false;
  const int least = resign.min_moves >= 0 ? resign.min_moves : session.position().size().area() / 3;
  return session.position().move_count() >= least;
}

/// One line about the move for the user: gomill-explain_last_move and, if enabled, gtp2ogs' chat.
void explain(Session& session, const Decision& decision) {
  std::string& explanation = session.memory().explanation;
  const auto& moves = decision.analysis.moves;
  const auto found = std::find_if(moves.begin(), moves.end(), [&](const search::MoveInfo& info) {
    return info.move == decision.move;
  });
  if (found == moves.end()) {
    explanation = session.vertex(decision.move) + " was not searched";
    return;
  }
  char text[160];
  std::snprintf(text, sizeof text, "Visits %lld Winrate %.2f%% ScoreLead %.1f ScoreStdev %.1f PV",
                static_cast<long long>(decision.analysis.root.visits), 100 * found->winrate,
                found->score_lead, found->score_stdev);
  explanation = text;
  if (!found->pv.empty()) explanation += " " + session.vertices(found->pv);
  if (session.options().search.ogs_chat) session.log("MALKOVICH:" + explanation);
}

}  // namespace

std::string level_note(const Session& session) {
  const GtpOptions& options = session.options();
  if (!options.level || !options.levels_measured) return {};
  return level_note(*options.level, session.position().size());
}

search::SearchLimits configured_limits(const Session& session, bool clock_limited) {
  const GtpOptions& options = session.options();
  search::SearchLimits limits;
  limits.visits = options.search.visits;
  if (const auto strength = level_strength(session))
    limits.visits = std::min(limits.visits, strength->visits);
  limits.playouts = options.search.playouts;
  const search::SearchLimits none;
  const bool counted = limits.visits < none.visits || limits.playouts < none.playouts;
  if (options.search.seconds) {
    limits.seconds = *options.search.seconds;
  } else if (!counted && !clock_limited) {
    limits.seconds = kDefaultSeconds;
  }
  return limits;
}

Result<Decision> decide(Session& session, const DecideRequest& asked) {
  PONNUKI_TRY(check_room(session.game()));
  const auto start = Clock::now();
  DecideRequest request = asked;
  if (places_handicap(session.game(), request.player)) {
    request.filters.push_back({.player = request.player, .points = {Point::pass()}});
  }
  // Blocks while the network is loading, which may take some of the player's time.
  PONNUKI_TRY([[maybe_unused]] const Evaluator* const evaluator, session.evaluator());
  tell_level_note(session);
  const search::SearchLimits limits = limits_for(session, request);
  ThinkRequest think(session.position_for(request.player), params_for(session, request));
  think.limits = limits;
  think.limits.seconds = std::max(limits.seconds - seconds_since(start), 0.0);
  if (request.cleanup) think.limits.seconds /= 2;  // there may be a second search
  think.filters = request.filters;
  think.stop_on_input = request.cancellable;
  think.report_seconds = request.report_seconds;
  think.report = request.report;
  think.begun = request.begun;
  PONNUKI_TRY(const auto outcome, session.thinker().think(think));

  Decision decision;
  decision.cancelled = outcome.ended_by == server::Inbox::Event::kInput;
  search::AnalysisOptions what;
  what.pv_length = session.options().search.pv_length;
  decision.analysis = session.thinker().search().analysis(what);
  if (decision.cancelled) return decision;
  decision.move = choose(session, request, decision.analysis);
  explain(session, decision);
  // After two passes the players have agreed that the board is not open.
  if (request.cleanup && (decision.move.is_pass() || session.position().is_over())) {
    PONNUKI_TRY(decision.move, clean_up(session, think, request.player));
  } else if (!request.cleanup && !request.deterministic) {
    decision.resign = should_resign(session, request.player, decision.analysis.root.winrate);
  }
  const double taken = seconds_since(start);
  Memory& memory = session.memory();
  memory.thinking_seconds += taken;
  remember_overshoot(memory, limits.seconds, taken);
  if (request.use_clock) memory.clocks[request.player].spend(taken);
  if (decision.resign) memory.may_ponder = false;  // the game is over
  return decision;
}

std::string decision_text(const Session& session, const Decision& decision) {
  if (decision.cancelled) return "cancelled";
  return decision.resign ? "resign" : session.vertex(decision.move);
}

}  // namespace ponnuki::gtp
