#include "engine/search/search.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <thread>
#include <vector>

#include "engine/mutex.h"
#include "engine/search/choose.h"
#include "engine/search/core.h"
#include "engine/search/game_end.h"
#include "engine/search/report.h"
#include "engine/search/root.h"
#include "engine/search/root_policy.h"
#include "engine/search/run_state.h"
#include "engine/search/search_thread.h"
#include "engine/start_thread.h"

namespace ponnuki::search {

namespace {

constexpr std::uint64_t kChoiceStream = 1ULL << 40;  // threads have smaller stream numbers
constexpr std::uint64_t kRootStream = 1ULL << 41;

}  // namespace

/// A run in steps. The first request is for the root, all later ones are for leaves.
struct Search::SteppedRun {
  SteppedRun(const SearchCore& core, std::uint64_t number)
      : random(core.params.seed, kRootStream + number),
        root_evaluation(std::make_unique<RootEvaluation>(core, random)) {}

  RunState state;
  Random random;
  std::unique_ptr<RootEvaluation> root_evaluation;  // until it is answered
  std::optional<SearchThread> thread;               // after that
};

struct Search::Impl {
  /// Moves that may be played, with weights. A higher weight means a better and more likely move.
  struct Options {
    std::vector<ChoiceMove> moves;
    std::vector<double> weights;
  };

  Impl(Evaluator& evaluator, const SearchParams& params) : core(evaluator, params) {}

  void use_root_evaluation(RunState& run, RootEvaluation& root_evaluation, Random& random)
      PONNUKI_REQUIRES(mutex);
  class Helped;
  void search_thread(RunState& run, int thread);
  bool search_once(SearchThread& gatherer, std::vector<EvalRequest>& requests) const;
  void search_with_others(RunState& run);
  void search_with_helpers(RunState& run);
  static std::uint64_t stream_of(const RunState& run, int thread) {
    return run.number * 4096 + static_cast<std::uint64_t>(thread);
  }
  SearchStats stats_of(const RunState& run) const;
  void drop_tree() PONNUKI_REQUIRES(mutex);
  bool continue_to(const Position& position) PONNUKI_REQUIRES(mutex);
  Options options() const PONNUKI_REQUIRES(mutex);
  Point pick(const Options& options) PONNUKI_REQUIRES(mutex);
  Point adjusted(Point chosen, const Options& options) PONNUKI_REQUIRES(mutex);

  mutable Mutex mutex;
  /// During a run its threads change only atomics, and nodes under their own locks. `mutex`
  /// protects all other changes. Not annotated, since the threads of a run read the rest without
  /// `mutex`: nothing may change it during a run.
  SearchCore core;
  std::uint64_t runs PONNUKI_GUARDED_BY(mutex) = 0;
  std::uint64_t choices PONNUKI_GUARDED_BY(mutex) = 0;
  std::unique_ptr<SteppedRun> stepped;  // used only by the thread that calls start() to finish()
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

// --- the root ------------------------------------------------------------------------------------

void Search::set_params(const SearchParams& params) {
  const MutexLock lock(impl_->mutex);
  SearchParams& now = impl_->core.params;
  if (params.seed != now.seed || params.graph_search != now.graph_search ||
      params.subtree_value_bias != now.subtree_value_bias ||
      params.random_symmetry != now.random_symmetry ||
      params.conservative_pass != now.conservative_pass ||
      params.playout_doublings != now.playout_doublings ||
      (params.playout_doublings != 0 &&
       params.playout_doublings_for != now.playout_doublings_for)) {
    impl_->drop_tree();
  }
  now = params;
}

/// Follows the moves from the current root to `position` and keeps the subtree.
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
  // The tree treats the end of the game differently after a pass of the root, so its values are
  // wrong.
  const bool ends_now =
      core.params.conservative_pass && next.pass_would_end_game() && moves.size() > played.size();
  if (ends_now || next.is_over()) drop_tree();
  return true;
}

void Search::set_position(const Position& position) {
  const MutexLock lock(impl_->mutex);
  const SearchParams& params = impl_->core.params;
  const bool favours_other = params.playout_doublings != 0 && !params.playout_doublings_for &&
                             position.to_move() != impl_->core.root.position.to_move();
  if (favours_other || !impl_->continue_to(position)) impl_->drop_tree();
  impl_->core.root.position = position;
}

void Search::set_filters(std::vector<MoveFilter> filters) {
  const MutexLock lock(impl_->mutex);
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
  const MutexLock lock(impl_->mutex);
  impl_->drop_tree();
  impl_->runs = impl_->choices = 0;
}

// --- the search ----------------------------------------------------------------------------------

void Search::Impl::use_root_evaluation(RunState& run, RootEvaluation& root_evaluation,
                                       Random& random) {
  const bool is_new = prepare_root(core, root_evaluation, random);
  run.playouts = is_new ? 1 : 0;
  run.earlier_visits = core.tree.node(core.root.node).stats.visits() - (is_new ? 1 : 0);
}

/// A round of playouts. Returns false if the run is over.
bool Search::Impl::search_once(SearchThread& gatherer, std::vector<EvalRequest>& requests) const {
  requests.clear();
  if (!gatherer.gather(requests)) return false;
  if (!requests.empty()) core.evaluator.evaluate(requests);
  gatherer.absorb();
  return true;
}

/// Rests while the run is paused, until it is stopped or its time is up.
void rest(const RunState& run) {
  constexpr std::chrono::milliseconds kNap{10};
  while (run.is_paused() && !run.stopped && !run.stop.stop_requested() &&
         run.seconds() < run.limits.seconds)
    std::this_thread::sleep_for(kNap);
}

/// An exception ends the run for all threads.
void Search::Impl::search_thread(RunState& run, int thread) try {
  SearchThread gatherer(core, run, stream_of(run, thread));
  std::vector<EvalRequest> requests;
  while (search_once(gatherer, requests)) rest(run);
} catch (...) {
  run.fail();
}

/// The part of the helpers in a run: each continues what another helper began.
class Search::Impl::Helped : public HelperPool::Work {
 public:
  Helped(Impl& search, RunState& run) : search_(search), run_(run) {}

  bool help(Clock::time_point until) override try {
    if (over_ || run_.is_paused()) return false;
    auto gatherer = take();
    if (!gatherer) return false;
    std::vector<EvalRequest> requests;
    while (search_.search_once(*gatherer, requests)) {
      if (Clock::now() < until && !run_.is_paused()) continue;
      put_back(std::move(gatherer));
      return true;
    }
    over_ = true;
    return false;
  } catch (...) {
    run_.fail();
    return false;
  }

 private:
  using Gatherer = std::unique_ptr<SearchThread>;

  /// Null if as many help as may.
  Gatherer take() {
    const MutexLock lock(mutex_);
    if (!idle_.empty()) {
      Gatherer gatherer = std::move(idle_.back());
      idle_.pop_back();
      return gatherer;
    }
    if (made_ + 1 >= search_.core.params.threads) return nullptr;
    ++made_;
    return std::make_unique<SearchThread>(search_.core, run_, stream_of(run_, made_));
  }
  void put_back(Gatherer gatherer) {
    const MutexLock lock(mutex_);
    idle_.push_back(std::move(gatherer));
  }

  Impl& search_;
  RunState& run_;
  std::atomic<bool> over_{false};
  Mutex mutex_;
  std::vector<Gatherer> idle_ PONNUKI_GUARDED_BY(mutex_);
  int made_ PONNUKI_GUARDED_BY(mutex_) = 0;
};

void Search::Impl::search_with_helpers(RunState& run) {
  Helped helped(*this, run);
  const HelperPool::Call call(*run.limits.helpers, helped);
  search_thread(run, 0);
}

/// Starts the other threads, or as many as the system gives.
void Search::Impl::search_with_others(RunState& run) {
  std::vector<std::jthread> threads;  // they join at the end
  threads.reserve(static_cast<std::size_t>(std::max(core.params.threads - 1, 0)));
  for (int i = 1; i < core.params.threads; ++i) {
    auto thread = start_thread([this, &run, i] { search_thread(run, i); });
    if (!thread) break;
    threads.push_back(std::move(*thread));
  }
  search_thread(run, 0);
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
  run.limits = limits;
  run.stop = std::move(stop);
  SearchCore& core = impl_->core;
  {
    const MutexLock lock(impl_->mutex);
    run.number = ++impl_->runs;
    Random random(core.params.seed, kRootStream + run.number);
    RootEvaluation root_evaluation(core, random);
    core.evaluator.evaluate(root_evaluation.requests);
    impl_->use_root_evaluation(run, root_evaluation, random);
  }
  if (limits.helpers != nullptr)
    impl_->search_with_helpers(run);
  else
    impl_->search_with_others(run);
  if (!run.failed) return impl_->stats_of(run);
  clear();
  std::rethrow_exception(run.error);
}

void Search::start(const SearchLimits& limits, std::stop_token stop) {
  const MutexLock lock(impl_->mutex);
  const std::uint64_t number = ++impl_->runs;
  impl_->stepped = std::make_unique<SteppedRun>(impl_->core, number);
  RunState& run = impl_->stepped->state;
  run.limits = limits;
  run.stop = std::move(stop);
  run.number = number;
}

bool Search::gather(std::vector<EvalRequest>& requests) {
  SteppedRun& run = *impl_->stepped;
  if (!run.root_evaluation) return run.thread->gather(requests);
  requests.insert(requests.end(), run.root_evaluation->requests.begin(),
                  run.root_evaluation->requests.end());
  return true;
}

void Search::absorb() {
  SteppedRun& run = *impl_->stepped;
  const MutexLock lock(impl_->mutex);
  if (!run.root_evaluation) return run.thread->absorb();
  impl_->use_root_evaluation(run.state, *run.root_evaluation, run.random);
  run.root_evaluation.reset();
  run.thread.emplace(impl_->core, run.state, impl_->stream_of(run.state, 0));
}

SearchStats Search::finish() {
  const SearchStats stats = impl_->stats_of(impl_->stepped->state);
  impl_->stepped.reset();
  return stats;
}

// --- results -------------------------------------------------------------------------------------

Analysis Search::analysis(const AnalysisOptions& options) const {
  const MutexLock lock(impl_->mutex);
  return analyze_tree(impl_->core, options);
}

/// The visited moves of the root by selection value. If no value is above 0, all moves by prior.
Search::Impl::Options Search::Impl::options() const {
  const Node& node = core.tree.node(core.root.node);
  Options options{choice_moves(core, node, true), {}};
  for (const ChoiceMove& m : options.moves) options.weights.push_back(m.value);
  const auto is_positive = [](double weight) { return weight > 0; };
  if (std::any_of(options.weights.begin(), options.weights.end(), is_positive)) return options;
  options = {};
  const SpinLockGuard lock(node.lock);
  for (const Candidate& c : node.candidates()) {
    ChoiceMove m;
    m.move = c.move;
    m.stats = node.stats.load();
    options.moves.push_back(m);
    options.weights.push_back(std::max(1e-9F, c.prior.value()));
  }
  return options;
}

/// Requires at least one move.
Point Search::Impl::pick(const Options& options) {
  const SearchParams& params = core.params;
  const double temperature = interpolate_early(params.temperature_early, params.temperature,
                                               params.temperature_halflife, core.root.position);
  Random random(params.seed, kChoiceStream + choices++);
  const std::size_t picked =
      pick_with_temperature(options.weights, temperature, params.temperature_only_below, random);
  return adjusted(options.moves[picked].move, options);
}

/// The allowed move on the board with the highest prior; a pass if there is none.
Point likeliest_on_board(const Root& root) {
  if (root.policy.empty()) return Point::pass();
  const auto best = std::max_element(root.policy.begin(), root.policy.end() - 1);
  if (*best < 0) return Point::pass();
  return Point::from_cell(static_cast<int>(best - root.policy.begin()), root.position.size());
}

Point Search::Impl::adjusted(Point chosen, const Options& options) {
  Root& root = core.root;
  const bool may_pass = !root.policy.empty() && root.policy.back() >= 0;
  LatePassOutlook* const pass = may_pass && root.pass ? &*root.pass : nullptr;
  const Point move = adjust_for_game_end(
      root.position,
      {chosen, likeliest_on_board(root), options.moves, root.pass_alive, pass, core.evaluator});
  const bool allowed = passes_filters(core.filters, {root.position.to_move(), move}, 0);
  return allowed ? move : chosen;
}

Point Search::adjusted(Point chosen) {
  const MutexLock lock(impl_->mutex);
  if (impl_->core.root.node == kNoNode) return chosen;
  return impl_->adjusted(chosen, impl_->options());
}

Search::Choice Search::choose_move() {
  const MutexLock lock(impl_->mutex);
  const Root& root = impl_->core.root;
  Choice choice;
  choice.move = Point::pass();
  if (root.node == kNoNode) return choice;
  const double sign = root.position.to_move() == Color::kWhite ? 1 : -1;
  NodeStats stats = impl_->core.tree.node(root.node).stats.load();
  const Impl::Options options = impl_->options();
  if (!options.moves.empty()) {
    choice.move = impl_->pick(options);
    for (const ChoiceMove& m : options.moves) {
      if (m.move == choice.move && m.stats.visits > 0) stats = m.stats;
    }
  }
  choice.winrate = 0.5 + 0.5 * sign * stats.win_loss;
  choice.score_lead = sign * stats.lead;
  return choice;
}

}  // namespace ponnuki::search
