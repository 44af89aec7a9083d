// Options that several subcommands share: how long to search and under which rules.
#pragma once

#include <cstdint>
#include <string>

#include "cli/option_set.h"
#include "engine/result.h"
#include "engine/rules.h"
#include "engine/search.h"
#include "engine/search_params.h"

namespace ponnuki {

struct SearchOptions {
  std::int64_t visits = std::numeric_limits<std::int64_t>::max();
  std::int64_t playouts = std::numeric_limits<std::int64_t>::max();
  double seconds = 5;
  std::int64_t seed = 0;
  int memory_mb;  // of the tree: half of the machine's, at most 4096
  SearchOptions();

  SearchLimits limits() const { return {visits, playouts, seconds}; }
  SearchParams params(int threads) const;
};
/// --visits, --playouts, --time, --seed, --memory-mb.
void add_search_options(OptionSet& options, SearchOptions* target);

struct RulesOptions {
  std::string rules = "tromp-taylor";
  double komi = 7.5;
};
/// --rules, --komi.
void add_rules_options(OptionSet& options, RulesOptions* target);
/// Komi wins over one in a JSON rule set only where it was `komi_given`.
Result<Rules> make_rules(const RulesOptions& options, bool komi_given);

}  // namespace ponnuki
