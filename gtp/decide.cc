// A decision in steps:
//
//   1. limits    visits, playouts and seconds of the options, and the player's clock
//   2. search    on a position with the player to move, whoever's turn it is
//   3. choose    by the search; where the rules know better (superko after an end), the next best
//   4. explain   one line for people
//   5. clean up  or resign, as asked
//   6. account   time spent, and by how much the search has outlasted its limit
#include "gtp/decide.h"

#include <algorithm>
#include <cstdio>

#include "engine/clock.h"

namespace ponnuki::gtp {

namespace {

constexpr double kDefaultSeconds = 5;
constexpr double kLongestOvershoot = 5;  // seconds; more is an accident, not a habit

/// The session's own, without dice where the answer must repeat.
search::SearchParams params_for(const Session& session, const DecideRequest& request) {
  search::SearchParams params = session.options().search;
  if (const auto& level = session.options().level)
    params.wide_root_noise = strength_of(*level).wide_root_noise;
  if (request.deterministic) {
    params.temperature = params.temperature_early = 0;
    params.root_noise = false;
  }
  return params;
}

/// Step 1. The reserve under a clock grows by the delays seen so far: a slow network or a busy
/// machine shows there before it costs a game.
search::SearchLimits limits_for(Session& session, const DecideRequest& request) {
  const search::GameClock& clock = session.clock(request.player);
  const bool clocked = request.use_clock && clock.limited();
  search::SearchLimits limits = configured_limits(session, clocked);
  if (clocked) {
    const int moves_left =
        search::expected_moves_left(session.position().size(), session.position().move_count());
    const double reserve = session.options().lag_seconds + session.overshoot();
    limits.seconds = std::min(limits.seconds, clock.seconds_for_move(moves_left, reserve));
  }
  return limits;
}

/// Step 6. Old delays fade by a tenth a move. Searches that end early have none.
void remember_overshoot(Session& session, double planned, double taken) {
  const double over = std::clamp(taken - planned, 0.0, kLongestOvershoot);
  session.overshoot() = std::max(over, 0.9 * session.overshoot());
}

/// The move of the highest prior, for searches that were stopped before they began.
Point best_by_policy(const search::Analysis& analysis, BoardSize size) {
  const auto best = std::max_element(analysis.policy.begin(), analysis.policy.end());
  if (best == analysis.policy.end() || *best < 0) return Point::pass();
  return Point::from_cell(static_cast<int>(best - analysis.policy.begin()), size);
}

/// What the search recommends, or the level makes of it.
Point preferred(Session& session, const DecideRequest& request, const search::Analysis& analysis) {
  if (analysis.root.visits <= 1) return best_by_policy(analysis, session.position().size());
  const Point best = session.thinker().search().choose_move().move;
  const auto& level = session.options().level;
  if (!level || request.deterministic) return best;
  return choose_move_at(strength_of(*level), analysis, best, session.random());
}

/// What to play. After an end of the game the search may not know of old superko bans: then the
/// best move that the rules allow.
Point choose(Session& session, const DecideRequest& request, const search::Analysis& analysis) {
  const Color player = request.player;
  const Point chosen = preferred(session, request, analysis);
  if (session.is_legal({player, chosen})) return chosen;
  for (const search::MoveInfo& move : analysis.moves) {
    if (session.is_legal({player, move.move})) return move.move;
  }
  return Point::pass();
}

/// Liberties of the opponent's dead chains: where they are captured.
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

/// A move that takes dead stones off the board; pass where there are none.
Result<Point> clean_up(Session& session, ThinkRequest think, Color player) {
  const auto judgement =
      session.judge().judge(session.position_for(player), session.thinker(), think.params);
  if (!judgement) return judgement.error();
  const std::vector<Point> moves = capturing_moves(session, player, judgement->dead);
  if (moves.empty()) return Point::pass();
  think.filters = {{player, moves, 1, true}};
  const auto outcome = session.thinker().think(think);
  if (!outcome) return outcome.error();
  const Point move = session.thinker().search().choose_move().move;
  return move.is_pass() || !session.is_legal({player, move}) ? moves.front() : move;
}

/// Counts hopeless turns also while resignation is off, so that switching it on takes effect at
/// once.
bool should_resign(Session& session, Color player, double winrate) {
  const ResignOptions& resign = session.options().resign;
  int& turns = session.hopeless_turns(player);
  turns = winrate < resign.winrate ? turns + 1 : 0;
  if (!resign.enabled || turns < std::max(resign.consecutive, 1)) return false;
  const int least = resign.min_moves >= 0 ? resign.min_moves : session.position().size().area() / 3;
  return session.position().move_count() >= least;
}

std::string variation(const Session& session, const std::vector<Point>& points) {
  std::string text;
  for (const Point p : points) text += ' ' + session.vertex(p);
  return text;
}

/// One line about the move for people: gomill-explain_last_move and, on request, gtp2ogs' chat.
void explain(Session& session, const Decision& decision) {
  const auto& moves = decision.analysis.moves;
  const auto found = std::find_if(moves.begin(), moves.end(), [&](const search::MoveInfo& info) {
    return info.move == decision.move;
  });
  if (found == moves.end()) {
    session.explanation() = session.vertex(decision.move) + " was not searched";
    return;
  }
  char text[160];
  std::snprintf(text, sizeof text, "Visits %lld Winrate %.2f%% ScoreLead %.1f ScoreStdev %.1f PV",
                static_cast<long long>(decision.analysis.root.visits), 100 * found->winrate,
                found->score_lead, found->score_stdev);
  session.explanation() = text + variation(session, found->pv);
  if (session.options().ogs_chat) session.log("MALKOVICH:" + session.explanation());
}

}  // namespace

search::SearchLimits configured_limits(const Session& session, bool clock_limited) {
  const GtpOptions& options = session.options();
  search::SearchLimits limits;
  limits.visits = options.visits;
  if (options.level) limits.visits = std::min(limits.visits, strength_of(*options.level).visits);
  limits.playouts = options.playouts;
  const search::SearchLimits none;
  const bool counted = limits.visits < none.visits || limits.playouts < none.playouts;
  if (options.seconds) {
    limits.seconds = *options.seconds;
  } else if (!counted && !clock_limited) {
    limits.seconds = kDefaultSeconds;
  }
  return limits;
}

Result<Decision> decide(Session& session, const DecideRequest& request) {
  const auto start = Clock::now();
  if (const auto evaluator = session.evaluator(); !evaluator) {
    return evaluator.error();  // loading may have taken some of the player's time
  }
  const search::SearchLimits limits = limits_for(session, request);
  ThinkRequest think(session.position_for(request.player), params_for(session, request));
  think.limits = limits;
  think.limits.seconds = std::max(limits.seconds - seconds_since(start), 0.0);
  think.filters = request.filters;
  think.stop_on_input = request.cancellable;
  think.report_seconds = request.report_seconds;
  think.report = request.report;
  const auto outcome = session.thinker().think(think);
  if (!outcome) return outcome.error();

  Decision decision;
  decision.cancelled = outcome->ended_by == server::Inbox::Event::kInput;
  search::AnalysisOptions what;
  what.pv_length = session.options().pv_length;
  decision.analysis = session.thinker().search().analysis(what);
  if (decision.cancelled) return decision;
  decision.move = choose(session, request, decision.analysis);
  explain(session, decision);
  if (request.cleanup && decision.move.is_pass()) {
    const auto move = clean_up(session, think, request.player);
    if (!move) return move.error();
    decision.move = *move;
  } else if (!request.cleanup && !request.deterministic) {
    decision.resign = should_resign(session, request.player, decision.analysis.root.winrate);
  }
  const double taken = seconds_since(start);
  session.thinking_seconds() += taken;
  remember_overshoot(session, limits.seconds, taken);
  if (request.use_clock) session.clock(request.player).spend(taken);
  return decision;
}

std::string decision_text(const Session& session, const Decision& decision) {
  if (decision.cancelled) return "cancelled";
  return decision.resign ? "resign" : session.vertex(decision.move);
}

}  // namespace ponnuki::gtp
