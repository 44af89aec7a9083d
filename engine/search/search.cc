#include "engine/search/search.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/search/choose.h"
#include "engine/search/core.h"
#include "engine/search/pass_sense.h"
#include "engine/search/report.h"
#include "engine/search/root.h"
#include "engine/search/root_policy.h"
#include "engine/search/run_state.h"
#include "engine/search/search_thread.h"

namespace ponnuki::search {

namespace {

constexpr std::uint64_t kChoiceStream = 1ULL << 40;  // streams of threads are below
constexpr std::uint64_t kRootStream = 1ULL << 41;

}  // namespace

/// A run in steps: at first the root is asked about, then its leaves.
struct Search::SteppedRun {
  SteppedRun(const SearchCore& core, std::uint64_t number)
      : random(core.params.seed, kRootStream + number),
        question(std::make_unique<RootQuestion>(core, random)) {}

  RunState state;
  Random random;
  std::unique_ptr<RootQuestion> question;  // until it is answered
  std::optional<SearchThread> thread;      // from then on
};

struct Search::Impl {
  Impl(Evaluator& evaluator, const SearchParams& params) : core(evaluator, params) {}

  void begin(RunState& run, const SearchLimits& limits);
  void root_is_answered(RunState& run, RootQuestion& question, Random& random);
  void search_thread(RunState& run, int thread);
  std::uint64_t stream_of(int thread) const {
    return runs * 4096 + static_cast<std::uint64_t>(thread);
  }
  SearchStats stats_of(const RunState& run) const;
  void drop_tree();
  bool continue_to(const Position& position);

  SearchCore core;
  std::uint64_t runs = 0;
  std::uint64_t choices = 0;
  std::unique_ptr<SteppedRun> stepped;
  /// Guards core.root and the shape of the tree outside of run()'s threads.
  mutable std::mutex mutex;
};

Search::Search(Evaluator& evaluator, const SearchParams& params)
    : impl_(std::make_unique<Impl>(evaluator, params)) {}
Search::~Search() = default;

const SearchParams& Search::params() const { return impl_->core.params; }
const Position& Search::position() const { return impl_->core.root.position; }

void Search::Impl::drop_tree() {
  core.tree.clear();
  core.biases.clear();
  core.root.node = kNoNode;
}

// --- what to search ------------------------------------------------------------------------------

void Search::set_params(const SearchParams& params) {
  const std::lock_guard lock(impl_->mutex);
  SearchParams& now = impl_->core.params;
  if (params.seed != now.seed || params.graph_search != now.graph_search ||
      params.subtree_value_bias != now.subtree_value_bias ||
      params.random_symmetry != now.random_symmetry ||
      params.conservative_pass != now.conservative_pass) {
    impl_->drop_tree();
  }
  now = params;
}

/// Follows the moves that lead from the present root to `position`, keeping what the tree knows.
bool Search::Impl::continue_to(const Position& position) {
  Root& root = core.root;
  const auto& played = root.position.moves();
  const auto& moves = position.moves();
  if (root.node == kNoNode || position.size() != root.position.size() ||
      !(position.rules() == root.position.rules()) || moves.size() < played.size() ||
      !std::equal(played.begin(), played.end(), moves.begin())) {
    return false;
  }
  Position next = root.position;
  for (std::size_t i = played.size(); i < moves.size(); ++i) {
    if (moves[i].color != next.to_move() || !next.is_legal_after_end(moves[i])) return false;
    next.play(moves[i]);
  }
  if (next.evaluation_key() != position.evaluation_key()) return false;
  for (std::size_t i = played.size(); i < moves.size(); ++i) {
    root.node = promote_child(core, root.node, moves[i].point);
    if (root.node == kNoNode) return true;
  }
  // What the tree took for the end of the game is not, once it is the root's own pass.
  const bool ends_now =
      core.params.conservative_pass && next.pass_would_end_game() && moves.size() > played.size();
  if (ends_now || next.is_over()) drop_tree();
  return true;
}

void Search::set_position(const Position& position) {
  const std::lock_guard lock(impl_->mutex);
  if (!impl_->continue_to(position)) impl_->drop_tree();
  impl_->core.root.position = position;
}

void Search::set_filters(std::vector<MoveFilter> filters) {
  const std::lock_guard lock(impl_->mutex);
  const auto same = [](const MoveFilter& a, const MoveFilter& b) {
    return a.player == b.player && a.points == b.points && a.until_depth == b.until_depth &&
           a.allow == b.allow;
  };
  const auto& now = impl_->core.filters;
  if (std::equal(now.begin(), now.end(), filters.begin(), filters.end(), same)) return;
  impl_->drop_tree();
  impl_->core.filters = std::move(filters);
}

void Search::clear() {
  const std::lock_guard lock(impl_->mutex);
  impl_->drop_tree();
  impl_->runs = impl_->choices = 0;
}

// --- the search ----------------------------------------------------------------------------------

void Search::Impl::begin(RunState& run, const SearchLimits& limits) {
  run.limits = limits;
  ++runs;
}

/// Requires `mutex`.
void Search::Impl::root_is_answered(RunState& run, RootQuestion& question, Random& random) {
  const bool is_new = prepare_root(core, question, random);
  run.playouts = is_new ? 1 : 0;
  run.earlier_visits = core.tree.node(core.root.node).stats.visits() - (is_new ? 1 : 0);
}

void Search::Impl::search_thread(RunState& run, int thread) {
  SearchThread gatherer(core, run, stream_of(thread));
  std::vector<EvalRequest> requests;
  while (gatherer.gather(requests)) {
    if (!requests.empty()) core.evaluator.evaluate(requests);
    gatherer.absorb();
    requests.clear();
  }
}

SearchStats Search::Impl::stats_of(const RunState& run) const {
  SearchStats stats;
  stats.playouts = run.playouts;
  stats.root_visits = core.tree.node(core.root.node).stats.visits();
  stats.nodes = core.tree.size();
  stats.bytes = core.tree.bytes() + core.biases.bytes();
  stats.seconds = run.seconds();
  return stats;
}

SearchStats Search::run(const SearchLimits& limits, std::stop_token stop) {
  RunState run;
  run.stop = std::move(stop);
  impl_->begin(run, limits);
  SearchCore& core = impl_->core;
  {
    const std::lock_guard lock(impl_->mutex);
    Random random(core.params.seed, kRootStream + impl_->runs);
    RootQuestion question(core, random);
    core.evaluator.evaluate(question.requests);
    impl_->root_is_answered(run, question, random);
  }
  {
    // Last, so that they have ended before anything that they use is gone.
    std::vector<std::jthread> threads;
    for (int i = 1; i < core.params.threads; ++i)
      threads.emplace_back([&, i] { impl_->search_thread(run, i); });
    impl_->search_thread(run, 0);
  }
  return impl_->stats_of(run);
}

void Search::start(const SearchLimits& limits, std::stop_token stop) {
  impl_->stepped = std::make_unique<SteppedRun>(impl_->core, impl_->runs + 1);
  impl_->stepped->state.stop = std::move(stop);
  impl_->begin(impl_->stepped->state, limits);
}

bool Search::gather(std::vector<EvalRequest>& requests) {
  SteppedRun& run = *impl_->stepped;
  if (!run.question) return run.thread->gather(requests);
  requests.insert(requests.end(), run.question->requests.begin(), run.question->requests.end());
  return true;
}

void Search::absorb() {
  SteppedRun& run = *impl_->stepped;
  const std::lock_guard lock(impl_->mutex);
  if (!run.question) return run.thread->absorb();
  impl_->root_is_answered(run.state, *run.question, run.random);
  run.question.reset();
  run.thread.emplace(impl_->core, run.state, impl_->stream_of(0));
}

SearchStats Search::finish() {
  const SearchStats stats = impl_->stats_of(impl_->stepped->state);
  impl_->stepped.reset();
  return stats;
}

// --- what it has found ---------------------------------------------------------------------------

Analysis Search::analysis(const AnalysisOptions& options) const {
  const std::lock_guard lock(impl_->mutex);
  return analyze_tree(impl_->core, options);
}

Search::Choice Search::choose_move() {
  const std::lock_guard lock(impl_->mutex);
  const SearchCore& core = impl_->core;
  const Root& root = core.root;
  Choice choice;
  choice.move = Point::pass();
  if (root.node == kNoNode) return choice;
  const Node& node = core.tree.node(root.node);
  const double sign = root.position.to_move() == Color::kWhite ? 1 : -1;
  NodeStats stats = node.stats.load();

  std::vector<ChoiceMove> moves = choice_moves(core, node, true);
  std::vector<double> values;
  values.reserve(moves.size());
  for (const ChoiceMove& m : moves) values.push_back(m.value);
  if (std::none_of(values.begin(), values.end(), [](double v) { return v > 0; })) {
    moves.clear(), values.clear();
    for (const Candidate& c : node.candidates()) {
      ChoiceMove m;
      m.move = c.move;
      m.stats = stats;
      moves.push_back(m);
      values.push_back(std::max(1e-9F, c.prior.value()));
    }
  }
  if (!moves.empty()) {
    const SearchParams& params = core.params;
    const double temperature = interpolate_early(params.temperature_early, params.temperature,
                                                 params.temperature_halflife, root.position);
    Random random(params.seed, kChoiceStream + impl_->choices++);
    const std::size_t picked =
        pick_with_temperature(values, temperature, params.temperature_only_below, random);
    choice.move = mind_the_end(root.position, {moves[picked].move, moves, root.pass_alive});
    for (const ChoiceMove& m : moves) {
      if (m.move == choice.move && m.stats.visits > 0) stats = m.stats;
    }
  }
  choice.winrate = 0.5 + 0.5 * sign * stats.win_loss;
  choice.score_lead = sign * stats.lead;
  return choice;
}

}  // namespace ponnuki::search
