// The evaluator itself: raw evaluations, its name, its cache, its speed.
#include <chrono>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "gtp/handlers.h"
#include "gtp/raw_evaluation.h"
#include "gtp/session.h"

namespace ponnuki {

namespace {

Evaluation evaluate(Evaluator& evaluator, const Position& position, Symmetry symmetry,
                    float optimism) {
  Evaluation evaluation;
  EvalRequest request;
  request.position = &position;
  request.result = &evaluation;
  request.symmetry = symmetry;
  request.with_ownership = true;
  request.policy_optimism = optimism;
  evaluator.evaluate({&request, 1});
  return evaluation;
}

/// The present position; for the player not to move (or after the end) without its history, as
/// KataGo does it.
Position raw_position(const Session& session, Color player) {
  const Position& now = session.position();
  if (player == now.to_move() && !now.is_over()) return now;
  Board board = now.board();
  board.clear_ko_point();
  return Position(board, player, now.rules(), now.handicap());
}

struct RawArgs {
  Color player = Color::kBlack;
  int first = 0, last = 0;  // symmetries
  float optimism = 0;
};

/// [COLOR] SYMMETRY|all [OPTIMISM]
Result<RawArgs> parse_raw_args(const Session& session, const Command& command) {
  RawArgs result;
  result.player = session.position().to_move();
  const int symmetries = Symmetry::count(session.position().size());
  std::vector<std::string> words = command.args;
  if (!words.empty()) {
    if (const auto color = parse_color(words[0])) {
      result.player = *color;
      words.erase(words.begin());
    }
  }
  if (words.empty() || words.size() > 2) return Error{"expected [COLOR] SYMMETRY [OPTIMISM]"};
  if (to_lower(words[0]) == "all") {
    result.last = symmetries - 1;
  } else {
    const auto number = parse_integer(words[0]);
    if (!number || *number < 0 || *number >= symmetries) {
      return Error{"symmetry must be 'all' or a number from 0 to " +
                   std::to_string(symmetries - 1)};
    }
    result.first = result.last = static_cast<int>(*number);
  }
  if (words.size() == 2) {
    const auto optimism = parse_number(words[1]);
    if (!optimism || *optimism < 0 || *optimism > 1) return Error{"optimism must be from 0 to 1"};
    result.optimism = static_cast<float>(*optimism);
  }
  return result;
}

Reply kata_raw_nn(Session& session, const Command& command) {
  const auto args = parse_raw_args(session, command);
  if (!args) return Reply::error(args.error());
  const auto evaluator = session.thinker().evaluator();
  if (!evaluator) return Reply::error(evaluator.error());
  const Position position = raw_position(session, args->player);
  std::string text;
  for (int number = args->first; number <= args->last; ++number) {
    const Symmetry symmetry(number);
    const Evaluation evaluation = evaluate(**evaluator, position, symmetry, args->optimism);
    text += raw_evaluation_text(position, symmetry, evaluation);
  }
  return Reply::ok(text);
}

/// Leela Zero writes the map to stderr, and that is where clients read it.
Reply heatmap(Session& session, const Command& command) {
  const auto number = command.args.empty() ? 0 : parse_integer(command.args[0]).value_or(0);
  if (number < 0 || number >= Symmetry::count(session.position().size())) {
    return Reply::error("expected heatmap [SYMMETRY]");
  }
  const auto evaluator = session.thinker().evaluator();
  if (!evaluator) return Reply::error(evaluator.error());
  const Position position = raw_position(session, session.position().to_move());
  const Symmetry symmetry(static_cast<int>(number));
  session.log(heatmap_text(position, evaluate(**evaluator, position, symmetry, 0)));
  return Reply::ok();
}

Reply kata_get_models(Session& session, const Command&) {
  const auto evaluator = session.thinker().evaluator();
  if (!evaluator) return Reply::error(evaluator.error());
  const std::string name = (*evaluator)->name();
  const nlohmann::json model = {{"name", name},
                                {"internalName", name},
                                {"usesHumanSLProfile", false},
                                {"usingFP16", "false"}};
  return Reply::ok(nlohmann::json::array({model}).dump());
}

Reply clear_cache(Session& session, const Command&) {
  session.thinker().clear();
  session.judge().forget();
  return Reply::ok();
}

/// Searches this position from nothing with the given number of visits.
Reply kata_benchmark(Session& session, const Command& command) {
  const auto visits = command.args.size() == 1 ? parse_integer(command.args[0]) : std::nullopt;
  if (!visits || *visits < 1) return Reply::error("expected kata-benchmark VISITS");
  const auto evaluator = session.thinker().evaluator();
  if (!evaluator) return Reply::error(evaluator.error());
  session.thinker().clear();
  ThinkRequest think(session.position_for(session.position().to_move()), session.options().search);
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

}  // namespace ponnuki
