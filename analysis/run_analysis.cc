#include "analysis/run_analysis.h"

#include <unistd.h>

#include <csignal>

#include "server/evaluator_provider.h"
#include "server/fd_transport.h"

namespace ponnuki::analysis {
namespace {

// Clients wait for this text.
constexpr const char* kReady = "Started, ready to begin handling requests";

AnalysisEngine::Options options_of(const AnalysisRun& run, const Evaluator& evaluator) {
  AnalysisEngine::Options options = run.engine;
  options.facts.net = evaluator.name();
  return options;
}

}  // namespace

int run_analysis_on(const AnalysisRun& run, const server::EvaluatorFactory& factory, int in_fd,
                    int out_fd) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto evaluator = factory();
  if (!evaluator) return server::report_failure(evaluator.error().message);
  AnalysisEngine* engine = nullptr;
  server::Inbox inbox;
  server::FdOutput out(out_fd, [&] {
    inbox.abandon();
    engine->abandon();
  });
  AnalysisEngine::Options options = options_of(run, **evaluator);
  options.share.pause = out.pause();
  AnalysisEngine the_engine(**evaluator, options,
                            [&](const std::string& line) { out.write(line + "\n"); });
  engine = &the_engine;
  const server::FdReader reader(in_fd, inbox);
  server::log_to_stderr(kReady);
  while (const auto line = inbox.pop()) the_engine.handle(*line);
  if (run.quit_without_waiting)
    the_engine.abandon();
  else
    the_engine.finish();
  return 0;
}

int run_analysis(const AnalysisRun& run, const server::EvaluatorFactory& factory) {
  if (run.web.listen.empty()) return run_analysis_on(run, factory, STDIN_FILENO, STDOUT_FILENO);
  const auto evaluator = factory();
  if (!evaluator) return server::report_failure(evaluator.error().message);
  const auto server = open_websocket_server(run.web, **evaluator, options_of(run, **evaluator));
  if (!server) return server::report_failure(server.error().message);
  server::log_to_stderr(std::string(kReady).append(" on ws://").append((*server)->address()));
  (*server)->run(true);
  return 0;
}

}  // namespace ponnuki::analysis
