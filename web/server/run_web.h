// Runs the web server: the page, its games and its searches.
#pragma once

#include <functional>
#include <string>

#include "engine/search/params.h"
#include "gtp/options.h"
#include "server/evaluator_provider.h"
#include "server/patience.h"
#include "server/web_access.h"
#include "web/server/microscope.h"

namespace ponnuki::web {

struct WebRun {
  std::string listen = "127.0.0.1:8080";  // "[HOST:]PORT"
  bool listen_given = false;              // else a free port is taken where that one is in use
  int max_connections = 200;
  double minutes_alone = 0;  // it ends when no page was open for so long; 0: never
  server::WebAccess access;
  std::string folder;  // of the games
  std::string judge;   // identifies the net and its settings, for what searches found
  std::string sgf;     // the text of a record to open; "" for none
  std::string train;   // the folder of a training run to show; "" for none
  Microscope::NetFor net_for;
  gtp::GtpOptions engine;  // with its search and threads
  /// Shows the address to the user. `token`: it is for other machines, too.
  std::function<void(const std::string& url, bool token)> announce;
};

/// Serves until a signal, or until nobody comes any more. Blocks. Returns the exit code.
int run_web(const WebRun& run, const server::EvaluatorFactory& factory);

}  // namespace ponnuki::web
