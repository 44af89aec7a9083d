// A GTP session for fuzzers: all commands, but no file and no search that takes long.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/check.h"
#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

class ShortSession {
 public:
  ShortSession() : provider_(scripted_factory(), nullptr), session_(options(), ports()) {
    inbox_.close();  // so that an analysis does not wait for the next command
  }

  /// Answers the line and checks the form of the answer. A line on which a benchmark or a clock of
  /// the client would take long is left out.
  void answer(std::string_view line) {
    if (line.find("benchmark") != std::string_view::npos) return;
    keep_short();
    out_.all.clear();
    session_.answer(line);
    const std::string& all = out_.all;
    PONNUKI_CHECK(all.empty() || all.front() == '=' || all.front() == '?');
    PONNUKI_CHECK(all.empty() || all.ends_with("\n\n"));
    PONNUKI_CHECK(all.find("\n\n\n") == std::string::npos);
  }
  Session& session() { return session_; }

 private:
  static GtpOptions options() {
    GtpOptions options = bench_options();
    options.files = false;
    return options;
  }
  SessionPorts ports() { return {provider_, inbox_, out_, nullptr}; }

  /// A client may ask for long searches. That is no error, but a fuzzer cannot wait for them.
  void keep_short() {
    search::Settings& settings = session_.options().search;
    settings.visits = std::min<std::int64_t>(settings.visits, 4);
    settings.seconds = std::min(settings.seconds.value_or(0.02), 0.02);
    settings.ponder = false;
    settings.params.threads = std::min(settings.params.threads, 2);
    settings.params.max_memory_bytes =
        std::min<std::size_t>(settings.params.max_memory_bytes, std::size_t{16} << 20);
  }

  server::EvaluatorProvider provider_;
  server::Inbox inbox_;
  StringOutput out_;
  Session session_;
};

}  // namespace ponnuki::gtp::test
