// SearchThread: one thread of a search, with several playouts in flight, so that the evaluator gets
// their leaves in one batch.
//
//     gather    select:  leaf  leaf  leaf      each adds virtual losses along its path
//               the caller lets the evaluator answer all of them
//     absorb    expand and back up, in the same order
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/evaluator.h"
#include "engine/search/core.h"
#include "engine/search/run_state.h"
#include "engine/search/worker.h"

namespace ponnuki::search {

class SearchThread {
 public:
  /// The threads of one search need different streams, below 2^40. `core` and `run` must outlive
  /// the thread.
  SearchThread(SearchCore& core, RunState& run, std::uint64_t stream);

  /// Begins playouts and appends the requests that the evaluator must answer before absorb(). There
  /// may be none: playouts can end without the evaluator, or meet those of other threads. Returns
  /// false if the run is over; then no playout is in flight.
  bool gather(std::vector<EvalRequest>& requests);
  /// Finishes the playouts that gather() began.
  void absorb();

 private:
  int leaves_now() const;
  bool must_stop() const;
  bool finish(SearchWorker& worker);
  void wait();
  SearchWorker& worker(int index);

  SearchCore& core_;
  RunState& run_;
  std::uint64_t stream_;
  int most_leaves_;
  std::vector<std::unique_ptr<SearchWorker>> workers_;  // the first in_flight_ of them wait
  int in_flight_ = 0;
  int waits_ = 0;  // consecutive calls of wait()
};

}  // namespace ponnuki::search
