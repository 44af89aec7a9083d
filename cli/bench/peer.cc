#include "cli/bench/peer.h"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "cli/bench/command_output.h"
#include "selfplay/match/exit_text.h"

namespace ponnuki::cli {
namespace {

constexpr int kNotFound = 127, kNotExecutable = 126;  // exit codes of the shell
constexpr std::size_t kLongestQuote = 150;

std::optional<double> number_after(const std::string& text, const std::string& label) {
  const auto found = text.find(label);
  if (found == std::string::npos) return {};
  const char* const begin = text.c_str() + found + label.size();
  char* end = nullptr;
  const double value = std::strtod(begin, &end);
  return end == begin ? std::nullopt : std::optional(value);
}

bool is_rate(const std::optional<double>& value) {
  return value && std::isfinite(*value) && *value > 0;
}

/// Progress lines overwrite each other; this converts each to a separate line.
std::string with_newlines(std::string text) {
  std::ranges::replace(text, '\r', '\n');
  return text;
}

/// The last line that is not blank, shortened and converted to printable ASCII.
std::string last_line(const std::string& text) {
  std::istringstream lines(with_newlines(text));
  std::string last;
  for (std::string line; std::getline(lines, line);) {
    const auto start = line.find_first_not_of(" \t");
    if (start != std::string::npos)
      last = line.substr(start, line.find_last_not_of(" \t") + 1 - start);
  }
  for (char& c : last) {
    if (c < ' ' || c > '~') c = '?';
  }
  return last.size() > kLongestQuote ? last.substr(0, kLongestQuote) + "..." : last;
}

/// How the program ended and what it printed last, as a text that follows "it ".
std::string end_of(const CommandOutput& output) {
  const std::string last = last_line(output.text);
  return (WIFSIGNALED(output.status) ? "was " : "") + selfplay::exit_text(output.status) +
         (last.empty() ? " and said nothing" : " and said: " + last);
}

/// The seconds that `katago analysis` takes. Returns an error unless it answers `positions`
/// positions.
Result<double> time_analysis(const BenchOptions& options, const std::string& net,
                             const std::string& queries, int positions, int threads) {
  const auto start = std::chrono::steady_clock::now();
  const std::string pipe = "cat " + shell_quoted(queries) + " | " + shell_quoted(options.katago) +
                           " analysis -config /dev/null -model " + shell_quoted(net) +
                           " -override-config logToStderr=false,numSearchThreads=1," +
                           "numAnalysisThreads=" + std::to_string(threads);
  const auto output = output_of("sh -c " + shell_quoted(pipe));
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  if (!output) return output.error().in("--katago");
  int answers = 0;
  std::istringstream lines(output->text);
  for (std::string line; std::getline(lines, line);) answers += line.starts_with("{\"id\"");
  if (answers != positions)
    return Error{"--katago: its analysis gave " + std::to_string(answers) + " answers of " +
                 std::to_string(positions) + ": it " + end_of(*output)};
  return time.count();
}

}  // namespace

Status check_katago(const std::string& program) {
  const auto output = output_of(shell_quoted(program) + " version");
  if (!output) return output.error().in("--katago");
  if (output->status == kNotFound << 8 || output->status == kNotExecutable << 8) {
    return Error{"--katago: '" + program + "' cannot be started (" + last_line(output->text) +
                 "): give the path of a KataGo"};
  }
  if (output->status != 0 || output->text.find("KataGo v") == std::string::npos) {
    return Error{"--katago: '" + program +
                 "' is not a KataGo that runs here: asked for its version " + "it " +
                 end_of(*output)};
  }
  return {};
}

bool katago_benchmarks(BoardSize size) {
  return size.width == size.height && size.width >= 7 && size.width <= 19;
}

Result<double> run_katago_analysis(const BenchOptions& options, const std::string& net,
                                   const std::string& queries, int positions, int threads) {
  PONNUKI_TRY(auto start, time_analysis(options, net, "/dev/null", 0, threads));
  double best = 0;
  for (const int many : {threads, 4 * threads}) {
    if (many > threads && threads == 1) break;
    PONNUKI_TRY(auto time, time_analysis(options, net, queries, positions, many));
    best = std::max(best, positions / std::max(time - start, 1e-3));
  }
  return best;
}

std::optional<PeerRates> parse_katago_benchmark(const std::string& output, int threads) {
  std::optional<PeerRates> rates;
  std::istringstream lines(with_newlines(output));
  for (std::string line; std::getline(lines, line);) {
    const auto thread_count = number_after(line, "numSearchThreads =");
    const auto visits = number_after(line, " visits/s =");
    const auto evaluations = number_after(line, " nnEvals/s =");
    if (thread_count == threads && is_rate(visits) && is_rate(evaluations)) {
      rates = PeerRates{*visits, *evaluations};
    }
  }
  return rates;
}

Result<PeerRates> run_katago_benchmark(const BenchOptions& options, const std::string& net,
                                       BoardSize size, int threads) {
  const int many = threads > 1 ? 4 * threads : 1;
  // KataGo requires a config file, even an empty one, and this key in it, even if -t is given.
  const std::string config = options.katago_config.empty()
                                 ? "/dev/null -override-config numSearchThreads=1"
                                 : shell_quoted(options.katago_config);
  const auto output =
      output_of(shell_quoted(options.katago) + " benchmark -config " + config + " -model " +
                shell_quoted(net) + " -v " + std::to_string(options.visits) + " -t " +
                std::to_string(threads) + (many > threads ? "," + std::to_string(many) : "") +
                " -boardsize " + std::to_string(size.width));
  if (!output) return output.error().in("--katago");
  auto rates = parse_katago_benchmark(output->text, threads);
  if (!rates) return Error{"--katago: its benchmark gave no figures: it " + end_of(*output)};
  if (const auto other = parse_katago_benchmark(output->text, many)) {
    rates->visits = std::max(rates->visits, other->visits);
    rates->evaluations = std::max(rates->evaluations, other->evaluations);
  }
  return *rates;
}

}  // namespace ponnuki::cli
