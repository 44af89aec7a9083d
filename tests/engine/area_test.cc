// Pass-alive area, KataGo's area maps and seki, as diagrams; random positions against a naive
// Benson.
#include "engine/area.h"

#include <catch2/catch.hpp>

#include "engine/position.h"
#include "engine/random.h"
#include "tests/support/naive_benson.h"

namespace ponnuki {
namespace {

Board board_from(const char* diagram) {
  const Result<Board> board = Board::parse(diagram);
  REQUIRE(board.ok());
  return *board;
}

/// Owners as a diagram: X Black, O White, . nobody.
std::string owners(const AreaMap& area, BoardSize size) {
  std::string text = "\n";
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x)
      text += ".XO"[static_cast<int>(area[static_cast<std::size_t>(Point::at(x, y).index())])];
    text += '\n';
  }
  return text;
}

std::string area_of(const char* diagram, const AreaOptions& options) {
  const Board board = board_from(diagram);
  AreaMap area;
  compute_area(board, options, area);
  return owners(area, board.size());
}

constexpr AreaOptions kPassAlive = {
    .other_stones = false, .safe_territories = false, .unsafe_territories = false};
constexpr AreaOptions kPassAliveWithSuicide = {.other_stones = false,
                                               .safe_territories = false,
                                               .unsafe_territories = false,
                                               .suicide_legal = true};

TEST_CASE("two one-point eyes are pass-alive, one is not") {
  CHECK(area_of(R"(
.X.XO.
XXXXO.
OOOOO.
......)",
                kPassAlive) == R"(
XXXX..
XXXX..
......
......
)");
  CHECK(area_of(R"(
.XXXO.
XXXXO.
OOOOO.
......)",
                kPassAlive) == R"(
......
......
......
......
)");
}

TEST_CASE("dead stones inside pass-alive walls belong to the owner of the walls") {
  CHECK(area_of(R"(
.XO.X...
XXXXX...
........)",
                kPassAlive) == R"(
XXXXX...
XXXXX...
........
)");
}

TEST_CASE("where suicide is legal, a region must be touched at the opponent's stones too") {
  // White's stone in the corner touches no black one. Where he may give it up, playing on both
  // points beside it, the corner is no eye.
  const char* diagram = R"(
O.X.X.
.XXXX.
XX....
......)";
  CHECK(area_of(diagram, kPassAlive) == R"(
XXXXX.
XXXXX.
XX....
......
)");
  CHECK(area_of(diagram, kPassAliveWithSuicide) == R"(
......
......
......
......
)");
}

TEST_CASE("options add territory and stones") {
  const char* alive = R"(
.X.X....
XXXX....
........)";
  CHECK(area_of(alive, kPassAlive) == R"(
XXXX....
XXXX....
........
)");
  AreaOptions options = kPassAlive;
  options.safe_territories = true;
  CHECK(area_of(alive, options) == R"(
XXXXXXXX
XXXXXXXX
XXXXXXXX
)");

  options = kPassAlive;
  options.unsafe_territories = true;
  const char* wall = R"(
....X...
....X...
....X...)";
  CHECK(area_of(wall, options) == R"(
XXXX.XXX
XXXX.XXX
XXXX.XXX
)");

  options.other_stones = true;
  CHECK(area_of(R"(
.X.XX...
XXXX....
......OO
......O.)",
                options) == R"(
XXXXX...
XXXX....
......OO
......OO
)");
}

TEST_CASE("territory behind dead stones stays with the pass-alive opponent") {
  // KataGo's example: the corner is empty and touches White only, but it is Black's.
  CHECK(area_of(R"(
.ox.x.x
oxxxxxx
xx.....)",
                AreaOptions{}) == R"(
XXXXXXX
XXXXXXX
XXXXXXX
)");
}

std::string life_of(const char* diagram, const IndependentLifeOptions& options, int* balance) {
  const Board board = board_from(diagram);
  AreaMap area;
  *balance = compute_independent_life(board, options, area);
  return owners(area, board.size());
}

TEST_CASE("independent life counts separate living regions") {
  int balance = 0;
  CHECK(life_of(R"(
.XO.OX.
XXOOOXX
.XO.OX.)",
                {}, &balance) == R"(
XXOOOXX
XXOOOXX
XXOOOXX
)");
  CHECK(balance == -1);
}

TEST_CASE("groups that touch a neutral point are in seki") {
  const char* seki = R"(
XX.OO
XXXOO
.XXO.
XXXOO)";
  int balance = 0;
  CHECK(life_of(seki, {}, &balance) == R"(
.....
.....
.....
.....
)");
  CHECK(balance == 0);
  CHECK(life_of(seki, {.keep_stones = true}, &balance) == R"(
XX.OO
XXXOO
.XXO.
XXXOO
)");
  CHECK(life_of(seki, {.keep_territories = true}, &balance) == R"(
.....
.....
X...O
.....
)");
}

TEST_CASE("so are groups with a stone in atari") {
  int balance = 0;
  CHECK(life_of(R"(
XXOO.
.XOOO
XXOO.)",
                {}, &balance) == R"(
..OOO
..OOO
..OOO
)");
  CHECK(balance == 1);
}

TEST_CASE("an empty board belongs to nobody") {
  CHECK(area_of("...\n...\n", AreaOptions{}) == "\n...\n...\n");
}

/// A random position after `moves` random legal moves.
Position random_position(BoardSize size, int moves, std::uint64_t seed) {
  Random random(seed);
  Position position(size);
  for (int i = 0; i < moves; ++i) {
    for (int tries = 0; tries < 50; ++tries) {
      const auto cell = random.below(static_cast<std::uint32_t>(size.area()));
      const Point p = Point::from_cell(static_cast<int>(cell), size);
      if (position.board().is_simple_eye(p, position.to_move()) && random.below(8) != 0) continue;
      if (!position.is_legal(p)) continue;
      position.play(p);
      break;
    }
    if (random.below(3) == 0) position.set_to_move(opponent(position.to_move()));
  }
  return position;
}

TEST_CASE("random positions agree with a naive Benson") {
  int alive_points = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const BoardSize sizes[] = {{5, 5}, {7, 4}, {9, 9}, {2, 3}, {13, 6}};
    const BoardSize size = sizes[seed % 5];
    const Position position = random_position(size, size.area() * 2, seed);
    for (const AreaOptions& options : {kPassAlive, kPassAliveWithSuicide}) {
      AreaMap area;
      compute_area(position.board(), options, area);
      AreaMap expected{};
      for (const Color player : {Color::kBlack, Color::kWhite}) {
        const test::NaiveArea naive =
            test::naive_benson(position.board(), player, options.suicide_legal);
        for (const int p : naive.alive) expected[static_cast<std::size_t>(p)] = player;
        for (const int p : naive.territory) expected[static_cast<std::size_t>(p)] = player;
        alive_points += static_cast<int>(naive.alive.size());
      }
      INFO(position.board().to_diagram());
      REQUIRE(owners(area, size) == owners(expected, size));
    }
  }
  CHECK(alive_points > 1000);
}

}  // namespace
}  // namespace ponnuki
