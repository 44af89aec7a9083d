// AnalysisEngine: answers one client's requests; a SearchPool searches the positions.
//
// Each accepted position gets exactly one answer with isDuringSearch false, whether it was
// terminated or not. Memory is bounded: queries are refused while Options::most_positions positions
// are waiting.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "analysis/answer.h"
#include "analysis/request.h"
#include "engine/evaluator.h"
#include "engine/search/search_pool.h"

namespace ponnuki::analysis {

class AnalysisEngine {
 public:
  static constexpr std::size_t kMostPositions = 100'000;
  static constexpr std::size_t kMostQueryBytes = std::size_t{256} << 20;  // for all open queries
  static constexpr double kMostSharedSeconds = 3600;

  struct Options {
    AnalysisSettings settings;  // for queries that do not set them
    int threads = 1;            // number of cores to use
    EngineFacts facts;
    std::size_t most_positions = kMostPositions;
    std::size_t most_query_bytes = kMostQueryBytes;
    /// The evaluator and the helpers serve other clients too: clear_cache leaves the cache alone,
    /// and no search takes longer than kMostSharedSeconds.
    bool is_shared = false;
    search::SearchPool::Share share;
  };
  /// Receives whole lines without their newline, on any thread, one at a time. It may block; the
  /// engine then waits.
  using Emit = std::function<void(const std::string& line)>;

  /// The evaluator must outlive the engine.
  AnalysisEngine(Evaluator& evaluator, const Options& options, Emit emit);
  /// Ends all searches. Open positions get no answer.
  ~AnalysisEngine();

  /// True if no position is open. Thread-safe.
  bool is_idle() const;
  /// Handles one request. Ignores blank lines.
  void handle(std::string_view line);
  /// Blocks until all positions have been answered.
  void finish();
  /// For a client that has left: ends all searches, and emits nothing more. Thread-safe; may also
  /// be called from `emit`.
  void abandon();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::analysis
