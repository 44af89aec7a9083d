// Boards as text.
#include "cli/board_view.h"

#include <catch2/catch.hpp>

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

TEST_CASE("Star points, two-digit rows and no column I") {
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
