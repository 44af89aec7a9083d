#include "selfplay/match/gtp_client.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "engine/clock.h"
#include "selfplay/match/exit_text.h"

// POSIX requires its users to declare this; glibc declares it as well.
extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace ponnuki::selfplay {
namespace {

constexpr std::size_t kMaxLine = std::size_t{1} << 20;     // in bytes, of an answer
constexpr std::size_t kMaxAnswer = std::size_t{4} << 20;   // in bytes
constexpr std::size_t kMaxSkipped = std::size_t{1} << 20;  // bytes before an answer
constexpr std::size_t kStderrTail = 4000;

void close_fd(int& fd) {
  if (fd >= 0) ::close(std::exchange(fd, -1));
}

bool begins_answer(std::string_view line) { return line.starts_with('=') || line.starts_with('?'); }

/// Both ends of the child's three streams. Closes the ends that are not released.
struct Pipes {
  int in[2] = {-1, -1};  // [0] is our end
  int out[2] = {-1, -1}, err[2] = {-1, -1};
  bool open() {
    return ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) == 0 &&
           ::pipe2(out, O_CLOEXEC) == 0 && ::pipe2(err, O_CLOEXEC) == 0 &&
           ::fcntl(out[0], F_SETFL, O_NONBLOCK) == 0 && ::fcntl(err[0], F_SETFL, O_NONBLOCK) == 0;
  }
  ~Pipes() {
    for (int* pair : {in, out, err}) {
      close_fd(pair[0]);
      close_fd(pair[1]);
    }
  }
};

/// posix_spawn of `sh -c "exec COMMAND"`. Returns an errno.
int spawn(const std::string& command_line, const Pipes& pipes, pid_t& pid) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&files, pipes.in[1], STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&files, pipes.out[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&files, pipes.err[1], STDERR_FILENO);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  std::string shell = "sh", option = "-c", script = "exec " + command_line;
  char* const arguments[] = {shell.data(), option.data(), script.data(), nullptr};
  const int problem = ::posix_spawn(&pid, "/bin/sh", &files, &attributes, arguments, environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  return problem;
}

}  // namespace

class GtpClient::Deadline {
 public:
  explicit Deadline(double seconds)
      : end_(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                std::chrono::duration<double>(std::clamp(seconds, 0.0, 1e6)))) {}
  /// For poll(): 0 after the deadline.
  int milliseconds_left() const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end_ - Clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 1'000'000'000));
  }

 private:
  Clock::time_point end_;
};

Result<std::unique_ptr<GtpClient>> GtpClient::start(const std::string& command_line) {
  Pipes pipes;
  if (!pipes.open()) return Error{std::string("cannot open pipes: ") + std::strerror(errno)};
  std::unique_ptr<GtpClient> client(new GtpClient);
  if (const int problem = spawn(command_line, pipes, client->pid_)) {
    return Error{"cannot start '" + command_line + "': " + std::strerror(problem)};
  }
  client->to_child_ = std::exchange(pipes.in[0], -1);
  client->from_child_ = std::exchange(pipes.out[0], -1);
  client->stderr_ = std::exchange(pipes.err[0], -1);
  client->alive_ = true;
  return client;
}

GtpClient::~GtpClient() {
  if (alive_) {
    std::string answer;
    const bool quits = exchange("quit\n", Deadline(1.0), answer) != Wait::kTimeout;
    bury(quits ? 1.0 : 0.0);
  }
  close_fd(to_child_);
  close_fd(from_child_);
  close_fd(stderr_);
}

GtpReply GtpClient::send(std::string_view command, double timeout_seconds) {
  if (!alive_) return {GtpReply::Kind::kDied, "is not running", 0};
  const auto start = Clock::now();
  GtpReply reply;
  switch (exchange(std::string(command) + "\n", Deadline(timeout_seconds), reply.text)) {
    case Wait::kAnswer:
      reply.kind = reply.text[0] == '=' ? GtpReply::Kind::kOk : GtpReply::Kind::kRefused;
      break;
    case Wait::kTimeout:
      reply.kind = GtpReply::Kind::kTimeout;
      bury(0);
      reply.text = "no answer to '" + std::string(command) + "'";
      break;
    case Wait::kTooMuch:
      reply.kind = GtpReply::Kind::kDied;
      bury(0);
      reply.text = "writes too much after '" + std::string(command) + "'";
      break;
    case Wait::kClosed:
      reply.kind = GtpReply::Kind::kDied;
      reply.text = bury(1.0) + " at '" + std::string(command) + "'";
  }
  // Requests have no ids, so a successful response begins with "= ".
  if (alive_) {
    reply.text.erase(0, std::min(reply.text.find_first_not_of(" \t", 1), reply.text.size()));
  }
  reply.seconds = seconds_since(start);
  return reply;
}

/// Writes the line and reads until the answer is complete. Reads stderr at the same time.
GtpClient::Wait GtpClient::exchange(std::string_view line, const Deadline& deadline,
                                    std::string& answer) {
  skipped_ = 0;
  while (true) {
    std::array<pollfd, 3> fds = {{{from_child_, POLLIN, 0},
                                  {stderr_, POLLIN, 0},
                                  {line.empty() ? -1 : to_child_, POLLOUT, 0}}};
    const int left = deadline.milliseconds_left();
    const int ready = ::poll(fds.data(), fds.size(), left);
    if (ready < 0 && errno != EINTR) return Wait::kClosed;
    if (ready == 0 && left == 0) return Wait::kTimeout;
    if (ready <= 0) continue;
    if (fds[1].revents) read_stderr();
    if (fds[0].revents) {
      const bool open = read_output();
      if (take_answer(answer)) return Wait::kAnswer;
      if (writes_too_much()) return Wait::kTooMuch;
      if (!open) return Wait::kClosed;
    }
    if (fds[2].revents && !write_some(line))
      line = {};                           // the child is ending and will close its output
    if (left == 0) return Wait::kTimeout;  // also of a child that writes without pause
  }
}

bool GtpClient::write_some(std::string_view& line) {
  const ssize_t sent = ::send(to_child_, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent < 0) return errno == EAGAIN || errno == EINTR;
  line.remove_prefix(static_cast<std::size_t>(sent));
  return true;
}

/// Returns false at the end of the child's output.
bool GtpClient::read_output() {
  std::array<char, 65536> buffer;
  const ssize_t got = ::read(from_child_, buffer.data(), buffer.size());
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
  std::copy_if(bytes.begin(), bytes.end(), std::back_inserter(output_),
               [](char c) { return c != '\r' && c != '\0'; });
  return got > 0;
}

void GtpClient::read_stderr() {
  std::array<char, 4096> buffer;
  const ssize_t got = ::read(stderr_, buffer.data(), buffer.size());
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return close_fd(stderr_);
  stderr_tail_.append(buffer.data(), static_cast<std::size_t>(got));
  if (stderr_tail_.size() > kStderrTail) stderr_tail_.erase(0, stderr_tail_.size() - kStderrTail);
}

/// An answer begins with a line that starts with '=' or '?'. Other lines before it are skipped, and
/// of one that has no end yet only the first byte is kept.
void GtpClient::skip_other_lines() {
  std::size_t begin = 0;
  while (begin < output_.size() && !begins_answer(std::string_view(output_).substr(begin, 1))) {
    const std::size_t end = output_.find('\n', begin);
    if (end == std::string::npos) {
      skipped_ += output_.size() - begin - 1;
      output_.erase(begin + 1);
      break;
    }
    begin = end + 1;
  }
  skipped_ += begin;
  output_.erase(0, begin);
}

/// An answer ends with an empty line.
bool GtpClient::take_answer(std::string& answer) {
  skip_other_lines();
  if (!begins_answer(output_)) return false;
  const std::size_t end = output_.find("\n\n", searched_ > 0 ? searched_ - 1 : 0);
  searched_ = end == std::string::npos ? output_.size() : 0;
  if (end == std::string::npos) return false;
  answer = output_.substr(0, end);
  output_.erase(0, end + 2);
  return true;
}

bool GtpClient::writes_too_much() const {
  const std::size_t last_line = output_.rfind('\n') + 1;  // npos + 1 is 0
  return skipped_ > kMaxSkipped || output_.size() > kMaxAnswer ||
         output_.size() - last_line > kMaxLine;
}

/// Waits for the child to end, then kills its process group. Returns a description of how it ended.
std::string GtpClient::bury(double patience_seconds) {
  int status = 0;
  const auto start = Clock::now();
  pid_t ended = 0;
  while ((ended = ::waitpid(pid_, &status, WNOHANG)) == 0 &&
         seconds_since(start) < patience_seconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ::kill(-pid_, SIGKILL);  // also kills processes that the child has started
  if (ended == 0) ::waitpid(pid_, &status, 0);
  while (stderr_ >= 0) {  // reads its last output
    pollfd fd{stderr_, POLLIN, 0};
    if (::poll(&fd, 1, 0) <= 0) break;
    read_stderr();
  }
  alive_ = false;
  return exit_text(status);
}

}  // namespace ponnuki::selfplay
