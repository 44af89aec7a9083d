// Commands on the evaluator: raw evaluations, its name, its cache, its speed.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/format.h"
#include "engine/json_line.h"
#include "engine/text.h"
#include "gtp/handlers.h"
#include "gtp/session.h"
#include "nn/evaluators/raw_report.h"

namespace ponnuki::gtp {

namespace {

/// The current position; after the end of the game, the same stones with play resumed.
Position raw_position(const Session& session) {
  return session.position().is_over() ? session.position_for(session.position().to_move())
                                      : session.position();
}

/// As in KataGo, the net sees that a finished game is over. Unlike KataGo's, the answer to 'all'
/// has no empty lines between the symmetries, since an empty line ends a GTP response.
Reply kata_raw_nn(Session& session, const Command& command) {
  const auto args = nn::parse_raw_report_args(command.args);
  if (!args) {
    return Reply::error(args.error().message +
                        " for kata-raw-nn (expected an optional color, a symmetry 'all' or index "
                        "[0-7], and an optional optimism [0-1])");
  }
  const auto evaluator = session.evaluator();
  if (!evaluator) return Reply::error(evaluator.error());
  nn::RawReportArgs one = *args;
  const Color turn = session.position().to_move();
  const Color player = one.player == Color::kEmpty ? turn : one.player;
  one.playout_doublings =
      search::playout_doublings_of(session.options().search.params, player, player);
  const int last = args->symmetry < 0 ? 7 : args->symmetry;
  std::string text;
  for (one.symmetry = std::max(args->symmetry, 0); one.symmetry <= last; ++one.symmetry) {
    text += nn::raw_report(**evaluator, session.position(), one) + '\n';
  }
  return Reply::ok(text);
}

/// Leela Zero's layout with four characters for each point: priors in thousandths, row by row, then
/// the pass and the winrate of the player to move.
std::string heatmap_text(const Position& position, const Evaluation& e) {
  const auto thousandths = [](float p) {
    return static_cast<int>(std::lround(1000 * std::max(p, 0.0F)));
  };
  const BoardSize size = position.size();
  std::string text;
  for (int cell = 0; cell < size.area(); ++cell) {
    text += format("%4d", thousandths(e.policy[static_cast<std::size_t>(cell)]));
    if ((cell + 1) % size.width == 0) text += '\n';
  }
  text += format("pass: %d\n", thousandths(e.policy.back()));
  text += format("winrate: %.6f", static_cast<double>(e.win + e.no_result / 2));
  return text;
}

/// Leela Zero writes the map to stderr, and clients read it there.
Reply heatmap(Session& session, const Command& command) {
  const auto number = command.args.empty() ? 0 : parse_integer(command.args[0]).value_or(0);
  if (number < 0 || number >= Symmetry::count(session.position().size())) {
    return Reply::error("expected heatmap [SYMMETRY]");
  }
  const auto evaluator = session.evaluator();
  if (!evaluator) return Reply::error(evaluator.error());
  const Position position = raw_position(session);
  const Symmetry symmetry(static_cast<int>(number));
  const Evaluation evaluation = evaluate_one(**evaluator, position, {.symmetry = symmetry});
  session.log(heatmap_text(position, evaluation));
  return Reply::ok();
}

Reply kata_get_models(Session& session, const Command&) {
  const auto name = session.thinker().evaluator_name();
  if (!name) return Reply::error(name.error());
  const nlohmann::json model = {{"name", *name},
                                {"internalName", *name},
                                {"usesHumanSLProfile", false},
                                {"usingFP16", "false"}};
  return Reply::ok(json_line(nlohmann::json::array({model})));
}

/// The cache of evaluations is not one client's to empty where others use it too.
void clear(Session& session) {
  if (session.options().is_shared)
    session.thinker().clear_tree();
  else
    session.thinker().clear_all();
}

Reply clear_cache(Session& session, const Command&) {
  clear(session);
  session.memory().judge.forget();
  return Reply::ok();
}

/// Searches this position with an empty tree and the given number of visits.
Reply kata_benchmark(Session& session, const Command& command) {
  const auto visits = command.args.size() == 1 ? parse_integer(command.args[0]) : std::nullopt;
  if (!visits || *visits < 1) return Reply::error("expected kata-benchmark VISITS");
  const auto evaluator = session.evaluator();
  if (!evaluator) return Reply::error(evaluator.error());
  clear(session);
  ThinkRequest think(session.position_for(session.position().to_move()),
                     session.options().search.params);
  think.limits.visits = *visits;
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = session.thinker().think(think);
  if (!outcome) return Reply::error(outcome.error());
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  char text[120];
  std::snprintf(text, sizeof text, "%lld visits in %.3f s: %.1f visits/s with %d threads",
                static_cast<long long>(outcome->stats.root_visits), seconds,
                static_cast<double>(outcome->stats.root_visits) / seconds, think.params.threads);
  return Reply::ok(text);
}

}  // namespace

void add_network_commands(Registry& registry) {
  registry.add("kata-raw-nn", kata_raw_nn);
  registry.add("heatmap", heatmap);
  registry.add("kata-get-models", kata_get_models);
  registry.add("clear_cache", clear_cache);
  registry.add("kata-benchmark", kata_benchmark);
}

}  // namespace ponnuki::gtp
