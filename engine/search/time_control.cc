#include "engine/search/time_control.h"

#include <algorithm>
#include <cmath>

namespace ponnuki::search {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// The largest share of a period, or of the whole clock, for one move. The rest is a reserve for
/// unexpected delays.
constexpr double kMostOfPeriod = 0.95;
constexpr double kMostOfClock = 0.5;

}  // namespace

GameClock::GameClock(const TimeSettings& settings)
    : settings_(settings),
      main_left_(settings.main_seconds),
      period_left_(settings.period_seconds),
      stones_left_(settings.period_stones),
      periods_left_(settings.periods) {
  in_overtime_ = has_overtime() && main_left_ <= 0;
}

bool GameClock::has_overtime() const {
  return settings_.system == TimeSystem::kCanadian || settings_.system == TimeSystem::kByoYomi;
}

void GameClock::guess_settings(double seconds, int stones) {
  settings_ = TimeSettings();
  settings_.system = stones > 0 ? TimeSystem::kCanadian : TimeSystem::kAbsolute;
  settings_.period_seconds = seconds;
  settings_.period_stones = std::max(stones, 1);
  guessed_ = true;
}

void GameClock::set_left(double seconds, int stones) {
  if (!limited() || guessed_) guess_settings(seconds, stones);
  in_overtime_ = has_overtime() && stones > 0;
  if (!in_overtime_) {
    main_left_ = seconds;
    period_left_ = settings_.period_seconds;
    stones_left_ = settings_.period_stones;
    periods_left_ = settings_.periods;
    return;
  }
  main_left_ = 0;
  period_left_ = seconds;
  if (settings_.system == TimeSystem::kCanadian) {
    stones_left_ = stones;
  } else {
    periods_left_ = stones;
  }
}

GameClock::Left GameClock::left() const {
  if (!in_overtime_) return {main_left_, 0};
  const bool canadian = settings_.system == TimeSystem::kCanadian;
  return {period_left_, canadian ? stones_left_ : periods_left_};
}

void GameClock::spend(double seconds) {
  if (!limited()) return;
  if (!in_overtime_) {
    main_left_ -= seconds;
    if (settings_.system == TimeSystem::kFischer) {
      main_left_ = std::min(main_left_ + settings_.increment, settings_.main_limit);
    }
    if (!has_overtime() || main_left_ > 0) return;
    seconds = -main_left_;
    main_left_ = 0;
    in_overtime_ = true;
  }
  period_left_ -= seconds;
  if (settings_.system == TimeSystem::kByoYomi) {
    while (period_left_ <= 0 && periods_left_ > 1) {
      --periods_left_;
      period_left_ += settings_.period_seconds;
    }
    period_left_ = settings_.period_seconds;
  } else if (--stones_left_ <= 0) {
    stones_left_ = settings_.period_stones;
    period_left_ = settings_.period_seconds;
  }
}

double GameClock::seconds_until_loss() const {
  switch (settings_.system) {
    case TimeSystem::kNone:
      return kInfinity;
    case TimeSystem::kAbsolute:
    case TimeSystem::kFischer:
      return main_left_;
    case TimeSystem::kCanadian:
      return main_left_ + period_left_;
    case TimeSystem::kByoYomi:
      return main_left_ + period_left_ + (periods_left_ - 1) * settings_.period_seconds;
  }
  return 0;
}

double GameClock::seconds_for_move(int moves_left, double reserve) const {
  if (!limited()) return kInfinity;
  const double moves = std::max(moves_left, 1);
  double seconds = main_left_ / moves;
  // The upper limit for one move. In overtime systems it includes the move's share of the period.
  double most = kMostOfClock * main_left_;
  if (settings_.system == TimeSystem::kFischer) {
    seconds += settings_.increment;
    seconds = std::min(seconds, settings_.move_limit);
    most = kMostOfPeriod * std::min(main_left_, settings_.move_limit);
  } else if (settings_.system == TimeSystem::kByoYomi) {
    seconds += period_left_;
    most = main_left_ + kMostOfPeriod * period_left_;
  } else if (settings_.system == TimeSystem::kCanadian) {
    seconds += period_left_ / std::max(stones_left_, 1);
    most = main_left_ + kMostOfPeriod * period_left_ / std::max(stones_left_, 1);
  }
  seconds = std::min({seconds, most, seconds_until_loss()}) - reserve;
  return std::max(seconds, 0.0);
}

int expected_moves_left(BoardSize size, int move_count) {
  // A game lasts about 0.7 moves for each point of the board. Near and after that length, a tenth
  // of the board is assumed to remain.
  const double total = 0.7 * size.area() - move_count;
  return static_cast<int>(std::lround(std::max(total / 2, 0.1 * size.area() + 5)));
}

}  // namespace ponnuki::search
