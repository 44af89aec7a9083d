// Thinker: a session's Search and its threads. A search runs on its own thread, while the session's
// thread watches the inbox, sends reports, and stops the search. Pondering runs until it
// is stopped or its time is up.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "engine/search/search.h"
#include "server/evaluator_provider.h"
#include "server/inbox.h"

namespace ponnuki::gtp {

/// What to search, how long, and where reports go.
struct ThinkRequest {
  ThinkRequest(Position position_to_search, const search::SearchParams& search_params)
      : position(std::move(position_to_search)), params(search_params) {}

  Position position;
  search::SearchParams params;
  search::SearchLimits limits;
  std::vector<search::MoveFilter> filters;
  bool stop_on_input = false;  // any line from the client ends it (analysis)
  // When the limits are reached, still wait for input before returning.
  bool hold = false;
  double report_seconds = std::numeric_limits<double>::infinity();  // interval between reports
  std::function<void(const search::Search&)> report;  // called on the session's thread
  std::function<void()> begun;                        // called when the search has begun
};

class Thinker {
 public:
  struct Resources {
    HelperPool* helpers = nullptr;  // see search::SearchLimits
    const Pause* pause = nullptr;   // searches rest while it is paused
    double most_seconds = std::numeric_limits<double>::infinity();  // of any search
  };
  Thinker(const server::EvaluatorProvider& provider, server::Inbox& inbox,
          const Resources& resources);
  ~Thinker();

  /// Waits for the evaluator. Returns an error if it could not be loaded, or does not accept boards
  /// of `size`.
  Result<Evaluator*> evaluator(BoardSize size) const;
  /// The evaluator's name, for any board size.
  Result<std::string> evaluator_name() const;

  /// False if the evaluator is loaded and does not accept boards of `size`.
  bool may_judge(BoardSize size) const;

  struct Outcome {
    search::SearchStats stats;
    /// kInput and kInterrupted mean that it was stopped early.
    server::Inbox::Event ended_by = server::Inbox::Event::kDone;
  };
  /// Searches. Blocks, but watches the inbox. Stops pondering first. Returns an error if there is
  /// no thread or no memory for the search.
  Result<Outcome> think(const ThinkRequest& request);
  /// The search that think() ran. Requires a successful think().
  search::Search& search() { return *search_; }

  /// Searches in the background, for `seconds` at most. Does nothing before the evaluator is
  /// loaded.
  void ponder(const Position& position, const search::SearchParams& params, double seconds);
  void stop_pondering();
  void clear_tree();
  /// Clears the tree and the cached evaluations, which all sessions share.
  void clear_all();

 private:
  search::SearchLimits limited(search::SearchLimits limits) const;
  Status prepare(const Position& position, const search::SearchParams& params);

  const server::EvaluatorProvider& provider_;
  server::Inbox& inbox_;
  Resources resources_;
  std::unique_ptr<search::Search> search_;
  search::SearchParams params_;  // the parameters of search_
  std::jthread pondering_;
};

}  // namespace ponnuki::gtp
