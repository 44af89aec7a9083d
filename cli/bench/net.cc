#include <algorithm>
#include <thread>

#include "cli/bench/bench.h"
#include "cli/bench/encoded_position.h"
#include "cli/bench/peer.h"
#include "engine/search/search.h"

namespace ponnuki::cli {
namespace {

/// Forward passes with `batch` positions in each call, on `threads` threads at once.
Rate measure_forward(const BenchOptions& options, nn::Network& network, BoardSize size, int threads,
                     std::size_t batch) {
  const EncodedPosition position(size);
  const std::vector<nn::NetworkInput> inputs(batch, position.input());
  // Calls of each thread: enough that the start of the threads does not matter.
  constexpr int kCalls = 16;
  return measure(options, [&] {
    std::vector<std::jthread> workers;
    workers.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([&] {
        std::vector<nn::NetworkOutput> outputs(batch);
        for (int call = 0; call < kCalls; ++call) network.forward(inputs, outputs);
      });
    }
    workers.clear();
    return static_cast<std::int64_t>(kCalls) * threads * static_cast<std::int64_t>(batch);
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

void bench_candidate(const BenchOptions& options, Candidate& candidate, BoardSize size, int threads,
                     const std::optional<PeerRates>& peer, const BenchSink& sink) {
  std::optional<double> peer_evaluations, peer_visits;
  if (peer) {
    peer_evaluations = peer->evaluations;
    peer_visits = peer->visits;
  }
  const std::string in = candidate.precision == "auto" ? "" : " in " + candidate.precision;
  for (const std::size_t batch : {1, 8}) {
    const Rate rate = measure_forward(options, *candidate.network, size, threads, batch);
    sink({"net " + size_text(size) + in + ", batches of " + std::to_string(batch), "evaluations/s",
          threads, rate, peer_evaluations});
  }
  const SearchRates rates = measure_search(options, *candidate.evaluator, size, threads);
  const std::string name = "search " + size_text(size) + " with the net" + in;
  sink({name, "evaluations/s", threads, rates.evaluations, peer_evaluations});
  sink({name, "visits/s", threads, rates.visits, peer_visits});
}

}  // namespace

Status bench_net(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                 const BenchSink& sink) {
  PONNUKI_TRY(const auto file, choose_net(options.evaluator));
  if (file.empty()) return {};
  PONNUKI_TRY(auto candidates, make_candidates(options, file));
  for (const BoardSize size : sizes) {
    for (int threads = 1; threads <= options.threads; threads *= 2) {
      std::optional<PeerRates> peer;
      if (!options.katago.empty() && katago_benchmarks(size)) {
        PONNUKI_TRY(const auto rates, run_katago_benchmark(options, file, size, threads));
        peer = rates;
      }
      for (Candidate& candidate : candidates)
        bench_candidate(options, candidate, size, threads, peer, sink);
    }
  }
  return {};
}

}  // namespace ponnuki::cli
