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
#include "gtp/evaluator_provider.h"
#include "gtp/inbox.h"

namespace ponnuki {

/// What to think about, how long, and whom to tell.
struct ThinkRequest {
  ThinkRequest(Position position_to_search, const SearchParams& search_params)
      : position(std::move(position_to_search)), params(search_params) {}

  Position position;
  SearchParams params;
  SearchLimits limits;
  std::vector<MoveFilter> filters;
  bool stop_on_input = false;  // any line from the client ends it (analysis)
  bool hold = false;           // with limits met, still wait for input before returning
  double report_seconds = std::numeric_limits<double>::infinity();  // between two reports
  std::function<void(const Search&)> report;                        // on the session's thread
};

class Thinker {
 public:
  Thinker(const EvaluatorProvider& provider, Inbox& inbox);
  ~Thinker();

  /// Waits for the evaluator; an error if it could not be loaded, or not judge boards of `size`.
  Result<Evaluator*> evaluator(BoardSize size) const;
  /// The evaluator's name, whatever boards it can judge.
  Result<std::string> evaluator_name() const;

  /// False where it is known already that boards of `size` cannot be judged.
  bool may_judge(BoardSize size) const;

  struct Outcome {
    SearchStats stats;
    Inbox::Event ended_by = Inbox::Event::kDone;  // kInput and kInterrupted: stopped early
  };
  /// Thinks on the session's behalf. Blocks, but heeds the inbox. Stops pondering first.
  Result<Outcome> think(const ThinkRequest& request);
  /// The search that think() has run. Requires a successful think().
  Search& search() { return *search_; }

  /// Goes on thinking in the background, without limits but memory. No effect before the evaluator
  /// is there.
  void ponder(const Position& position, const SearchParams& params);
  void stop_pondering();
  /// Forgets the tree and cached evaluations.
  void clear();

 private:
  Status prepare(const Position& position, const SearchParams& params);

  const EvaluatorProvider& provider_;
  Inbox& inbox_;
  std::unique_ptr<Search> search_;
  SearchParams params_;  // that search_ has
  std::jthread pondering_;
};

}  // namespace ponnuki
