// Ranks: their names and order.
#include "engine/rank.h"

#include <catch2/catch.hpp>

namespace ponnuki {
namespace {

TEST_CASE("Ranks have names from 20k to 9d") {
  CHECK(parse_rank("20k") == Rank{0});
  CHECK(parse_rank("1K") == Rank{19});
  CHECK(parse_rank("1d") == Rank{20});
  CHECK(parse_rank("9D") == Rank{28});
  for (const char* bad : {"", "k", "0k", "21k", "0d", "10d", "-1k", "5", "5kk", "5p", " 5k", "5 k"})
    CHECK_FALSE(parse_rank(bad));
  for (int steps = 0; steps < Rank::kCount; ++steps)
    CHECK(parse_rank(to_string(Rank{steps})) == Rank{steps});
}

TEST_CASE("Ranks: the nearest one to a number of steps") {
  CHECK(to_string(nearest_rank(-3)) == "20k");
  CHECK(to_string(nearest_rank(19.4)) == "1k");
  CHECK(to_string(nearest_rank(19.6)) == "1d");
  CHECK(to_string(nearest_rank(99)) == "9d");
  CHECK(Rank{19} < Rank{20});
}

TEST_CASE("Ranks: the nearest board on which they are measured") {
  CHECK(measured_board({9, 9}) == 9);
  CHECK(measured_board({11, 11}) == 9);
  CHECK(measured_board({12, 11}) == 13);
  CHECK(measured_board({16, 16}) == 13);
  CHECK(measured_board({17, 16}) == 19);
  CHECK(measured_board({25, 25}) == 19);
}

}  // namespace
}  // namespace ponnuki
