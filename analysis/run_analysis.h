// Runs the analysis engine over standard input and output, or for WebSocket clients.
#pragma once

#include <string>

#include "analysis/analysis_engine.h"
#include "analysis/websocket_transport.h"
#include "server/evaluator_provider.h"

namespace ponnuki::analysis {

struct AnalysisRun {
  AnalysisEngine::Options engine;     // facts.net is set from the evaluator
  bool quit_without_waiting = false;  // at the end of input
  WebSocketOptions web;               // no web.listen: standard input and output
};

/// Serves until the end of input or, when listening, until a signal. Blocks. Returns the exit code.
int run_analysis(const AnalysisRun& run, const server::EvaluatorFactory& factory);
/// Runs the analysis engine on other file descriptors.
int run_analysis_on(const AnalysisRun& run, const server::EvaluatorFactory& factory, int in_fd,
                    int out_fd);

}  // namespace ponnuki::analysis
