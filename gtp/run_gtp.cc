// Connects provider, inbox, session and transport. They are declared in the order of their
// dependencies, so that they are destroyed in the reverse order.
#include "gtp/run_gtp.h"

#include <unistd.h>

#include <csignal>

#include "engine/mutex.h"
#include "gtp/session.h"
#include "gtp/tcp_transport.h"
#include "server/evaluator_provider.h"
#include "server/fd_transport.h"

namespace ponnuki::gtp {

namespace {

// LizGoban and other clients wait for the words "GTP ready".
constexpr std::string_view kReady = "GTP ready, beginning main protocol loop";

/// State shared by the loading thread and the serving thread. Either may end first.
class Serving {
 public:
  /// Reports that the evaluator could not be loaded. Stops the server.
  void fail() {
    const MutexLock lock(mutex_);
    failed_ = true;
    if (server_) server_->stop();
  }
  /// Registers the server. Returns false if loading has already failed and the server must not run.
  bool begin(server::TcpServer& started) {
    const MutexLock lock(mutex_);
    if (!failed_) server_ = &started;
    return !failed_;
  }
  /// Returns the exit code.
  int end() {
    const MutexLock lock(mutex_);
    server_ = nullptr;
    return failed_ ? server::kExitBadInput : 0;
  }

 private:
  Mutex mutex_;
  server::TcpServer* server_ PONNUKI_GUARDED_BY(mutex_) = nullptr;  // while it runs
  bool failed_ PONNUKI_GUARDED_BY(mutex_) = false;
};

int serve_tcp(const GtpOptions& options, const server::EvaluatorFactory& factory) {
  Serving serving;
  const server::EvaluatorProvider provider(factory, [&serving](const std::string& problem) {
    server::report_failure(problem);
    serving.fail();
  });
  const auto server = open_tcp_server(options, provider, server::log_to_stderr);
  if (!server) return server::report_failure(server.error().message);
  if (serving.begin(**server)) {
    server::log_to_stderr(std::string(kReady).append(" on ").append((*server)->address()));
    (*server)->run(true);
  }
  return serving.end();
}

}  // namespace

int run_gtp_on(const GtpOptions& options, const server::EvaluatorFactory& factory, int in_fd,
               int out_fd) {
  std::signal(SIGPIPE, SIG_IGN);
  server::Inbox inbox;
  // Before an error message about a net that cannot be loaded.
  server::log_to_stderr(kReady);
  const server::EvaluatorProvider provider(factory, [&](const std::string& problem) {
    server::report_failure(problem);
    inbox.close();
  });
  server::FdOutput out(out_fd, [&inbox] { inbox.abandon(); });
  Session session(options, {provider, inbox, out, server::log_to_stderr});
  {
    const server::FdReader reader(in_fd, inbox);
    session.serve();
  }
  return provider.get().ok()
             ? 0
             : server::kExitBadInput;  // also where the input ended before the loading
}

int run_gtp(const GtpOptions& options, const server::EvaluatorFactory& factory) {
  if (!options.listen.empty()) return serve_tcp(options, factory);
  return run_gtp_on(options, factory, STDIN_FILENO, STDOUT_FILENO);
}

}  // namespace ponnuki::gtp
