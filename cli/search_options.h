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
  double seconds = std::numeric_limits<double>::quiet_NaN();  // not given
  std::int64_t seed = 0;
  int memory_mb;  // of the tree: half of the machine's, at most 4096
  SearchOptions();

  bool any_limit() const;
  /// What was given; where nothing was, `otherwise` and 5 seconds.
  SearchLimits limits(std::int64_t otherwise = std::numeric_limits<std::int64_t>::max()) const;
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

/// "19" or "13x9", width first.
Result<BoardSize> parse_board_size(const std::string& text);

}  // namespace ponnuki
