// Who judges positions: chosen and stacked here, once for all subcommands.
//
//   Search → CachingEvaluator → BatchingEvaluator → NetEvaluator (planes) → Network (fast kernels,
//   or Eigen) Search → PlayoutEvaluator, for --net none
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
  std::string net;  // a file, "none", kBuiltInNet, or empty: looked for
  int threads = usable_cores();
  int cache_mb = 256;
  int eval_playouts = 16;
  std::string backend = "fast";
  std::string precision = "auto";  // of the fast backend
};

/// --net, --threads, --cache-mb, --eval-playouts, --backend, --precision.
void add_evaluator_options(OptionSet& options, EvaluatorOptions* target);

/// The net's file, kBuiltInNet where none is found, or "" for none. Errors name what was asked for and is not there,
/// and options that do not go together.
Result<std::string> choose_net(const EvaluatorOptions& options);

/// Loads `file`, or the net inside for kBuiltInNet, for the backend and in the precision of `options`.
Result<std::unique_ptr<nn::Network>> make_network(const std::string& file,
                                                  const EvaluatorOptions& options);

/// Cache and batches over a network.
std::unique_ptr<nn::CachingEvaluator> make_net_evaluator(std::shared_ptr<nn::Network> network,
                                                         const EvaluatorOptions& options);

/// Everything that decides what make_evaluator()'s evaluator says: the bytes of the net, and how they
/// are computed.
Result<std::string> evaluator_fingerprint(const EvaluatorOptions& options);

/// Loads the net and stacks the evaluators. Takes a second for a big net.
Result<std::shared_ptr<Evaluator>> make_evaluator(const EvaluatorOptions& options);

}  // namespace ponnuki::cli
