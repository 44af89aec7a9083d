// Transcripts: whole GTP conversations as text, as a client would see them.
//
//   run_transcript("1 name\nquit\n")  →  "=1 Ponnuki\n\n= \n\n"
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "gtp/session.h"
#include "tests/gtp/scripted_evaluator.h"

namespace ponnuki::gtp::test {

class StringOutput : public server::Output {
 public:
  void write(std::string_view text) override {
    ++writes;
    all += text;
  }
  std::string all;
  int writes = 0;
};

inline server::EvaluatorFactory scripted_factory() {
  return []() -> Result<std::shared_ptr<Evaluator>> {
    return std::shared_ptr<Evaluator>(std::make_shared<ScriptedEvaluator>());
  };
}

/// As of a net that judges boards of one size only.
inline server::EvaluatorFactory one_size_factory(BoardSize only) {
  class OneSize : public ScriptedEvaluator {
   public:
    explicit OneSize(BoardSize size) : size_(size) {}
    EvaluatorTraits traits(BoardSize size) const override { return {.accepts = size == size_}; }

   private:
    BoardSize size_;
  };
  return [only]() -> Result<std::shared_ptr<Evaluator>> {
    return std::shared_ptr<Evaluator>(std::make_shared<OneSize>(only));
  };
}

template <typename F>
void for_each_line(std::string_view text, F f) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    f(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
}

/// 9×9, 16 visits a move, one thread, a fixed seed, no temperature.
inline GtpOptions bench_options() {
  GtpOptions options;
  options.board_size = {9, 9};
  options.search.visits = 16;
  options.search.params.seed = 1;
  options.search.params.temperature = options.search.params.temperature_early = 0;
  return options;
}

/// A session with the scripted evaluator, driven line by line.
class Bench {
 public:
  explicit Bench(const GtpOptions& options = bench_options(),
                 const server::EvaluatorFactory& factory = scripted_factory())
      : provider_(factory, nullptr),
        session_(options, {provider_, inbox_, out_,
                           [this](std::string_view line) { logged += std::string(line) + "\n"; }}) {
  }

  /// Sends the lines of `input` one after another and returns what they made the session say.
  std::string send(std::string_view input) {
    out_.all.clear();
    out_.writes = 0;
    for_each_line(input, [this](std::string_view line) { session_.answer(line); });
    return out_.all;
  }
  int writes() const { return out_.writes; }
  Session& session() { return session_; }
  std::string logged;

 private:
  server::EvaluatorProvider provider_;
  server::Inbox inbox_;
  StringOutput out_;
  Session session_;
};

/// Feeds a whole conversation through serve(), as a pipe with everything in it at once would.
inline std::string run_transcript(std::string_view input) {
  const server::EvaluatorProvider provider(scripted_factory(), nullptr);
  server::Inbox inbox;
  StringOutput out;
  Session session(bench_options(), {provider, inbox, out, nullptr});
  for_each_line(input, [&](std::string_view line) { inbox.push(std::string(line)); });
  inbox.close();
  session.serve();
  return out.all;
}

/// The text of a raw string without its first newline and without the indentation of its first
/// line.
inline std::string lines(std::string_view raw) {
  if (raw.starts_with('\n')) raw.remove_prefix(1);
  raw.remove_suffix(raw.size() - (raw.rfind('\n') + 1));  // what stands before the closing quote
  const std::size_t indent = raw.find_first_not_of(' ');
  std::string text;
  for_each_line(raw, [&](std::string_view line) {
    const std::size_t spaces = std::min(line.find_first_not_of(' '), line.size());
    line.remove_prefix(std::min(indent, spaces));
    text += std::string(line) + "\n";
  });
  return text;
}

}  // namespace ponnuki::gtp::test
