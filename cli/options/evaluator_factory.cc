#include "cli/options/evaluator_factory.h"

#include <algorithm>

#include "cli/options/core_count.h"
#include "engine/file.h"
#include "engine/playout_evaluator.h"
#include "nn/evaluators/batching_evaluator.h"
#include "nn/evaluators/board_evaluator.h"
#include "nn/evaluators/net_evaluator.h"
#include "nn/evaluators/tower_evaluator.h"
#include "nn/files/built_in_nets.h"
#include "nn/files/net_files.h"
#include "nn/kernels/fast_network.h"
#include "nn/reference/reference_network.h"
#include "nn/reference/tower_reference.h"

namespace ponnuki::cli {

void add_evaluator_options(OptionSet& options, EvaluatorOptions* target) {
  options.heading("Evaluation");
  options.text({"net", "FILE",
                "a net file, or the name of a net of 'ponnuki net list'; 'built-in': the net inside the program; 'zero': the one inside that "
                "taught itself; 'none': random playouts instead of a net",
                "$PONNUKI_NET, else a net from ~/.local/share/ponnuki/nets or the other places in "
                "docs/formats.md, else built-in"},
               &target->net);
  options.integer({"threads", "N", "search threads"}, &target->threads, {1, 1024});
  options.integer({"cache-mb", "MB", "memory for a cache of evaluations"}, &target->cache_mb,
                  {0, 1 << 20});
  options.integer({"eval-playouts", "N", "random playouts per position, where there is no net"},
                  &target->eval_playouts, {1, 100000});
  options.choice({"backend", "NAME", "what computes the net: fast, or reference (simple and slow)"},
                 &target->backend, {"fast", "reference"});
  options.choice({"precision", "NAME",
                  "numbers of the fast backend: fp32, int16 (faster, nearly as exact) or auto (the "
                  "fastest here that plays as well: int16 on x86-64 and on arm64 with i8mm)"},
                 &target->precision, {"auto", "fp32", "int16"});
}

Result<std::string> choose_net(const EvaluatorOptions& options) {
  if (options.backend != "fast" && options.precision == "int16") {
    return Error{"--precision: the " + options.backend +
                 " backend computes in fp32 only; leave out --backend for int16"};
  }
  if (options.net == "none") return std::string();
  if (nn::is_built_in_net(options.net)) return options.net;
  if (!options.net.empty()) {
    auto path = nn::net_path(options.net);
    if (!path) return path.error().in("--net");
    return path;
  }
  PONNUKI_TRY(const auto found, nn::find_net(nn::default_net_places()));
  return found.value_or(nn::built_in_net(nn::kZeroNet).empty() ? "" : nn::kBuiltInNet);
}

namespace {

nn::kernels::FastNetworkOptions fast_options(const EvaluatorOptions& options) {
  return {.simd = {},
          .precision = *nn::kernels::parse_precision(options.precision),
          .loading_threads = options.threads};
}

Result<std::unique_ptr<nn::Network>> network_of(const std::string& file, nn::Model loaded,
                                                const EvaluatorOptions& options) {
  auto model = std::make_shared<const nn::Model>(std::move(loaded));
  if (Status status = nn::NetEvaluator::check(*model); !status) return status.error().in(file);
  if (options.backend == "fast")
    return nn::kernels::make_fast_network(std::move(model), fast_options(options));
  return std::unique_ptr<nn::Network>(std::make_unique<nn::ReferenceNetwork>(std::move(model)));
}

Result<std::unique_ptr<nn::TowerNetwork>> tower_of(nn::TowerModel loaded,
                                                   const EvaluatorOptions& options) {
  auto model = std::make_shared<const nn::TowerModel>(std::move(loaded));
  if (options.backend == "fast")
    return nn::kernels::make_fast_tower(std::move(model), fast_options(options));
  return std::unique_ptr<nn::TowerNetwork>(std::make_unique<nn::TowerReference>(std::move(model)));
}

/// The nets inside the program, each for its boards.
Result<std::unique_ptr<Evaluator>> built_in_evaluator(const EvaluatorOptions& options) {
  const auto load = [&](const char* name) -> Result<std::unique_ptr<Evaluator>> {
    PONNUKI_TRY(auto network, make_network(name, options));
    return std::unique_ptr<Evaluator>(std::make_unique<nn::NetEvaluator>(std::move(network)));
  };
  PONNUKI_TRY(auto small, load(nn::kZeroNet));
  if (nn::built_in_net(nn::kRecordsNet).empty()) return small;
  PONNUKI_TRY(auto large, load(nn::kRecordsNet));
  return std::unique_ptr<Evaluator>(std::make_unique<nn::BoardEvaluator>(
      std::move(small), std::move(large), nn::takes_records_net));
}

std::unique_ptr<nn::CachingEvaluator> with_batches_and_cache(std::unique_ptr<Evaluator> evaluator,
                                                             const EvaluatorOptions& options) {
  // The network computes on the thread that calls it. With up to one search thread for each core,
  // no thread waits for another; with more threads, their leaves are gathered in batches.
  const nn::BatchingOptions batching{.concurrent_calls = std::min(options.threads, usable_cores())};
  auto batched = std::make_unique<nn::BatchingEvaluator>(std::move(evaluator), batching);
  const auto cache_bytes = static_cast<std::size_t>(options.cache_mb) << 20;
  return std::make_unique<nn::CachingEvaluator>(std::move(batched), cache_bytes);
}

}  // namespace

Result<std::unique_ptr<nn::Network>> make_network(const std::string& file,
                                                  const EvaluatorOptions& options) {
  PONNUKI_TRY(auto model, nn::load_named_model(file));
  return network_of(file, std::move(model), options);
}

std::unique_ptr<nn::CachingEvaluator> make_net_evaluator(std::shared_ptr<nn::Network> network,
                                                         const EvaluatorOptions& options) {
  return with_batches_and_cache(std::make_unique<nn::NetEvaluator>(std::move(network)), options);
}

Result<std::string> evaluator_fingerprint(const EvaluatorOptions& options) {
  PONNUKI_TRY(const auto file, choose_net(options));
  if (file.empty()) return "playouts " + std::to_string(options.eval_playouts);
  const std::string settings = options.backend + " " + options.precision + " ";
  if (nn::is_built_in_net(file)) {
    std::string all = settings;
    for (const std::string name : {nn::kZeroNet, nn::kRecordsNet}) {
      if (file != name && file != nn::kBuiltInNet) continue;
      const auto bytes = nn::built_in_net(name);
      all.append(bytes.begin(), bytes.end());
    }
    return all;
  }
  PONNUKI_TRY(const auto bytes, read_plain_file(file, std::size_t{1} << 32));
  return settings + bytes;
}

Result<std::shared_ptr<Evaluator>> make_evaluator(const EvaluatorOptions& options) {
  PONNUKI_TRY(const auto file, choose_net(options));
  if (file.empty()) {
    return std::shared_ptr<Evaluator>(
        std::make_shared<PlayoutEvaluator>(PlayoutOptions{options.eval_playouts, 0}));
  }
  if (file == nn::kBuiltInNet) {
    PONNUKI_TRY(auto nets, built_in_evaluator(options));
    return std::shared_ptr<Evaluator>(with_batches_and_cache(std::move(nets), options));
  }
  PONNUKI_TRY(auto loaded, nn::load_named_net(file));
  if (auto* tower = std::get_if<nn::TowerModel>(&loaded)) {
    PONNUKI_TRY(auto network, tower_of(std::move(*tower), options));
    return std::shared_ptr<Evaluator>(
        with_batches_and_cache(std::make_unique<nn::TowerEvaluator>(std::move(network)), options));
  }
  PONNUKI_TRY(auto network, network_of(file, std::move(std::get<nn::Model>(loaded)), options));
  return std::shared_ptr<Evaluator>(make_net_evaluator(std::move(network), options));
}

}  // namespace ponnuki::cli
