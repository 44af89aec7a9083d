// Options of the games that make training data, for the subcommands that play them.
#pragma once

#include <string>

#include "cli/options/option_set.h"
#include "engine/result.h"
#include "selfplay/training_games.h"

namespace ponnuki::cli {

class GameOptions {
 public:
  /// --size and what is under the heading "Playing". This must outlive `options`' parsing.
  /// `komi_default`: how the help calls the komi where none is given.
  void add(OptionSet& options, const char* komi_default = nullptr);
  /// After parsing. Errors name the option.
  Result<selfplay::TrainingGamesOptions> read() const;

 private:
  selfplay::TrainingGamesOptions games_;
  double komi_ = 7;
  std::string sizes_ = "9", search_ = "gumbel", rules_ = "random";
};

}  // namespace ponnuki::cli
