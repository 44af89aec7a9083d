// Clocks: whole games on them, with delays, in which the flag must never fall.
#include "engine/search/time_control.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

namespace ponnuki::search {

namespace {

TimeSettings absolute(double main) {
  TimeSettings s;
  s.system = TimeSystem::kAbsolute;
  s.main_seconds = main;
  return s;
}
TimeSettings canadian(double main, double period, int stones) {
  TimeSettings s = absolute(main);
  s.system = TimeSystem::kCanadian;
  s.period_seconds = period;
  s.period_stones = stones;
  return s;
}
TimeSettings byo_yomi(double main, double period, int periods) {
  TimeSettings s = absolute(main);
  s.system = TimeSystem::kByoYomi;
  s.period_seconds = period;
  s.periods = periods;
  return s;
}
TimeSettings fischer(double main, double increment) {
  TimeSettings s = absolute(main);
  s.system = TimeSystem::kFischer;
  s.increment = increment;
  return s;
}

}  // namespace

TEST_CASE("Without a clock thinking is unlimited") {
  const GameClock clock;
  CHECK_FALSE(clock.limited());
  CHECK(std::isinf(clock.seconds_for_move(50, 0.05)));
}

TEST_CASE(
    "Without settings the clock follows what the server tells, and forgets it with the game") {
  GameClock clock;
  clock.set_left(60, 0);
  REQUIRE(clock.limited());
  CHECK(clock.seconds_until_loss() == 60);
  CHECK(clock.seconds_for_move(30, 0) == 2);
  clock.spend(50);
  CHECK(clock.seconds_for_move(30, 0) < 0.5);
  clock.set_left(20, 4);  // stones left in a period, or periods of 20 seconds
  CHECK(clock.seconds_for_move(30, 0) <= 5);
  clock.set_left(0, 0);
  CHECK(clock.seconds_for_move(30, 0) == 0);
  CHECK_FALSE(clock.restarted().limited());
  GameClock known(absolute(60));
  known.set_left(5, 0);
  CHECK(known.restarted().seconds_until_loss() == 60);
}

TEST_CASE("The flag never falls in a long game, with 40 ms of delay at each move") {
  constexpr double kReserve = 0.05;
  constexpr double kDelay = 0.04;
  const TimeSettings all[] = {
      absolute(60),      absolute(600),     canadian(0, 30, 25), canadian(60, 30, 25),
      canadian(0, 1, 1), byo_yomi(0, 1, 1), byo_yomi(60, 5, 3),  byo_yomi(10, 30, 5),
      fischer(10, 1),    fischer(60, 0.2),  fischer(5, 10),
  };
  for (const TimeSettings& settings : all) {
    GameClock clock(settings);
    for (int move = 0; move < 200; ++move) {
      INFO("system " << static_cast<int>(settings.system) << " main " << settings.main_seconds
                     << " move " << move);
      const double seconds =
          clock.seconds_for_move(expected_moves_left({19, 19}, 2 * move), kReserve);
      REQUIRE(seconds + kDelay < clock.seconds_until_loss());
      clock.spend(seconds + kDelay);
    }
  }
}

TEST_CASE("Overtime is used, not saved up") {
  CHECK(GameClock(byo_yomi(0, 10, 3)).seconds_for_move(100, 0.05) == Approx(9.45));
  CHECK(GameClock(canadian(0, 100, 20)).seconds_for_move(100, 0.05) == Approx(4.70));
  CHECK(GameClock(fischer(100, 5)).seconds_for_move(100, 0.05) == Approx(5.95));
  CHECK(GameClock(absolute(100)).seconds_for_move(50, 0.05) == Approx(1.95));
}

TEST_CASE("time_left sets the clock right") {
  GameClock clock(byo_yomi(60, 10, 3));
  clock.set_left(7, 2);  // KGS: stones are periods
  CHECK(clock.seconds_until_loss() == Approx(17));
  CHECK(clock.seconds_for_move(50, 0) == Approx(0.95 * 7));
  clock.set_left(30, 0);
  CHECK(clock.seconds_until_loss() == Approx(60));

  GameClock other(canadian(60, 30, 10));
  other.set_left(12, 4);
  CHECK(other.seconds_for_move(50, 0) == Approx(0.95 * 3));
  other.set_left(0, 4);
  CHECK(other.seconds_for_move(50, 0.05) == 0);
}

TEST_CASE("Overstepping byo-yomi costs periods") {
  GameClock clock(byo_yomi(0, 10, 3));
  clock.spend(15);
  CHECK(clock.seconds_until_loss() == Approx(20));
  clock.spend(5);
  CHECK(clock.seconds_until_loss() == Approx(20));
}

TEST_CASE("Fischer caps") {
  TimeSettings settings = fischer(100, 10);
  settings.main_limit = 105;
  settings.move_limit = 4;
  GameClock clock(settings);
  CHECK(clock.seconds_for_move(50, 0) <= 4);
  clock.spend(1);
  CHECK(clock.seconds_until_loss() == Approx(105));
}

}  // namespace ponnuki::search
