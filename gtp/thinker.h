// Thinker: a session's Search and the threads around it. A search runs on a thread of its own while
// the session's thread watches the inbox, reports, and stops it; pondering runs until it is
// stopped.
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

/// What to search, how long, and who gets reports.
struct ThinkRequest {
  ThinkRequest(Position position_to_search, const search::SearchParams& search_params)
      : position(std::move(position_to_search)), params(search_params) {}

  Position position;
  search::SearchParams params;
  search::SearchLimits limits;
  std::vector<search::MoveFilter> filters;
  bool stop_on_input = false;  // any line from the client ends it (analysis)
  bool hold = false;           // with limits met, still wait for input before returning
  double report_seconds = std::numeric_limits<double>::infinity();  // between two reports
  std::function<void(const search::Search&)> report;                // on the session's thread
};

class Thinker {
 public:
  Thinker(const server::EvaluatorProvider& provider, server::Inbox& inbox);
  ~Thinker();

  /// Waits for the evaluator. An error if it could not be loaded, or does not accept boards of
  /// `size`.
  Result<Evaluator*> evaluator(BoardSize size) const;
  /// The evaluator's name, whatever boards it can judge.
  Result<std::string> evaluator_name() const;

  /// False where the evaluator is loaded and does not accept boards of `size`.
  bool may_judge(BoardSize size) const;

  struct Outcome {
    search::SearchStats stats;
    /// kInput and kInterrupted: stopped early.
    server::Inbox::Event ended_by = server::Inbox::Event::kDone;
  };
  /// Searches. Blocks, but watches the inbox. Stops pondering first.
  Result<Outcome> think(const ThinkRequest& request);
  /// The search that think() has run. Requires a successful think().
  search::Search& search() { return *search_; }

  /// Searches in the background, limited by memory only. No effect before the evaluator is loaded.
  void ponder(const Position& position, const search::SearchParams& params);
  void stop_pondering();
  /// Forgets the tree and cached evaluations.
  void clear();

 private:
  Status prepare(const Position& position, const search::SearchParams& params);

  const server::EvaluatorProvider& provider_;
  server::Inbox& inbox_;
  std::unique_ptr<search::Search> search_;
  search::SearchParams params_;  // that search_ has
  std::jthread pondering_;
};

}  // namespace ponnuki::gtp
