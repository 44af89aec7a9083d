// Options of the games that make training data, for the subcommands that play them.
#pragma once

#include <optional>
#include <string>

#include "cli/option_set.h"
#include "engine/result.h"
#include "selfplay/training_games.h"

namespace ponnuki {

class GameOptions {
 public:
  /// --size and what is under the heading "Playing". This must outlive `options`' parsing.
  void add(OptionSet& options);
  /// After parsing. Errors name the option.
  Result<TrainingGamesOptions> read() const;

 private:
  TrainingGamesOptions games_;
  std::string sizes_ = "9", search_ = "gumbel";
};

/// Nothing but a finite number.
std::optional<double> parse_number(const std::string& text);

}  // namespace ponnuki
