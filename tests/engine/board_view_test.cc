// Boards as text.
#include "engine/board_view.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/star_points.h"

namespace ponnuki {
namespace {

TEST_CASE("A small board with the last move and the best moves marked") {
  Position position({5, 3});
  position.play(Point::at(1, 1));
  position.play(Point::at(3, 1));
  CHECK(draw_board(position, {false, {Point::at(2, 0), Point::pass(), Point::at(0, 2)}}) ==
        "    A B C D E\n"
        "  3 . . 1 . . 3\n"
        "  2 . X .(O). 2\n"
        "  1 3 . . . . 1\n"
        "    A B C D E\n");
}

TEST_CASE("The last move at an edge, and a pass") {
  Position position({3, 2});
  position.play(Point::at(0, 0));
  CHECK_THAT(draw_board(position, {}), Catch::Contains("  2(X). . 2\n"));
  position.play(Point::at(2, 1));
  CHECK_THAT(draw_board(position, {}), Catch::Contains("  2 X . . 2\n  1 . .(O)1\n"));
  position.play(Point::pass());
  CHECK_THAT(draw_board(position, {}), !Catch::Contains("("));
}

TEST_CASE("Stones hide marks, and there are no more than nine") {
  Position position({12, 2});
  position.play(Point::at(1, 0));
  std::vector<Point> row;
  for (int x = 0; x < 12; ++x) row.push_back(Point::at(x, 0));
  CHECK_THAT(draw_board(position, {false, row}),
             Catch::Contains("  2 1(X)3 4 5 6 7 8 9 . . . 2\n"));
}

TEST_CASE("Star points are those of fixed handicaps") {
  const auto stars = [](BoardSize size) {
    return std::ranges::count(draw_board(Position(size), {}), '+');
  };
  CHECK(stars({6, 9}) == 0);
  CHECK(stars({7, 7}) == 4);
  CHECK(stars({9, 8}) == 4);
  CHECK(stars({9, 13}) == 9);
  for (const BoardSize size : {BoardSize{7, 9}, BoardSize{12, 12}, BoardSize{25, 19}}) {
    CHECK(star_points(size) == fixed_handicap(size, max_fixed_handicap(size)));
  }
}

TEST_CASE("Two-digit rows and no column I") {
  const std::string board = draw_board(Position({19, 19}), {});
  CHECK_THAT(board, Catch::StartsWith("    A B C D E F G H J K L M N O P Q R S T\n"
                                      " 19 . . . . . . . . . . . . . . . . . . . 19\n"));
  CHECK_THAT(board, Catch::Contains(" 16 . . . + . . . . . + . . . . . + . . . 16\n"));
}

TEST_CASE("In colour every row ends by turning it off") {
  const std::string board = draw_board(Position({2, 2}), {true, {}});
  CHECK_THAT(board, Catch::Contains("\x1b[0m2\n") && Catch::Contains("\x1b[0m1\n"));
}

}  // namespace
}  // namespace ponnuki
