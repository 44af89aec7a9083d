// Options that several subcommands share: how long to search and under which rules.
#pragma once

#include <cstdint>
#include <string>

#include "cli/options/option_set.h"
#include "engine/result.h"
#include "engine/rules.h"
#include "engine/search/params.h"
#include "engine/search/search.h"

namespace ponnuki::cli {

struct SearchOptions {
  std::int64_t visits = std::numeric_limits<std::int64_t>::max();
  std::int64_t playouts = std::numeric_limits<std::int64_t>::max();
  double seconds = std::numeric_limits<double>::quiet_NaN();  // not given
  std::int64_t seed = 0;
  int memory_mb;  // of the tree: half of the machine's, at most 4096
  SearchOptions();

  bool any_limit() const;
  /// What was given; where nothing was, `otherwise` and 5 seconds.
  search::SearchLimits limits(
      std::int64_t otherwise = std::numeric_limits<std::int64_t>::max()) const;
  search::SearchParams params(int threads) const;
};
/// --visits, --playouts, --time, --seed, --memory-mb. `visits_default` is for the help: how many
/// visits where no limit is given.
void add_search_options(OptionSet& options, SearchOptions* target,
                        const char* visits_default = "no limit");

struct RulesOptions {
  std::string rules = "tromp-taylor";
  double komi = 7.5;
};
/// --rules, --komi; the defaults in words for the help, where the target's values say little.
void add_rules_options(OptionSet& options, RulesOptions* target,
                       const char* rules_default = nullptr, const char* komi_default = nullptr);
/// Komi wins over one in a JSON rule set only where it was `komi_given`.
Result<Rules> make_rules(const RulesOptions& options, bool komi_given);

/// "19" or "13x9", width first.
Result<BoardSize> parse_board_size(const std::string& text);

}  // namespace ponnuki::cli
