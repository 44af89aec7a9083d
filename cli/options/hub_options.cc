#include "cli/options/hub_options.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/options/game_options.h"
#include "engine/file.h"
#include "engine/json_parse.h"

namespace ponnuki::cli {

void HubOptions::add(OptionSet& options) {
  options.heading("Hub");
  options.text({"hub", "URL", "a NATS server with JetStream, as in nats://hub.example.org:4222"},
               &url_);
  options.text({"creds", "FILE", R"(a file {"user": "NAME", "password": "…"} for that server)"},
               &credentials_);
  options.text({"run", "NAME", "the name of the run there"}, &run_);
}

Result<swarm::HubAddress> HubOptions::address() const {
  if (url_.empty()) return Error{"--hub is missing: give a server, as in nats://127.0.0.1:4222"};
  if (!url_.starts_with("nats://") && !url_.starts_with("tls://"))
    return Error{"--hub: '" + url_ + "' must begin with nats:// or tls://"};
  if (!swarm::is_name(run_))
    return Error{"--run: a name has letters, digits, '-' and '_', at most 40"};
  swarm::HubAddress address{url_, "", "", run_};
  if (credentials_.empty()) return address;
  PONNUKI_TRY(const std::string text, read_file(credentials_, 4096));
  const auto json = parse_json(text);
  if (!json || !json->is_object() || !json->value("user", nlohmann::json()).is_string() ||
      !json->value("password", nlohmann::json()).is_string())
    return Error{credentials_ + R"(: this is no file {"user": "NAME", "password": "…"})"};
  address.user = json->at("user");
  address.password = json->at("password");
  return address;
}

std::string game_options_text(const OptionSet& options) {
  OptionSet of_games;
  GameOptions games;
  games.add(of_games);
  const std::vector<std::string> wanted = of_games.names(), all = options.names();
  std::vector<std::string_view> others;
  for (const std::string& name : all) {
    if (std::ranges::find(wanted, name) == wanted.end()) others.push_back(name);
  }
  return options.given_options(others);
}

Result<selfplay::TrainingGamesOptions> read_game_options(const std::string& text,
                                                         const std::string& file) {
  PONNUKI_TRY(write_file_atomically(file, text));
  OptionSet options;
  GameOptions games;
  games.add(options);
  PONNUKI_TRY(options.parse({}, file, {}));
  return games.read();
}

}  // namespace ponnuki::cli
