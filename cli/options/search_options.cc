#include "cli/options/search_options.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>

namespace ponnuki::cli {
namespace {

/// The memory that this process may use, in bytes: of the machine, of its container, and by its own
/// limit (ulimit -v).
double usable_memory() {
  const auto pages = static_cast<double>(sysconf(_SC_PHYS_PAGES));
  double bytes = pages * static_cast<double>(sysconf(_SC_PAGE_SIZE));
  if (pages <= 0 || bytes <= 0) bytes = 2.0 * (1U << 30);
  std::ifstream container("/sys/fs/cgroup/memory.max");  // a number, or "max"
  if (double most = 0; container >> most) bytes = std::min(bytes, most);
  rlimit own{};
  if (::getrlimit(RLIMIT_AS, &own) == 0 && own.rlim_cur != RLIM_INFINITY)
    bytes = std::min(bytes, static_cast<double>(own.rlim_cur));
  return bytes;
}

int default_memory_mb() {
  return static_cast<int>(std::clamp(usable_memory() / 2 / (1 << 20), 64.0, 4096.0));
}

/// The side of a board, or 0 for invalid text.
int parse_length(const std::string& text) {
  int length = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  const bool whole = error == std::errc{} && stop == text.data() + text.size();
  return whole && length >= kMinLength && length <= kMaxLength ? length : 0;
}

}  // namespace

SearchOptions::SearchOptions() : memory_mb(default_memory_mb()) {}

bool SearchOptions::any_limit() const {
  const auto unset = std::numeric_limits<std::int64_t>::max();
  return visits != unset || playouts != unset || !std::isnan(seconds);
}

search::SearchLimits SearchOptions::limits(std::int64_t otherwise) const {
  if (!any_limit()) return {.visits = otherwise, .seconds = 5};
  search::SearchLimits limits{visits, playouts};
  if (!std::isnan(seconds)) limits.seconds = seconds;
  return limits;
}

search::SearchParams SearchOptions::params(int threads) const {
  search::SearchParams params;
  params.threads = threads;
  params.seed = static_cast<std::uint64_t>(seed);
  params.max_memory_bytes = static_cast<std::size_t>(memory_mb) << 20;
  return params;
}

void SearchOptions::apply(search::Settings* settings, int threads) const {
  settings->visits = visits;
  settings->playouts = playouts;
  if (!std::isnan(seconds)) settings->seconds = seconds;
  settings->params = params(threads);
}

void add_search_options(OptionSet& options, SearchOptions* target, const char* visits_default) {
  options.heading("Search");
  options.integer({"visits", "N", "stop after N visits of the root", visits_default},
                  &target->visits, {1});
  options.integer({"playouts", "N", "stop after N new playouts"}, &target->playouts, {1});
  options.number({"time", "SECONDS", "stop after this time", "5 if no limit is given"},
                 &target->seconds, {0.001, 1e9});
  options.integer(
      {"seed", "N", "seed of all random numbers; with one thread it fixes the whole game"},
      &target->seed, {0});
  options.integer({"memory-mb", "MB", "memory at which the search tree stops growing"},
                  &target->memory_mb, {16});
}

void add_rules_options(OptionSet& options, RulesOptions* target, const char* rules_default,
                       const char* komi_default) {
  options.heading("Rules");
  options.text(
      {"rules", "NAME",
       "a rule set: tromp-taylor, chinese, japanese, korean, aga, new-zealand, …, or KataGo's "
       "JSON form",
       rules_default},
      &target->rules);
  options.number({"komi", "POINTS", "points for White", komi_default}, &target->komi, {-400, 400});
}

Result<Rules> make_rules(const RulesOptions& options, bool komi_given) {
  Rules base;
  base.komi = static_cast<float>(options.komi);
  if (std::abs(options.komi * 2 - std::round(options.komi * 2)) > 1e-9) {
    return Error{"--komi: give whole or half points, such as 7.5"};
  }
  auto rules = parse_rules(options.rules, base);
  if (!rules) return rules.error().in("--rules");
  if (komi_given) rules->komi = base.komi;
  return rules;
}

Result<BoardSize> parse_board_size(const std::string& text) {
  const auto cross = text.find_first_of("xX");
  const std::string first = text.substr(0, cross);
  const std::string second = cross == std::string::npos ? first : text.substr(cross + 1);
  const int width = parse_length(first);
  const int height = parse_length(second);
  if (width == 0 || height == 0) {
    return Error{"'" + text + "' is not a board size; give 2 to 25, such as 19 or 13x9"};
  }
  return BoardSize{static_cast<std::uint8_t>(width), static_cast<std::uint8_t>(height)};
}

}  // namespace ponnuki::cli
