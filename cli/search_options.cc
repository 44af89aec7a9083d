#include "cli/search_options.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace ponnuki {
namespace {

int default_memory_mb() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGE_SIZE);
  if (pages <= 0 || page_bytes <= 0) return 1024;
  return static_cast<int>(std::clamp(pages / 2 * (page_bytes / 1024) / 1024, 64L, 4096L));
}

}  // namespace

SearchOptions::SearchOptions() : memory_mb(default_memory_mb()) {}

SearchParams SearchOptions::params(int threads) const {
  SearchParams params;
  params.threads = threads;
  params.seed = static_cast<std::uint64_t>(seed);
  params.max_memory_bytes = static_cast<std::size_t>(memory_mb) << 20;
  return params;
}

void add_search_options(OptionSet& options, SearchOptions* target) {
  options.heading("Search");
  options.integer({"visits", "N", "stop after N visits of the root"}, &target->visits, {1});
  options.integer({"playouts", "N", "stop after N new playouts"}, &target->playouts, {1});
  options.number({"time", "SECONDS", "stop after this time"}, &target->seconds, {0.001, 1e9});
  options.integer({"seed", "N", "of all randomness; one thread and one seed give one game"},
                  &target->seed, {0});
  options.integer({"memory-mb", "MB", "the tree stops growing there"}, &target->memory_mb, {16});
}

void add_rules_options(OptionSet& options, RulesOptions* target) {
  options.heading("Rules");
  options.text(
      {"rules", "NAME",
       "tromp-taylor, chinese, japanese, korean, aga, new-zealand, …, or KataGo's JSON form"},
      &target->rules);
  options.number({"komi", "POINTS", "for White"}, &target->komi, {-400, 400});
}

Result<Rules> make_rules(const RulesOptions& options, bool komi_given) {
  Rules base;
  base.komi = static_cast<float>(options.komi);
  if (std::abs(options.komi * 2 - std::round(options.komi * 2)) > 1e-9) {
    return Error{"--komi: whole or half points are wanted, such as 7.5"};
  }
  auto rules = parse_rules(options.rules, base);
  if (!rules) return Error{"--rules: " + rules.error()};
  if (komi_given) rules->komi = base.komi;
  return rules;
}

}  // namespace ponnuki
