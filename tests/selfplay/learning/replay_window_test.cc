// The rows that training draws from.
#include "selfplay/learning/replay_window.h"

#include <catch2/catch.hpp>

#include "tests/support/random_game_record.h"

namespace ponnuki::selfplay {

using test::random_game;

TEST_CASE("The replay window keeps the newest rows, as many as the total calls for") {
  const WindowOptions options{.least = 100, .share = 0.4, .scale = 50, .exponent = 0.65};
  CHECK(window_rows(80, options) == 80);
  CHECK(window_rows(100, options) == 100);
  // 100 + 0.4 * (950^0.65 - 50^0.65) / (0.65 * 50^-0.35)
  CHECK(window_rows(1000, options) == 277);
  ReplayWindow window(options);
  Random random(1);
  std::vector<std::shared_ptr<const GameRecord>> games;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    games.push_back(random_game(seed));
    window.add(games.back(), random);
  }
  const auto& last = games.back();
  CHECK(window.total_rows() > 500);
  CHECK(window.rows() == window_rows(window.total_rows(), options));
  bool seen = false;
  for (int i = 0; i < 2000; ++i) {
    const ReplayWindow::Row& row = window.draw(random);
    REQUIRE(row.game->turns[row.turn].weight > 0);
    seen = seen || row.game == last;
  }
  CHECK(seen);

  SECTION("read again from the games that are left, it is the same") {
    ReplayWindow again(options);
    again.set_total_rows(window.total_rows());
    std::int64_t rows = 0;
    for (auto game = games.begin() + 30; game != games.end(); ++game)
      rows += again.add_again(*game, random);
    CHECK(rows > window.rows());
    CHECK(again.rows() == window.rows());
    CHECK(again.total_rows() == window.total_rows());
  }
}

}  // namespace ponnuki::selfplay
