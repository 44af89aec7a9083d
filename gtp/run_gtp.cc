// Puts provider, inbox, session and transport together. Declared in the order in which they depend
// on each other, so that they end in the reverse order.
#include "gtp/run_gtp.h"

#include <unistd.h>

#include <csignal>
#include <mutex>

#include "gtp/session.h"
#include "gtp/transport_tcp.h"
#include "server/evaluator_provider.h"
#include "server/transport_fd.h"

namespace ponnuki::gtp {

namespace {

constexpr int kExitBadInput = 2;
// LizGoban and others wait for the words "GTP ready".
constexpr std::string_view kReady = "GTP ready, beginning main protocol loop";

/// One write a line, so that lines of several threads do not mix.
void log_to_stderr(std::string_view line) {
  std::string text(line);
  text += '\n';
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

/// What the loading thread and the serving thread share: either may end first.
struct Serving {
  std::mutex mutex;
  TcpServer* server = nullptr;  // while it runs
  bool failed = false;          // the evaluator could not be loaded

  void fail() {
    const std::lock_guard lock(mutex);
    failed = true;
    if (server) server->stop();
  }
  /// False where there is no use in running.
  bool begin(TcpServer& started) {
    const std::lock_guard lock(mutex);
    if (!failed) server = &started;
    return !failed;
  }
  int end() {
    const std::lock_guard lock(mutex);
    server = nullptr;
    return failed ? kExitBadInput : 0;
  }
};

int serve_tcp(const GtpOptions& options, const server::EvaluatorFactory& factory) {
  Serving serving;
  const server::EvaluatorProvider provider(factory, [&serving](const std::string& problem) {
    log_to_stderr("Uncaught exception: " + problem);
    serving.fail();
  });
  const auto server = TcpServer::open(options, provider, log_to_stderr);
  if (!server) {
    log_to_stderr("Uncaught exception: " + server.error().message);
    return kExitBadInput;
  }
  if (serving.begin(**server)) {
    log_to_stderr(std::string(kReady) + " on " + (*server)->address());
    (*server)->run(true);
  }
  return serving.end();
}

}  // namespace

int run_gtp_on(const GtpOptions& options, const server::EvaluatorFactory& factory, int in_fd,
               int out_fd) {
  std::signal(SIGPIPE, SIG_IGN);
  server::Inbox inbox;
  log_to_stderr(kReady);  // before a net that cannot be loaded may say so
  const server::EvaluatorProvider provider(factory, [&](const std::string& problem) {
    log_to_stderr("Uncaught exception: " + problem);
    inbox.close();
  });
  server::FdOutput out(out_fd, [&inbox] { inbox.abandon(); });
  Session session(options, {provider, inbox, out, log_to_stderr});
  {
    const server::FdReader reader(in_fd, inbox);
    session.serve();
  }
  return provider.get().ok() ? 0 : kExitBadInput;  // also where the input ended before the loading
}

int run_gtp(const GtpOptions& options, const server::EvaluatorFactory& factory) {
  if (!options.listen.empty()) return serve_tcp(options, factory);
  return run_gtp_on(options, factory, STDIN_FILENO, STDOUT_FILENO);
}

}  // namespace ponnuki::gtp
