// GtpOptions: everything that the command line or a config file can set for a GTP session. Filled
// by cli/ and passed by value. A session changes only its own copy (kata-set-param).
#pragma once

#include <limits>
#include <optional>
#include <string>

#include "engine/rules.h"
#include "engine/search/settings.h"
#include "engine/types.h"
#include "gtp/level.h"
#include "server/patience.h"

namespace ponnuki::gtp {

struct GtpOptions {
  // The answers to "name" and "version".
  std::string name = "Ponnuki";
  std::string version = "0.1.0";  // digits and dots, since clients parse it
  bool pass_uppercase = false;    // "PASS" instead of "pass" (Kigo)

  // The initial board of a session.
  BoardSize board_size;
  Rules rules = tromp_taylor_rules();

  // How to search and decide. A clock may limit a move further.
  search::Settings search;
  std::optional<Rank> level;    // unset: full strength
  bool levels_measured = true;  // with the net in use: the levels say where it ends

  // Allows loadsgf and printsgf to access files. Always false over TCP.
  bool files = true;

  // Limits for clients that share the evaluator and the machine with others (TCP).
  bool is_shared = false;   // clear_cache empties only what is the session's own
  int most_threads = 1024;  // of numSearchThreads
  // Of one search, whatever maxTime, the clock and the visits allow.
  double most_seconds = std::numeric_limits<double>::infinity();

  // TCP.
  std::string listen;  // "127.0.0.1:PORT" or "PORT"; empty: standard input and output
  // At the same time. The search memory is divided among them.
  int max_connections = 16;
  server::Patience patience;
};

}  // namespace ponnuki::gtp
