#include "cli/bench_peer.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

namespace ponnuki {
namespace {

/// For a POSIX shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "'\\''" : std::string(1, c);
  return result + "'";
}

Result<std::string> output_of(const std::string& command) {
  const auto close = [](std::FILE* pipe) { pclose(pipe); };
  std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
  if (!pipe) return Error{"--katago: cannot start a shell"};
  std::string output;
  std::array<char, 4096> buffer;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
    output.append(buffer.data(), count);
    if (output.size() > (1U << 20)) output.erase(0, 1U << 19);
  }
  return output;
}

std::optional<double> number_after(const std::string& text, const std::string& label) {
  const auto found = text.find(label);
  if (found == std::string::npos) return {};
  const char* const begin = text.c_str() + found + label.size();
  char* end = nullptr;
  const double value = std::strtod(begin, &end);
  return end == begin ? std::nullopt : std::optional(value);
}

std::string last_line(const std::string& text) {
  const auto end = text.find_last_not_of("\r\n");
  if (end == std::string::npos) return "it printed nothing";
  const auto start = text.rfind('\n', end);
  return text.substr(start == std::string::npos ? 0 : start + 1,
                     end - (start == std::string::npos ? -1 : static_cast<std::ptrdiff_t>(start)));
}

}  // namespace

Result<PeerRates> parse_katago_benchmark(const std::string& output, int threads) {
  std::optional<PeerRates> rates;
  std::string text = output;
  for (char& c : text) {
    if (c == '\r') c = '\n';  // progress overwrites itself
  }
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto thread_count = number_after(line, "numSearchThreads =");
    const auto visits = number_after(line, "visits/s =");
    const auto evaluations = number_after(line, "nnEvals/s =");
    if (thread_count && *thread_count == threads && visits && evaluations)
      rates = PeerRates{*visits, *evaluations};
  }
  if (!rates) return Error{"--katago: its benchmark gave no figures; it said: " + last_line(text)};
  return *rates;
}

Result<PeerRates> run_katago_benchmark(const BenchOptions& options, const std::string& net,
                                       int length, int threads) {
  const std::string command = quoted(options.katago) + " benchmark -config " +
                              quoted(options.katago_config) + " -model " + quoted(net) + " -v " +
                              std::to_string(options.visits) + " -t " + std::to_string(threads) +
                              " -boardsize " + std::to_string(length) + " 2>&1";
  const auto output = output_of(command);
  if (!output) return Error{output.error()};
  return parse_katago_benchmark(*output, threads);
}

}  // namespace ponnuki
