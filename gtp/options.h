// GtpOptions: everything that the command line or a config file can say about a GTP session. Filled
// by cli/, handed in by value; a session changes its own copy (kata-set-param) and nobody else's.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "engine/rules.h"
#include "engine/search/params.h"
#include "engine/types.h"
#include "gtp/level.h"

namespace ponnuki::gtp {

/// Resignation: after `consecutive` own turns in a row below the threshold.
struct ResignOptions {
  bool enabled = true;
  double winrate = 0.05;  // of the engine, after its search
  int consecutive = 3;    // own turns in a row
  /// No resignation before this many moves have been played; negative: a third of the board's
  /// points.
  int min_moves = -1;
};

struct GtpOptions {
  // Who we say we are.
  std::string name = "Ponnuki";
  std::string version = "0.1.0";  // digits and dots: clients parse it
  bool pass_uppercase = false;    // "PASS" instead of "pass" (Kigo)

  // The board that a session starts with.
  BoardSize board_size;
  Rules rules = tromp_taylor_rules();

  // How long to think about a move: the first limit that is reached counts.
  std::int64_t visits = std::numeric_limits<std::int64_t>::max();
  std::int64_t playouts = std::numeric_limits<std::int64_t>::max();
  /// Unset: 5 seconds, unless a clock (time_settings), visits or playouts limit the move.
  std::optional<double> seconds;
  std::optional<Level> level;  // unset: as strong as it can be
  double lag_seconds = 0.05;   // reserve that no clock is allowed to eat into
  bool ponder = false;         // think on the opponent's time

  search::SearchParams search;          // threads, seed, memory and the knobs of the tree
  double analysis_wide_root_noise = 0;  // wide_root_noise while analysing
  int pv_length = 15;                   // longest variation in analysis output
  ResignOptions resign;
  bool ogs_chat = false;  // a line "MALKOVICH:…" on stderr after each genmove, for gtp2ogs

  bool files = true;  // loadsgf and printsgf may touch files; never over TCP

  // TCP.
  std::string listen;        // "127.0.0.1:PORT" or "PORT"; empty: standard input and output
  int max_connections = 16;  // at a time; the search memory is shared out among them
};

}  // namespace ponnuki::gtp
