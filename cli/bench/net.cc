#include <algorithm>
#include <cmath>
#include <filesystem>
#include <thread>

#include "cli/bench/ceilings.h"
#include "cli/bench/encoded_position.h"
#include "cli/bench/peer.h"
#include "engine/clock.h"
#include "engine/search/search.h"
#include "nn/kernels/simd/simd_level.h"

namespace ponnuki::cli {
namespace {

/// Rates below this are shown with a decimal.
constexpr double kFew = 50;

/// Calls of each thread between two looks at the clock: enough that the start of the threads does
/// not matter, and so few that a run of a large net does not last much longer than it should.
int calls_in_a_row(const BenchOptions& options, nn::Network& network,
                   const std::vector<nn::NetworkInput>& inputs) {
  std::vector<nn::NetworkOutput> outputs(inputs.size());
  network.forward(inputs, outputs);  // allocates
  const auto start = Clock::now();
  network.forward(inputs, outputs);
  const double call = std::max(seconds_since(start), 1e-6);
  return static_cast<int>(std::clamp(options.seconds / 4 / call, 1.0, 16.0));
}

/// Forward passes with `batch` positions in each call, on `threads` threads at once.
Rate measure_forward(const BenchOptions& options, nn::Network& network, BoardSize size, int threads,
                     std::size_t batch) {
  const EncodedPosition position(size);
  const std::vector<nn::NetworkInput> inputs(batch, position.input());
  const int calls = calls_in_a_row(options, network, inputs);
  return measure(options, [&] {
    std::vector<std::jthread> workers;
    workers.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([&] {
        std::vector<nn::NetworkOutput> outputs(batch);
        for (int call = 0; call < calls; ++call) network.forward(inputs, outputs);
      });
    }
    workers.clear();
    return static_cast<std::int64_t>(calls) * threads * static_cast<std::int64_t>(batch);
  });
}

struct SearchRates {
  Rate visits, evaluations;
};

/// Searches from the empty board and then from later positions of a game. Evaluations are the
/// positions that the net computed: visits without ends of games and cached positions.
SearchRates measure_search(const BenchOptions& options, nn::CachingEvaluator& evaluator,
                           BoardSize size, int threads) {
  search::SearchParams params;
  params.threads = threads;
  search::Search search(evaluator, params);
  Position position(size);
  const std::uint64_t before = evaluator.stats().misses;
  std::int64_t visits = 0;
  const Rate rate = measure(options, [&] {
    if (position.is_over() || position.move_count() > size.area() / 2) position = Position(size);
    search.clear();
    evaluator.clear_cache();
    search.set_position(position);
    const search::SearchStats stats = search.run({.visits = options.visits});
    position.play(search.choose_move().move);
    visits += stats.playouts;
    return stats.playouts;
  });
  const double share = static_cast<double>(evaluator.stats().misses - before) /
                       static_cast<double>(std::max<std::int64_t>(visits, 1));
  return {rate, {share * rate.per_second, share * rate.per_cpu_second}};
}

/// A net in one precision, alone and in a search.
struct Candidate {
  std::string precision;
  std::shared_ptr<nn::Network> network;
  std::unique_ptr<nn::CachingEvaluator> evaluator;
};

Result<std::vector<Candidate>> make_candidates(const BenchOptions& options,
                                               const std::string& file) {
  std::vector<Candidate> candidates;
  EvaluatorOptions each = options.evaluator;
  each.threads = options.threads;
  for (const std::string& precision : options.precisions) {
    each.precision = precision;
    PONNUKI_TRY(auto made, make_network(file, each));
    std::shared_ptr<nn::Network> network = std::move(made);
    candidates.push_back({precision, network, make_net_evaluator(network, each)});
  }
  return candidates;
}

/// The conditions of some rows.
struct Setting {
  BoardSize size;
  int threads;
  const Ceilings& ceilings;  // of as many threads
  std::optional<PeerRates> peer;
};

/// As in "b18.bin.gz on 19x19: 40 visits/s with 1 thread; 5 s a move is about 200 visits."
std::string verdict(const std::string& net, const Setting& setting, const Rate& visits) {
  constexpr double kSeconds = 5;
  const auto whole = [](double x) { return std::to_string(std::llround(x)); };
  return std::filesystem::path(net).filename().string() + " on " + size_text(setting.size) + ": " +
         whole(visits.per_second) + " visits/s with " + std::to_string(setting.threads) +
         (setting.threads == 1 ? " thread; " : " threads; ") + whole(kSeconds) +
         " s a move is about " + whole(kSeconds * visits.per_second) + " visits.";
}

/// Searches of at most options.visits, and of some seconds where the net is slow.
BenchOptions with_visits_for(BenchOptions options, const Rate& evaluations) {
  constexpr double kSeconds = 4;
  constexpr int kFewest = 100;
  const double affordable = std::max(1.0 * kFewest, kSeconds * evaluations.per_second);
  if (options.visits > affordable) options.visits = static_cast<int>(affordable);
  return options;
}

void bench_candidate(const BenchOptions& options, const std::string& net, Candidate& candidate,
                     const Setting& setting, const BenchSink& sink) {
  const BoardSize size = setting.size;
  nn::Network& network = *candidate.network;
  const std::string in = candidate.precision == "auto" ? "" : " in " + candidate.precision;
  const auto evaluations_row = [&](const std::string& name, const Rate& rate, int boards) {
    BenchRow row{name, "evaluations/s", setting.threads, rate};
    row.decimals = rate.per_second < kFew ? 1 : 0;
    if (setting.peer) row.peer = setting.peer->evaluations;
    const double least = seconds_at_ceiling(network.products(size, boards), setting.ceilings);
    if (least > 0) row.of_ceiling = least * rate.per_second;
    sink(row);
  };
  Rate forward;
  for (const int batch : {1, 8}) {
    forward =
        measure_forward(options, network, size, setting.threads, static_cast<std::size_t>(batch));
    evaluations_row("net " + size_text(size) + in + ", batches of " + std::to_string(batch),
                    forward, batch);
  }
  const SearchRates rates = measure_search(with_visits_for(options, forward), *candidate.evaluator,
                                           size, setting.threads);
  const std::string name = "search " + size_text(size) + " with the net" + in;
  evaluations_row(name, rates.evaluations, network.preferred_batch(size));
  BenchRow visits{name, "visits/s", setting.threads, rates.visits};
  visits.decimals = rates.visits.per_second < kFew ? 1 : 0;
  if (setting.peer) visits.peer = setting.peer->visits;
  visits.remark = verdict(net, setting, rates.visits);
  sink(visits);
}

}  // namespace

Status bench_net(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                 const BenchSink& sink) {
  PONNUKI_TRY(const auto file, choose_net(options.evaluator));
  if (file.empty()) return {};
  const auto level = nn::kernels::default_simd_level();
  if (!level) return level.error().in("PONNUKI_SIMD");
  PONNUKI_TRY(auto candidates, make_candidates(options, file));
  for (int threads = 1; threads <= options.threads; threads *= 2) {
    const Ceilings ceilings = measure_ceilings(options, nn::kernels::kernel_table(*level), threads);
    for (const BoardSize size : sizes) {
      Setting setting{size, threads, ceilings, {}};
      if (!options.katago.empty() && katago_benchmarks(size)) {
        PONNUKI_TRY(const auto rates, run_katago_benchmark(options, file, size, threads));
        setting.peer = rates;
      }
      for (Candidate& candidate : candidates)
        bench_candidate(options, file, candidate, setting, sink);
    }
  }
  return {};
}

}  // namespace ponnuki::cli
