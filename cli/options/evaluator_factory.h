// Chooses the evaluator and builds its layers, once for all subcommands:
//
//   Search → CachingEvaluator → BatchingEvaluator → NetEvaluator (planes) → Network (fast or Eigen)
//   Search → PlayoutEvaluator                                             with --net none
#pragma once

#include <memory>
#include <string>

#include "cli/options/core_count.h"
#include "cli/options/option_set.h"
#include "engine/evaluator.h"
#include "engine/result.h"
#include "nn/evaluators/caching_evaluator.h"
#include "nn/network.h"

namespace ponnuki::cli {

struct EvaluatorOptions {
  std::string net;  // a file, "none", one of the built-in nets, or empty: search for one
  int threads = usable_cores();
  int cache_mb = 256;
  int eval_playouts = 16;
  std::string backend = "fast";
  std::string precision = "auto";  // of the fast backend
};

/// Adds --net, --threads, --cache-mb, --eval-playouts, --backend and --precision.
void add_evaluator_options(OptionSet& options, EvaluatorOptions* target);

/// The net's file, kBuiltInNet if no file is found, or "" for no net. Errors name the missing file,
/// or options that contradict each other.
Result<std::string> choose_net(const EvaluatorOptions& options);

/// Loads `file`, which may be the name of a built-in net (load_named_model()), with the backend and
/// precision of `options`.
Result<std::unique_ptr<nn::Network>> make_network(const std::string& file,
                                                  const EvaluatorOptions& options);

/// Adds a cache and batching to a network.
std::unique_ptr<nn::CachingEvaluator> make_net_evaluator(std::shared_ptr<nn::Network> network,
                                                         const EvaluatorOptions& options);

/// Identifies everything that determines the results of make_evaluator()'s evaluator: the bytes of
/// the net and the way it is computed.
Result<std::string> evaluator_fingerprint(const EvaluatorOptions& options);

/// Loads the net and builds the evaluator. This takes about a second for a large net.
Result<std::shared_ptr<Evaluator>> make_evaluator(const EvaluatorOptions& options);

}  // namespace ponnuki::cli
