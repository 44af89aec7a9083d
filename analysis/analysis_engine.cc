#include "analysis/analysis_engine.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <map>
#include <vector>

#include "engine/mutex.h"
#include "engine/search/final_judgement.h"
#include "engine/search/search_pool.h"

namespace ponnuki::analysis {
namespace {

/// A query and the memory that it uses.
struct OpenQuery {
  AnalysisQuery query;
  std::size_t bytes;
  std::size_t positions;  // positions not answered yet; guarded by the engine's mutex
};
using OpenQueryPtr = std::shared_ptr<OpenQuery>;

search::SearchSetup setup_of(const AnalysisQuery& query, int turn, double most_seconds) {
  const search::Settings& settings = query.settings.search;
  search::SearchSetup setup;
  setup.position = query.position_at(turn);
  if (query.settings.ignore_pre_root_history) setup.position.hide_history();
  setup.params = settings.params;
  setup.params.wide_root_noise = settings.analysis_wide_root_noise;
  setup.limits.visits = settings.visits;
  setup.limits.playouts = settings.playouts;
  setup.limits.seconds = std::min(settings.seconds.value_or(most_seconds), most_seconds);
  setup.filters = query.filters;
  return setup;
}

/// Replaces the values of the search at the end of a game by the referee's judgement.
void put_judgement(const referee::Judgement& judgement, BoardSize size,
                   search::Analysis& analysis) {
  const double sign = analysis.root.to_move == Color::kWhite ? 1 : -1;
  const double lead = sign * judgement.score.white_minus_black;
  search::RootInfo& root = analysis.root;
  root.winrate = lead > 0 ? 1 : lead < 0 ? 0 : 0.5;
  root.score_lead = root.score_mean = root.score_selfplay = lead;
  root.score_stdev = 0;
  for (std::size_t cell = 0; cell < analysis.ownership.size(); ++cell) {
    const Point p = Point::from_cell(static_cast<int>(cell), size);
    const Color owner = judgement.owner[static_cast<std::size_t>(p.index())];
    analysis.ownership[cell] = owner == Color::kEmpty           ? 0.0F
                               : owner == analysis.root.to_move ? 1.0F
                                                                : -1.0F;
  }
}

}  // namespace

class AnalysisEngine::Impl {
 public:
  Impl(Evaluator& evaluator, const Options& options, Emit emit)
      : evaluator_(evaluator),
        options_(options),
        emit_(std::move(emit)),
        pool_(evaluator, options.threads, options.share) {}

  void handle(std::string_view line) {
    if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    AnalysisRequest request = parse_analysis_request(line, options_.settings);
    for (const std::string& reply : request.replies) tell(reply);
    if (auto* query = std::get_if<AnalysisQuery>(&request.what))
      add(std::move(*query), line.size());
    if (const auto* action = std::get_if<AnalysisAction>(&request.what)) act(*action);
  }
  bool is_idle() const {
    const MutexLock lock(mutex_);
    return positions_.empty();
  }
  void finish() { pool_.finish(); }
  void abandon() {
    abandoned_ = true;
    pool_.abandon();
  }

 private:
  struct OpenPosition {
    OpenQueryPtr open;
    int turn;
  };
  /// Marks a position as answered by its last answer, also if there is no memory for it.
  struct Closing {
    Impl& engine;
    const search::SearchJob::News& news;
    ~Closing() {
      if (!news.during_search) engine.close(news.job);
    }
  };

  void add(AnalysisQuery query, std::size_t bytes) {
    const Status fits = check_size(evaluator_, query.start.position().size());
    if (!fits) return tell(field_error(query.id, "boardXSize", fits.error().message));
    // Besides the text, the query's moves and settings.
    bytes += sizeof(AnalysisQuery) + query.moves.size() * sizeof(Move);
    const std::size_t positions = query.turns.size();
    if (!has_room(positions, bytes))
      return tell(
          field_error(query.id, "id", "Too many positions are waiting already: ask again later"));
    if (const Status started = pool_.start(); !started)
      return tell(field_error(query.id, "id", started.error().message));
    const auto open = std::make_shared<OpenQuery>(OpenQuery{std::move(query), bytes, positions});
    // No answer may come before its position is registered.
    const MutexLock lock(mutex_);
    query_bytes_ += bytes;
    for (const AnalysisQuery::Turn& turn : open->query.turns)
      positions_.emplace(pool_.add(job_of(open, turn)), OpenPosition{open, turn.number});
  }
  bool has_room(std::size_t positions, std::size_t bytes) {
    const MutexLock lock(mutex_);
    return positions_.size() + positions <= options_.most_positions &&
           query_bytes_ + bytes <= options_.most_query_bytes;
  }
  search::SearchJob job_of(const OpenQueryPtr& open, const AnalysisQuery::Turn& turn) {
    const int number = turn.number;
    search::SearchJob job;
    job.size = open->query.start.position().size();
    job.priority = turn.priority;
    const double most_seconds =
        options_.is_shared ? kMostSharedSeconds : std::numeric_limits<double>::infinity();
    job.prepare = [=] { return setup_of(open->query, number, most_seconds); };
    job.report = options_for(open->query);
    job.first_report_after = open->query.first_report_after;
    job.report_every = open->query.report_every;
    job.tell = [this, open, number](const search::SearchJob::News& news) {
      const Closing closing{*this, news};
      tell(news.analysis == nullptr ? no_results(open->query, number)
                                    : answer(open->query, number, news));
    };
    return job;
  }
  std::string answer(const AnalysisQuery& query, int turn, const search::SearchJob::News& news) {
    const Position& position = *news.position;
    search::Analysis analysis = *news.analysis;
    if (position.is_over() && !news.during_search) {
      // The search may have hidden the moves; the referee sees them, as everywhere.
      const auto judgement = search::final_judgement(query.position_at(turn), evaluator_);
      if (judgement) put_judgement(*judgement, position.size(), analysis);
    }
    return analysis_answer(query, turn, news.during_search, position, analysis);
  }
  /// Called when a position has been answered.
  void close(search::SearchPool::Id id) {
    const MutexLock lock(mutex_);
    const auto found = positions_.find(id);
    if (found == positions_.end()) return;
    OpenQuery& open = *found->second.open;
    if (--open.positions == 0) query_bytes_ -= open.bytes;
    positions_.erase(found);
  }

  void act(const AnalysisAction& action) {
    using Kind = AnalysisAction::Kind;
    if (action.kind == Kind::kClearCache && !options_.is_shared) evaluator_.clear_cache();
    if (action.kind == Kind::kTerminate || action.kind == Kind::kTerminateAll) terminate(action);
    tell(action_answer(action, options_.facts));
  }
  void terminate(const AnalysisAction& action) {
    const bool every_id = action.kind == AnalysisAction::Kind::kTerminateAll;
    std::vector<search::SearchPool::Id> ids;
    {
      const MutexLock lock(mutex_);
      for (const auto& [id, position] : positions_) {
        const bool same_id = every_id || position.open->query.id == action.terminate_id;
        const bool same_turn =
            !action.turns || std::ranges::find(*action.turns, position.turn) != action.turns->end();
        if (same_id && same_turn) ids.push_back(id);
      }
    }
    pool_.end(ids);
  }

  void tell(const std::string& line) {
    const MutexLock lock(emit_mutex_);
    if (!abandoned_) emit_(line);
  }

  Evaluator& evaluator_;
  Options options_;
  Emit emit_;
  Mutex emit_mutex_;  // keeps lines whole
  std::atomic<bool> abandoned_{false};

  mutable Mutex mutex_;
  /// The positions that are not answered yet.
  std::map<search::SearchPool::Id, OpenPosition> positions_ PONNUKI_GUARDED_BY(mutex_);
  // Memory of the queries of these positions.
  std::size_t query_bytes_ PONNUKI_GUARDED_BY(mutex_) = 0;

  search::SearchPool pool_;  // destroyed first: its jobs use the members above
};

AnalysisEngine::AnalysisEngine(Evaluator& evaluator, const Options& options, Emit emit)
    : impl_(std::make_unique<Impl>(evaluator, options, std::move(emit))) {}
AnalysisEngine::~AnalysisEngine() = default;
bool AnalysisEngine::is_idle() const { return impl_->is_idle(); }
void AnalysisEngine::handle(std::string_view line) { impl_->handle(line); }
void AnalysisEngine::finish() { impl_->finish(); }
void AnalysisEngine::abandon() { impl_->abandon(); }

}  // namespace ponnuki::analysis
