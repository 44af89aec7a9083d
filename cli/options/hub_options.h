// The options of commands that use a hub, and the options of games as they travel there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options/option_set.h"
#include "engine/result.h"
#include "selfplay/games/training_games.h"
#include "swarm/hub_users.h"
#include "swarm/nats_links.h"

namespace ponnuki::cli {

class HubOptions {
 public:
  /// Adds --hub, --creds, --run, --ca, --cert and --key under a heading.
  void add(OptionSet& options);
  /// Adds --users, for who takes games.
  void add_users(OptionSet& options);
  bool on() const { return !urls_.empty(); }
  /// Errors name the option.
  Result<swarm::HubAddress> address() const;
  /// The keys of --users; nothing if it is not given.
  Result<std::optional<swarm::WorkerKeys>> keys() const;
  /// The same options for another command.
  std::vector<std::string> arguments() const;

 private:
  Status check_urls() const;
  Status check_tls() const;
  Status read_credentials(swarm::HubAddress& address) const;

  std::string urls_, credentials_, run_ = "main";
  std::string authority_, certificate_, key_;
  std::string users_;
};

/// The given options of games, as the text of a config file.
std::string game_options_text(const OptionSet& options);
/// Reads that text. It is kept as `file`, which errors name.
Result<selfplay::TrainingGamesOptions> read_game_options(const std::string& text,
                                                         const std::string& file);

}  // namespace ponnuki::cli
