#include "cli/evaluator_factory.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "engine/playout_evaluator.h"
#include "nn/net_files.h"

namespace ponnuki {

int default_threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

void add_evaluator_options(OptionSet& options, EvaluatorOptions* target) {
  options.heading("Judge of positions");
  options.text(
      {"net", "FILE",
       "a KataGo net; 'none' for random playouts; unset: looked for as docs/formats.md says"},
      &target->net);
  options.integer({"threads", "N", "search threads"}, &target->threads, {1, 1024});
  options.integer({"cache-mb", "MB", "memory for evaluations already made"}, &target->cache_mb,
                  {0, 1 << 20});
  options.integer({"eval-playouts", "N", "random playouts for a position, where there is no net"},
                  &target->eval_playouts, {1, 100000});
  options.choice({"backend", "NAME", "what computes the net: fast, or reference (slow and plain)"},
                 &target->backend, {"fast", "reference"});
}

Result<std::string> choose_net(const EvaluatorOptions& options) {
  if (options.net == "none") return std::string();
  if (!options.net.empty()) {
    if (!std::filesystem::exists(options.net)) {
      return Error{"--net: there is no file '" + options.net + "'; 'none' plays without a net"};
    }
    return options.net;
  }
  const auto found = find_net(default_net_places());
  if (!found) return Error{found.error()};
  return found->value_or("");
}

Result<std::shared_ptr<Evaluator>> make_evaluator(const EvaluatorOptions& options) {
  const auto net = choose_net(options);
  if (!net) return Error{net.error()};
  if (net->empty()) {
    return std::shared_ptr<Evaluator>(
        std::make_shared<PlayoutEvaluator>(PlayoutOptions{options.eval_playouts, 0}));
  }
  return Error{"nets cannot be evaluated yet"};
}

}  // namespace ponnuki
