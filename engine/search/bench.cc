#include "engine/search/bench.h"

#include <array>

#include "engine/random.h"
#include "engine/search/search.h"

namespace ponnuki::search {

namespace {

/// An evaluator that takes almost no time. Values and priors come from a hash of the stones; the
/// priors are about as uneven as a net's. The tree handles superko.
class InstantEvaluator final : public Evaluator {
 public:
  InstantEvaluator() {
    Random random(1);
    for (float& prior : priors_) {
      const auto r = static_cast<float>(random.uniform());
      const float fourth = (r * r) * (r * r);
      prior = 0.001F + fourth * fourth;
    }
  }
  void evaluate(std::span<const EvalRequest> requests) override {
    for (const EvalRequest& request : requests) answer(*request.position, *request.result);
  }
  std::string name() const override { return "instant"; }

 private:
  static constexpr std::size_t kStarts = 4096;

  void answer(const Position& position, Evaluation& e) const {
    const std::uint64_t hash =
        splitmix64(position.board().hash() + static_cast<std::uint64_t>(position.to_move()));
    e.win = 0.4F + 0.2F * static_cast<float>(hash >> 40) * 0x1p-24F;
    e.loss = 1 - e.win;
    e.score_mean = e.lead = 20 * (e.win - 0.5F);
    e.score_stdev = 10;
    const auto area = static_cast<std::size_t>(position.size().area());
    e.policy.resize(area + 1);
    e.ownership.assign(area, 0.0F);
    fill_policy(position, &priors_[hash % kStarts], e.policy);
  }

  /// `priors` are the priors of the cells before normalisation.
  static void fill_policy(const Position& position, const float* priors,
                          std::vector<float>& policy) {
    const BoardSize size = position.size();
    float* out = policy.data();
    for (int y = 0; y < size.height; ++y) {
      const Color* row = &position.board().colors()[index(Point::at(0, y))];
      for (int x = 0; x < size.width; ++x) out[x] = row[x] == Color::kEmpty ? priors[x] : -1;
      out += size.width, priors += size.width;
    }
    *out = *priors;
    position.board().crowded_points().for_each([&](Point p) {
      if (!position.is_legal(p)) policy[static_cast<std::size_t>(p.cell(size))] = -1;
    });
    float sum = 0;
    for (const float p : policy) sum += p < 0 ? 0 : p;
    const float scale = 1 / sum;
    for (float& p : policy) p = p < 0 ? -1 : p * scale;
  }
  static std::size_t index(Point p) { return static_cast<std::size_t>(p.index()); }

  std::array<float, kStarts + kMaxArea + 1> priors_;
};

}  // namespace

SearchBenchResult bench_search(const SearchBenchOptions& options) {
  InstantEvaluator evaluator;
  SearchParams params;
  params.threads = options.threads;
  params.max_memory_bytes = std::size_t{1} << 40;
  Search search(evaluator, params);
  search.set_position(Position(options.size));
  SearchLimits limits;
  limits.visits = options.visits;
  const SearchStats stats = search.run(limits);
  SearchBenchResult result;
  result.visits = stats.root_visits;
  result.seconds = stats.seconds;
  result.visits_per_second = static_cast<double>(stats.root_visits) / stats.seconds;
  result.nodes = stats.nodes;
  result.bytes = stats.bytes;
  result.bytes_per_node = static_cast<double>(stats.bytes) / static_cast<double>(stats.nodes);
  return result;
}

namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) { return splitmix64(hash ^ value); }

/// A hash of the visits and variations of the root's moves.
std::uint64_t hash_of(const Analysis& analysis) {
  std::uint64_t hash = static_cast<std::uint64_t>(analysis.root.visits);
  for (const MoveInfo& m : analysis.moves) {
    hash = mix(hash, static_cast<std::uint64_t>(m.move.index()));
    hash = mix(hash, static_cast<std::uint64_t>(m.visits));
    for (const Point p : m.pv) hash = mix(hash, static_cast<std::uint64_t>(p.index()));
  }
  return hash;
}

}  // namespace

std::uint64_t search_signature() {
  constexpr std::int64_t kVisits = 1000;  // in each search
  std::uint64_t hash = 0;
  InstantEvaluator evaluator;
  for (const BoardSize size :
       {BoardSize{5, 5}, BoardSize{9, 9}, BoardSize{19, 19}, BoardSize{7, 3}}) {
    Search search(evaluator, SearchParams{});
    Position position(size);
    SearchLimits limits;
    limits.visits = kVisits;
    // The searches reuse the tree.
    for (int move = 0; move < 6 && !position.is_over(); ++move) {
      search.set_position(position);
      search.run(limits);
      hash = mix(hash, hash_of(search.analysis()));
      position.play(search.choose_move().move);
    }
  }
  return hash;
}

}  // namespace ponnuki::search
