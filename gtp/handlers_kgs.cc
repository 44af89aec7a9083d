// Commands that only kgsGtp uses. kgs-rules, kgs-time_settings and kgs-genmove_cleanup are in the
// files of related commands.
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

/// The game is over on the server, so there is nothing to ponder.
Reply game_over(Session& session, const Command&) {
  session.memory().may_ponder = false;
  return Reply::ok();
}

}  // namespace

void add_kgs_commands(Registry& registry) { registry.add("kgs-game_over", game_over); }

}  // namespace ponnuki::gtp
