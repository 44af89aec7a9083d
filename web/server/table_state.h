// TableState: what a record cannot say of a game at a table, as JSON: who plays, the clocks, and how
// far the game is. It is kept in a private property of the record.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/rank.h"
#include "engine/search/time_control.h"
#include "engine/types.h"

namespace ponnuki::web {

/// Who plays a colour.
struct Seat {
  bool is_engine = false;
  std::optional<Rank> level = {};  // of the engine; unset: full strength
};

using Seats = std::array<Seat, 2>;  // Black's, White's
constexpr std::size_t seat_of(Color player) { return player == Color::kWhite ? 1 : 0; }

/// The engine takes a person's move back that loses at least so many points, or so much winrate (0 to
/// 1). 0: whatever it loses.
struct Teaching {
  double points = 0, winrate = 0;

  bool is_on() const { return points > 0 || winrate > 0; }
  bool takes_back(double lost_points, double lost_winrate) const {
    return (points > 0 && lost_points >= points) || (winrate > 0 && lost_winrate >= winrate);
  }
};

enum class Phase { kReview, kPlaying, kMarking, kOver };
const char* phase_name(Phase phase);

/// The clocks that a table may have, by the names of messages and of the state: none, absolute,
/// byoyomi, fischer.
const char* time_system_name(search::TimeSystem system);
std::optional<search::TimeSystem> parse_time_system(std::string_view name);

struct TableState {
  Seats seats;
  search::TimeSettings time;                      // of each player
  std::array<search::GameClock::Left, 2> left{};  // Black's, White's
  Teaching teaching;
  Phase phase = Phase::kReview;
};

std::string to_json(const TableState& state);
/// Nothing if the text is not what to_json() writes.
std::optional<TableState> read_table_state(const std::string& text);

}  // namespace ponnuki::web
