// Options of training games, for the subcommands that play them.
#pragma once

#include <string>

#include "cli/options/option_set.h"
#include "engine/result.h"
#include "selfplay/games/training_games.h"

namespace ponnuki::cli {

class GameOptions {
 public:
  /// Adds the options under the heading "Playing". This object must outlive the parsing of
  /// `options`. `komi_default` is the text that the help shows for the default of --komi.
  void add(OptionSet& options, const char* komi_default = nullptr);
  /// Requires that `options` has been parsed. Errors name the option.
  Result<selfplay::TrainingGamesOptions> read() const;

 private:
  selfplay::TrainingGamesOptions games_;
  double komi_ = 7;
  std::string sizes_ = "9", search_ = "gumbel", rules_ = "random";
};

}  // namespace ponnuki::cli
