// Analyst: the searches of one page: live analysis of the position on its board, and a survey of
// all positions of a game for its graph. Searches of all pages share the cores (HelperPool).
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/mutex.h"
#include "engine/search/search_pool.h"
#include "server/evaluator_provider.h"
#include "web/server/knowledge.h"

namespace ponnuki::web {

class Analyst {
 public:
  struct Resources {
    const server::EvaluatorProvider& provider;
    Knowledge& knowledge;
    search::SearchParams params;
    search::SearchPool::Share share;
  };
  /// What is told of a search. Called on threads of the searches, one call at a time for each; not
  /// after stop… has returned.
  using Tell = std::function<void(const review::Assessment& finding, bool is_over)>;

  explicit Analyst(const Resources& resources);
  ~Analyst();

  /// Searches a position live, up to so many visits, instead of the one before. Begins with what is
  /// known. Returns an error if there is no evaluator for it.
  Status watch(const Position& position, std::int64_t visits, Tell tell);
  void stop_watching();

  struct Place {
    int node;
    Position position;
  };
  using TellPlace = std::function<void(int node, const review::Assessment& finding)>;
  /// Searches each position up to so many visits, in their order, instead of an earlier survey. What
  /// is known is told at once. A quick pass over all of them comes first.
  Status survey(const std::vector<Place>& places, std::int64_t visits, const TellPlace& tell);
  void stop_survey();
  /// True if nothing is being searched.
  bool is_idle() const;

 private:
  Status prepare(BoardSize size) PONNUKI_REQUIRES(mutex_);
  search::SearchJob job_for(const Position& position, std::int64_t visits, Tell tell);
  void keep(const Position& position, const review::Assessment& finding);
  void end(std::vector<search::SearchPool::Id>& jobs) PONNUKI_REQUIRES(mutex_);

  const Resources resources_;
  std::shared_ptr<std::atomic<int>> open_ = std::make_shared<std::atomic<int>>(0);  // searches
  mutable Mutex mutex_;
  std::unique_ptr<search::SearchPool> pool_ PONNUKI_GUARDED_BY(mutex_);  // from the first search on
  std::vector<search::SearchPool::Id> watched_ PONNUKI_GUARDED_BY(mutex_);
  std::vector<search::SearchPool::Id> surveyed_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace ponnuki::web
