// The search's knobs by name. Changes hold for this session from its next search on.
#include <nlohmann/json.hpp>

#include "engine/text.h"
#include "gtp/handlers.h"
#include "gtp/params.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

Reply list_params(Session&, const Command&) {
  std::string text;
  for (const std::string& name : param_names()) {
    if (!text.empty()) text += ' ';
    text += name;
  }
  return Reply::ok(text);
}

Reply get_one(Session& session, const Command& command) {
  if (command.args.size() != 1) return Reply::error("expected kata-get-param NAME");
  const auto value = get_param(session.options(), command.args[0]);
  return value ? Reply::ok(*value) : Reply::error(value.error().message);
}

Reply set_one(Session& session, const Command& command) {
  if (command.args.size() != 2) return Reply::error("expected kata-set-param NAME VALUE");
  const Status status = set_param(session.options(), command.args[0], command.args[1]);
  return status ? Reply::ok() : Reply::error(status.error().message);
}

Reply get_all(Session& session, const Command&) {
  nlohmann::json all = nlohmann::json::object();
  for (const std::string& name : param_names()) all[name] = *get_param(session.options(), name);
  return Reply::ok(all.dump());
}

/// A JSON object of names and values; all or none.
Reply set_all(Session& session, const Command& command) {
  const auto json = nlohmann::json::parse(command.rest(), nullptr, false);
  if (!json.is_object()) return Reply::error("expected kata-set-params {\"NAME\":VALUE,…}");
  GtpOptions changed = session.options();
  for (const auto& [name, value] : json.items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (const Status status = set_param(changed, name, text); !status) {
      return Reply::error(status.error().message);
    }
  }
  session.options() = changed;
  return Reply::ok();
}

/// Leela Zero's names for some of them; 0 means no limit there.
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
  Status status = Error{"unknown option '" + name + "'"};
  if (name == "visits") status = set_param(session.options(), "maxVisits", unlimited);
  if (name == "playouts") status = set_param(session.options(), "maxPlayouts", unlimited);
  if (name == "pondering") status = set_param(session.options(), "ponderingEnabled", value);
  if (name == "threads") status = set_param(session.options(), "numSearchThreads", value);
  return status ? Reply::ok() : Reply::error(status.error().message);
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
