// Settings: what people may say about searching and deciding on a move, by the command line, a
// KataGo config file, kata-set-param or a query's overrideSettings. All of these read one table of
// names, KataGo's where the meaning is the same.
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

/// When to give up: after `consecutive` own turns in a row below the threshold.
struct Resignation {
  bool enabled = true;
  double winrate = 0.05;  // of the engine, after its search
  int consecutive = 3;    // own turns in a row
  /// No resignation before this many moves have been played; negative: a third of the board's
  /// points.
  int min_moves = -1;
};

struct Settings {
  // How long to think about a move: the first limit that is reached counts.
  std::int64_t visits = std::numeric_limits<std::int64_t>::max();
  std::int64_t playouts = std::numeric_limits<std::int64_t>::max();
  /// Unset: the default of the protocol. In GTP 5 seconds, unless a clock (time_settings), visits
  /// or playouts limit the move; in analysis no limit.
  std::optional<double> seconds;
  double lag_seconds = 0.05;  // reserve that no clock is allowed to eat into
  bool ponder = false;        // think on the opponent's time

  SearchParams params;                  // threads, seed, memory and the parameters of the tree
  double analysis_wide_root_noise = 0;  // params.wide_root_noise while analysing
  int pv_length = 15;                   // longest variation in analysis output
  Resignation resign;
  bool ogs_chat = false;  // a line "MALKOVICH:…" on stderr after each genmove, for gtp2ogs
};

/// All names, in the order of kata-list-params.
std::vector<std::string> setting_names();
bool is_setting(std::string_view name);
/// The value as text. An error where there is no such setting.
Result<std::string> get_setting(const Settings& settings, std::string_view name);
/// An error says which values are possible.
Status set_setting(Settings& settings, std::string_view name, std::string_view value);

}  // namespace ponnuki::search
