// Settings by name (engine/search/settings.h). Changes apply to this session from its next search
// on.
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/json_parse.h"
#include "engine/text.h"
#include "gtp/decide.h"
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

Reply unknown(const std::string& name) {
  return Reply::error("unknown parameter '" + name + "': kata-list-params tells all");
}

Reply list_params(Session&, const Command&) {
  std::string text;
  for (const std::string& name : search::setting_names()) {
    if (!text.empty()) text += ' ';
    text += name;
  }
  return Reply::ok(text);
}

/// The settings as they hold for the next move: with the default time where nothing else limits it.
search::Settings settings_in_force(Session& session) {
  search::Settings settings = session.options().search;
  const bool clocked = session.memory().clocks[session.position().to_move()].limited();
  const double seconds = configured_limits(session, clocked).seconds;
  if (std::isfinite(seconds)) settings.seconds = seconds;
  return settings;
}

Reply get_one(Session& session, const Command& command) {
  if (command.args.size() != 1) return Reply::error("expected kata-get-param NAME");
  if (!search::is_setting(command.args[0])) return unknown(command.args[0]);
  return Reply::ok(*search::get_setting(settings_in_force(session), command.args[0]));
}

/// Sets it within the limits of this connection.
Status set_allowed(const Session& session, search::Settings& settings, const std::string& name,
                   const std::string& value) {
  search::Settings changed = settings;
  PONNUKI_TRY(search::set_setting(changed, name, value));
  const int most = session.options().most_threads;
  if (changed.params.threads > std::max(most, settings.params.threads))
    return Error{"numSearchThreads: this server allows " + std::to_string(most) + " at most"};
  settings = changed;
  return {};
}

Reply set_one(Session& session, const Command& command) {
  if (command.args.size() != 2) return Reply::error("expected kata-set-param NAME VALUE");
  if (!search::is_setting(command.args[0])) return unknown(command.args[0]);
  const Status status =
      set_allowed(session, session.options().search, command.args[0], command.args[1]);
  return Reply::of(status);
}

Reply get_all(Session& session, const Command&) {
  nlohmann::json all = nlohmann::json::object();
  const search::Settings settings = settings_in_force(session);
  for (const std::string& name : search::setting_names())
    all[name] = *search::get_setting(settings, name);
  return Reply::ok(all.dump());
}

bool is_same_value(const std::string& a, const std::string& b) {
  const auto number = parse_number(a);
  return a == b || (number && number == parse_number(b));
}

/// Takes a JSON object of names and values. Sets all of them or none. A value that equals what
/// kata-get-params tells changes nothing, so that a default remains a default.
Reply set_all(Session& session, const Command& command) {
  const auto json = parse_json(command.rest());
  if (!json) return Reply::error("kata-set-params: the text " + json.error().message);
  if (!json->is_object()) return Reply::error("expected kata-set-params {\"NAME\":VALUE,…}");
  const search::Settings now = settings_in_force(session);
  search::Settings changed = session.options().search;
  for (const auto& [name, value] : json->items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (!search::is_setting(name)) return unknown(name);
    if (is_same_value(text, *search::get_setting(now, name))) continue;
    if (const Status status = set_allowed(session, changed, name, text); !status) {
      return Reply::error(status.error());
    }
  }
  session.options().search = changed;
  return Reply::ok();
}

/// Leela Zero's names for some settings; 0 means no limit.
Reply lz_setoption(Session& session, const Command& command) {
  const auto value_at = std::find(command.args.begin(), command.args.end(), "value");
  if (command.args.size() < 4 || command.args[0] != "name" || command.args.end() - value_at != 2) {
    return Reply::error("syntax error: expected lz-setoption name NAME value VALUE");
  }
  std::string name;
  for (auto word = command.args.begin() + 1; word != value_at; ++word) {
    name += (name.empty() ? "" : " ") + to_lower(*word);
  }
  const std::string& value = *(value_at + 1);
  const std::string unlimited = value == "0" ? "1e15" : value;
  search::Settings& settings = session.options().search;
  Status status = Error{"unknown option '" + name + "'"};
  if (name == "visits") status = set_allowed(session, settings, "maxVisits", unlimited);
  if (name == "playouts") status = set_allowed(session, settings, "maxPlayouts", unlimited);
  if (name == "pondering") status = set_allowed(session, settings, "ponderingEnabled", value);
  if (name == "threads") status = set_allowed(session, settings, "numSearchThreads", value);
  return Reply::of(status);
}

}  // namespace

void add_param_commands(Registry& registry) {
  registry.add("kata-list-params", list_params);
  registry.add("kata-get-param", get_one);
  registry.add("kata-set-param", set_one);
  registry.add("kata-get-params", get_all);
  registry.add("kata-set-params", set_all);
  registry.add("lz-setoption", lz_setoption);
}

}  // namespace ponnuki::gtp
