#include "web/server/analyst.h"

#include <utility>

namespace ponnuki::web {
namespace {

constexpr double kFirstReport = 0.1, kReportEvery = 0.25;  // seconds
constexpr std::int64_t kWatchPriority = 2, kQuickPriority = 1, kSurveyPriority = 0;
constexpr std::int64_t kQuickVisits = 4;

}  // namespace

Analyst::Analyst(const Resources& resources) : resources_(resources) {}

Analyst::~Analyst() {
  stop_watching();
  stop_survey();
}

bool Analyst::is_idle() const { return *open_ == 0; }

/// Loads the evaluator and starts the threads with the first search.
Status Analyst::prepare(BoardSize size) {
  PONNUKI_TRY(Evaluator* const evaluator, resources_.provider.get());
  PONNUKI_TRY(check_size(*evaluator, size));
  if (!pool_)
    pool_ = std::make_unique<search::SearchPool>(*evaluator, resources_.params.threads,
                                                 resources_.share);
  return pool_->start();
}

search::SearchJob Analyst::job_for(const Position& position, std::int64_t visits, Tell tell) {
  search::SearchJob job;
  job.size = position.size();
  job.report = review::assessment_options();
  job.prepare = [position, visits, params = resources_.params] {
    return search::SearchSetup{position, params, {.visits = visits}, {}};
  };
  ++*open_;
  job.tell = [this, position, tell = std::move(tell),
              open = open_](const search::SearchJob::News& news) {
    const bool is_over = !news.during_search;
    if (news.analysis != nullptr) {
      const review::Assessment finding = review::assess(*news.analysis, {});
      if (is_over) keep(position, finding);
      tell(finding, is_over);
    }
    if (is_over) --*open;
  };
  return job;
}

void Analyst::keep(const Position& position, const review::Assessment& finding) {
  // A file that cannot be written costs only time later.
  static_cast<void>(resources_.knowledge.add(position, finding));
}

void Analyst::end(std::vector<search::SearchPool::Id>& jobs) {
  if (pool_ && !jobs.empty()) pool_->end(jobs);
  jobs.clear();
}

Status Analyst::watch(const Position& position, std::int64_t visits, Tell tell) {
  const MutexLock lock(mutex_);
  end(watched_);
  const auto known = resources_.knowledge.find(position, 1);
  const bool suffices = known && (known->visits >= visits || known->is_result);
  if (known) tell(*known, suffices);
  if (suffices) return {};
  PONNUKI_TRY(prepare(position.size()));
  const std::int64_t least = known ? known->visits : 0;  // less is no news
  search::SearchJob job =
      job_for(position, visits,
              [tell = std::move(tell), least](const review::Assessment& finding, bool is_over) {
                if (finding.visits >= least) tell(finding, is_over);
              });
  job.priority = kWatchPriority;
  job.first_report_after = kFirstReport;
  job.report_every = kReportEvery;
  watched_.push_back(pool_->add(std::move(job)));
  return {};
}

void Analyst::stop_watching() {
  const MutexLock lock(mutex_);
  end(watched_);
}

Status Analyst::survey(const std::vector<Place>& places, std::int64_t visits,
                       const TellPlace& tell) {
  const MutexLock lock(mutex_);
  end(surveyed_);
  struct Pass {
    const Place* place;
    std::int64_t visits, priority;
  };
  std::vector<Pass> passes;
  for (const Place& place : places) {
    const auto known = resources_.knowledge.find(place.position, 1);
    if (known) tell(place.node, *known);
    if (!known && visits > kQuickVisits) passes.push_back({&place, kQuickVisits, kQuickPriority});
    if (!known || known->visits < visits) passes.push_back({&place, visits, kSurveyPriority});
  }
  if (passes.empty()) return {};
  PONNUKI_TRY(prepare(passes.front().place->position.size()));
  for (const Pass& pass : passes) {
    search::SearchJob job =
        job_for(pass.place->position, pass.visits,
                [tell, node = pass.place->node](const review::Assessment& finding, bool) {
                  tell(node, finding);
                });
    job.priority = pass.priority;
    surveyed_.push_back(pool_->add(std::move(job)));
  }
  return {};
}

void Analyst::stop_survey() {
  const MutexLock lock(mutex_);
  end(surveyed_);
}

}  // namespace ponnuki::web
