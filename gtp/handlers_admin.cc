// Name, version, the list of commands, quit. These commands answer at once, even while the network
// is loading.
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

Reply protocol_version(Session&, const Command&) { return Reply::ok("2"); }

Reply name(Session& session, const Command&) { return Reply::ok(session.options().name); }

Reply version(Session& session, const Command&) { return Reply::ok(session.options().version); }

Reply known_command(Session& session, const Command& command) {
  const bool known = !command.args.empty() && session.registry().find(command.args[0]);
  return Reply::ok(known ? "true" : "false");
}

Reply list_commands(Session& session, const Command&) {
  std::string text;
  for (const std::string& command : session.registry().names()) {
    if (!text.empty()) text += '\n';
    text += command;
  }
  return Reply::ok(text);
}

Reply quit(Session& session, const Command&) {
  session.quit();
  return Reply::ok();
}

/// Stops pondering until the next move. A running analysis ended when this line arrived.
Reply stop(Session& session, const Command&) {
  session.memory().may_ponder = false;
  return Reply::ok();
}

Reply cpu_time(Session& session, const Command&) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", session.memory().thinking_seconds);
  return Reply::ok(text);
}

}  // namespace

void add_admin_commands(Registry& registry) {
  registry.add("protocol_version", protocol_version);
  registry.add("name", name);
  registry.add("version", version);
  registry.add("known_command", known_command);
  registry.add("list_commands", list_commands);
  registry.add("quit", quit);
  registry.add("stop", stop);
  registry.add("cputime", cpu_time);
  registry.add("gomill-cpu_time", cpu_time);
}

}  // namespace ponnuki::gtp
