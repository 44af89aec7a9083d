// Settings: the options for searching and for deciding on a move. They are set by the command line,
// a KataGo config file, kata-set-param or a query's overrideSettings. All of these use one table of
// names, which are KataGo's where the meaning is the same.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "engine/search/params.h"

namespace ponnuki::search {

/// When to resign: after `consecutive` own turns in a row with a winrate below the threshold.
struct Resignation {
  bool enabled = true;
  double winrate = 0.05;  // of the engine, after its search
  int consecutive = 3;    // own turns in a row
  /// Never resign before this many moves have been played. Negative: a third of the board's points.
  int min_moves = -1;
};

struct Settings {
  // The limits for a move. The first limit that is reached ends the search.
  std::int64_t visits = std::numeric_limits<std::int64_t>::max();
  std::int64_t playouts = std::numeric_limits<std::int64_t>::max();
  /// Unset: the default of the protocol. In GTP 5 seconds, unless a clock (time_settings), visits
  /// or playouts limit the move; in analysis no limit.
  std::optional<double> seconds;
  double lag_seconds = 0.05;  // kept in reserve on every clock
  bool ponder = false;        // search during the opponent's turn
  // Pondering ends after this time: nothing tells an engine that its opponent resigned or left.
  double ponder_seconds = 60;

  SearchParams params;                  // threads, seed, memory and the parameters of the tree
  double analysis_wide_root_noise = 0;  // replaces params.wide_root_noise during analysis
  int pv_length = 15;                   // length of the longest variation in analysis output
  Resignation resign;
  // Print a line "MALKOVICH:…" to stderr after each genmove, for gtp2ogs.
  bool ogs_chat = false;
};

/// All names, in the order of kata-list-params.
std::vector<std::string> setting_names();
bool is_setting(std::string_view name);
/// The value as text. Returns an error if the setting does not exist.
Result<std::string> get_setting(const Settings& settings, std::string_view name);
/// The error lists the valid values.
Status set_setting(Settings& settings, std::string_view name, std::string_view value);

}  // namespace ponnuki::search
