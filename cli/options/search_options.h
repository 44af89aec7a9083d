// Options that several subcommands share: limits of a search, and rules.
#pragma once

#include <cstdint>
#include <string>

#include "cli/options/option_set.h"
#include "engine/result.h"
#include "engine/rules.h"
#include "engine/search/params.h"
#include "engine/search/search.h"
#include "engine/search/settings.h"

namespace ponnuki::cli {

struct SearchOptions {
  std::int64_t visits = std::numeric_limits<std::int64_t>::max();
  std::int64_t playouts = std::numeric_limits<std::int64_t>::max();
  double seconds = std::numeric_limits<double>::quiet_NaN();  // NaN: not given
  std::int64_t seed = 0;
  int memory_mb;  // of the tree; default: half of the machine's memory, at most 4096
  SearchOptions();

  bool any_limit() const;
  /// The limits given. If there are none, `otherwise` visits and 5 seconds.
  search::SearchLimits limits(
      std::int64_t otherwise = std::numeric_limits<std::int64_t>::max()) const;
  search::SearchParams params(int threads) const;
  /// Sets the limits and the parameters of a protocol's searches.
  void apply(search::Settings* settings, int threads) const;
};
/// Adds --visits, --playouts, --time, --seed and --memory-mb. `visits_default` is the help's text
/// for the visits if no limit is given.
void add_search_options(OptionSet& options, SearchOptions* target,
                        const char* visits_default = "no limit");

struct RulesOptions {
  std::string rules = "tromp-taylor";
  double komi = 7.5;
};
/// Adds --rules and --komi. The help shows the defaults passed here, if any, instead of the
/// target's values.
void add_rules_options(OptionSet& options, RulesOptions* target,
                       const char* rules_default = nullptr, const char* komi_default = nullptr);
/// --komi overrides the komi of a JSON rule set only if it was given (`komi_given`).
Result<Rules> make_rules(const RulesOptions& options, bool komi_given);

/// Parses "19" or "13x9", width first.
Result<BoardSize> parse_board_size(const std::string& text);

}  // namespace ponnuki::cli
