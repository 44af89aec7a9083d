// GtpOptions: everything that the command line or a config file can say about a GTP session. Filled
// by cli/, handed in by value; a session changes its own copy (kata-set-param) and nobody else's.
#pragma once

#include <optional>
#include <string>

#include "engine/rules.h"
#include "engine/search/settings.h"
#include "engine/types.h"
#include "gtp/level.h"

namespace ponnuki::gtp {

struct GtpOptions {
  // The answers to "name" and "version".
  std::string name = "Ponnuki";
  std::string version = "0.1.0";  // digits and dots: clients parse it
  bool pass_uppercase = false;    // "PASS" instead of "pass" (Kigo)

  // The board that a session starts with.
  BoardSize board_size;
  Rules rules = tromp_taylor_rules();

  search::Settings search;     // how to search and to decide; a clock may limit a move further
  std::optional<Level> level;  // unset: as strong as it can be

  bool files = true;  // loadsgf and printsgf may touch files; never over TCP

  // TCP.
  std::string listen;        // "127.0.0.1:PORT" or "PORT"; empty: standard input and output
  int max_connections = 16;  // at a time; the search memory is shared out among them
};

}  // namespace ponnuki::gtp
