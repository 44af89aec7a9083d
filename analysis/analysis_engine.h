// AnalysisEngine: answers one client's requests; a SearchPool searches the positions.
//
// Each position that was accepted is answered exactly once with isDuringSearch false, terminated or
// not. Memory is bounded: beyond kMostPositions waiting ones, queries are refused.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "analysis/answer.h"
#include "analysis/request.h"
#include "engine/evaluator.h"

namespace ponnuki::analysis {

class AnalysisEngine {
 public:
  static constexpr std::size_t kMostPositions = 100'000;
  static constexpr std::size_t kMostQueryBytes = std::size_t{256} << 20;  // of all open queries

  struct Options {
    AnalysisSettings settings;  // where a query says nothing
    int threads = 1;            // cores to use
    EngineFacts facts;
  };
  /// Receives whole lines without their end, on any thread, one at a time. May block: then the
  /// engine waits.
  using Emit = std::function<void(const std::string& line)>;

  /// The evaluator must outlive the engine.
  AnalysisEngine(Evaluator& evaluator, const Options& options, Emit emit);
  /// Ends what is under way; open positions stay unanswered.
  ~AnalysisEngine();

  /// Ignores blank lines.
  void handle(std::string_view line);
  /// Waits until everything has been answered.
  void finish();
  /// The client is gone: searches end, and nothing more is emitted. From any thread, also from
  /// `emit`.
  void abandon();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::analysis
