#include "cli/options/hub_options.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/options/game_options.h"
#include "engine/file.h"
#include "engine/json_parse.h"

namespace ponnuki::cli {
namespace {

using Json = nlohmann::json;

}  // namespace

void HubOptions::add(OptionSet& options) {
  options.heading("Hub");
  options.text({"hub", "URL",
                "a NATS server with JetStream, as in nats://hub.example.org:4222; servers that are "
                "a cluster with commas between"},
               &urls_);
  options.text({"creds", "FILE", "the file NAME.json of ponnuki hub add-worker"}, &credentials_);
  options.text({"run", "NAME", "the name of the run there"}, &run_);
  options.text({"ca", "FILE", "who certifies a tls:// server (PEM)", "the system's authorities"},
               &authority_);
  options.text({"cert", "FILE", "the certificate that this side shows a tls:// server (PEM)"},
               &certificate_);
  options.text({"key", "FILE", "the key of --cert (PEM)"}, &key_);
}

void HubOptions::add_users(OptionSet& options) {
  options.text({"users", "FILE",
                "the users of the hub, a file of ponnuki hub add-worker: games count only if their "
                "worker has signed them"},
               &users_);
}

Status HubOptions::check_urls() const {
  if (urls_.empty()) return Error{"--hub is missing: give a server, as in nats://127.0.0.1:4222"};
  for (const std::string& url : swarm::urls_of(urls_)) {
    if (!url.starts_with("nats://") && !url.starts_with("tls://"))
      return Error{"--hub: '" + url + "' must begin with nats:// or tls://"};
  }
  return {};
}

Status HubOptions::check_tls() const {
  if (certificate_.empty() != key_.empty())
    return Error{"--cert and --key belong together: give both or none"};
  const bool has_files = !authority_.empty() || !certificate_.empty();
  if (has_files && urls_.find("tls://") == std::string::npos)
    return Error{"--ca and --cert are for a server with tls:// in --hub"};
  for (const auto& [option, file] :
       {std::pair("--ca", authority_), {"--cert", certificate_}, {"--key", key_}}) {
    if (!file.empty() && !file_exists(file))
      return Error{std::string(option) + ": there is no file '" + file + "'"};
  }
  return {};
}

Result<swarm::HubAddress> HubOptions::address() const {
  PONNUKI_TRY(check_urls());
  PONNUKI_TRY(check_tls());
  if (!swarm::is_name(run_))
    return Error{"--run: a name has letters, digits, '-' and '_', at most 40"};
  swarm::HubAddress address;
  address.urls = urls_;
  address.run = run_;
  address.authority = authority_;
  address.certificate = certificate_;
  address.key = key_;
  if (!credentials_.empty()) PONNUKI_TRY(read_credentials(address));
  return address;
}

Status HubOptions::read_credentials(swarm::HubAddress& address) const {
  PONNUKI_TRY(const std::string text, read_file(credentials_, 4096));
  const auto json = parse_json(text);
  const auto field = [&](const char* name) {
    const auto value = json && json->is_object() ? json->value(name, Json()) : Json();
    return value.is_string() ? value.get<std::string>() : "";
  };
  address.user = field("user");
  address.password = field("password");
  const std::string seed = field("seed");
  if (address.user.empty() || (seed.empty() && address.password.empty()))
    return Error{credentials_ + R"(: this is no file {"user": "NAME", "seed": "SU…"})"};
  if (seed.empty()) return {};
  auto key = swarm::SigningKey::from_seed(seed);
  if (!key) return key.error().in(credentials_);
  address.user_key = std::move(*key);
  return {};
}

Result<std::optional<swarm::WorkerKeys>> HubOptions::keys() const {
  if (users_.empty()) return std::optional<swarm::WorkerKeys>();
  auto keys = swarm::WorkerKeys::open(users_);
  if (!keys) return keys.error().in("--users");
  return std::optional(std::move(*keys));
}

std::vector<std::string> HubOptions::arguments() const {
  std::vector<std::string> arguments;
  for (const auto& [option, value] : {std::pair("--hub", urls_),
                                      {"--creds", credentials_},
                                      {"--run", run_},
                                      {"--ca", authority_},
                                      {"--cert", certificate_},
                                      {"--key", key_},
                                      {"--users", users_}}) {
    if (value.empty()) continue;
    arguments.emplace_back(option);
    arguments.push_back(value);
  }
  return arguments;
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
