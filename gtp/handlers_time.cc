// Clocks: the commands of GTP, KGS and KataGo.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/coord.h"
#include "engine/text.h"
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

constexpr double kLongest = 1e9;  // seconds; some clients send 2^31 - 1 and more for "unlimited"
constexpr double kMostStones = 1e6;

/// Reads numbers from the arguments of a command, one after another, and records whether any is
/// invalid.
class Arguments {
 public:
  Arguments(const Command& command, std::size_t first) : command_(command), next_(first) {}

  /// At least `least` seconds, limited to kLongest.
  double seconds(double least = 0) {
    const double value = number();
    good_ = good_ && value >= least;
    return std::min(value, kLongest);
  }
  int count() {
    const double value = number();
    good_ = good_ && value >= 0 && value <= kMostStones && value == std::floor(value);
    return good_ ? static_cast<int>(value) : 0;
  }
  bool all_good() const { return good_ && next_ == command_.args.size(); }

 private:
  /// The next argument, or NaN if it is not a number.
  double number() {
    const std::size_t at = next_++;
    const auto value = at < command_.args.size() ? parse_number(command_.args[at]) : std::nullopt;
    return value.value_or(std::numeric_limits<double>::quiet_NaN());
  }

  const Command& command_;
  std::size_t next_;
  bool good_ = true;
};

/// Canadian time as in GTP 2: a period of positive length without stones means no limit; no period
/// means absolute time.
search::TimeSettings canadian(double main, double period, int stones) {
  search::TimeSettings settings;
  settings.main_seconds = main;
  if (stones > 0) {
    settings.system = search::TimeSystem::kCanadian;
    settings.period_seconds = period;
    settings.period_stones = stones;
  } else if (period <= 0) {
    settings.system = search::TimeSystem::kAbsolute;
  }
  return settings;
}

search::TimeSettings byo_yomi(double main, double period, int periods) {
  search::TimeSettings settings;
  settings.system = periods > 0 ? search::TimeSystem::kByoYomi : search::TimeSystem::kAbsolute;
  settings.main_seconds = main;
  settings.period_seconds = period;
  settings.periods = periods;
  return settings;
}

Reply time_settings(Session& session, const Command& command) {
  Arguments args(command, 0);
  const double main = args.seconds();
  const double period = args.seconds();
  const int stones = args.count();
  if (!args.all_good()) return Reply::error("syntax error: expected MAIN PERIOD STONES");
  session.memory().set_clocks(canadian(main, period, stones));
  return Reply::ok();
}

/// Main time, increment, and the limits of "fischer-capped"; a negative limit means none.
search::TimeSettings fischer(Arguments& args, bool capped) {
  search::TimeSettings settings;
  settings.system = search::TimeSystem::kFischer;
  settings.main_seconds = args.seconds();
  settings.increment = args.seconds();
  if (!capped) return settings;
  const double main_limit = args.seconds(-kLongest);
  const double move_limit = args.seconds(-kLongest);
  if (main_limit >= 0) settings.main_limit = main_limit;
  if (move_limit >= 0) settings.move_limit = move_limit;
  return settings;
}

Reply named_settings(Session& session, const Command& command, bool with_fischer) {
  const std::string kind = command.args.empty() ? "" : to_lower(command.args[0]);
  Arguments args(command, 1);
  search::TimeSettings settings;
  if (kind == "absolute") {
    settings.system = search::TimeSystem::kAbsolute;
    settings.main_seconds = args.seconds();
  } else if (kind == "canadian" || kind == "byoyomi") {
    const double main = args.seconds();
    const double period = args.seconds();
    const int number = args.count();
    settings = kind == "canadian" ? canadian(main, period, number) : byo_yomi(main, period, number);
  } else if (with_fischer && (kind == "fischer" || kind == "fischer-capped")) {
    settings = fischer(args, kind == "fischer-capped");
  } else if (kind != "none") {
    return Reply::error(std::string("expected none, absolute, canadian or byoyomi") +
                        (with_fischer ? ", fischer or fischer-capped" : ""));
  }
  if (!args.all_good()) return Reply::error("syntax error: wrong numbers for " + kind);
  session.memory().set_clocks(settings);
  return Reply::ok();
}

Reply kgs_time_settings(Session& session, const Command& command) {
  return named_settings(session, command, false);
}

Reply kata_time_settings(Session& session, const Command& command) {
  return named_settings(session, command, true);
}

Reply kata_list_time_settings(Session&, const Command&) {
  return Reply::ok("none absolute byoyomi canadian fischer fischer-capped");
}

/// Some servers send slightly negative times.
Reply time_left(Session& session, const Command& command) {
  const auto color = command.args.empty() ? std::nullopt : parse_color(command.args[0]);
  Arguments args(command, 1);
  const double seconds = args.seconds(-kLongest);
  const int stones = args.count();
  if (!color || !args.all_good()) {
    return Reply::error("syntax error: expected COLOR SECONDS STONES");
  }
  session.memory().clocks[*color].set_left(std::max(seconds, 0.0), stones);
  return Reply::ok();
}

}  // namespace

void add_time_commands(Registry& registry) {
  registry.add("time_settings", time_settings);
  registry.add("time_left", time_left);
  registry.add("kgs-time_settings", kgs_time_settings);
  registry.add("kata-time_settings", kata_time_settings);
  registry.add("kata-list_time_settings", kata_list_time_settings);
}

}  // namespace ponnuki::gtp
