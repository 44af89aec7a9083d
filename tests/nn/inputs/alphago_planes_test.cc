// AlphaGo's planes, drawn.
#include "nn/inputs/alphago_planes.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"
#include "engine/random.h"

namespace ponnuki::nn {
namespace {

using Planes = std::vector<float>;

Planes encode(const Position& position, int planes = kAlphaGoPlanes, int symmetry = 0) {
  Planes values(static_cast<std::size_t>(planes * position.size().area()), 7);
  encode_alphago(position, Symmetry(symmetry), values);
  return values;
}

Position setup(const char* diagram, Color to_move) {
  const Result<Board> board = Board::parse(diagram);
  REQUIRE(board.ok());
  return Position(*board, to_move, tromp_taylor_rules());
}

void play(Position& position, std::initializer_list<const char*> vertices) {
  for (const char* vertex : vertices) position.play(*parse_gtp_vertex(vertex, position.size()));
}

/// The eight planes from `first` as one drawing: 1 to 8 by which of them is set, '.' for none.
std::string steps(const Planes& planes, BoardSize size, int first, int count = 8) {
  std::string text = "\n";
  for (int cell = 0; cell < size.area(); ++cell) {
    char mark = '.';
    for (int i = 0; i < count; ++i) {
      if (planes[static_cast<std::size_t>((first + i) * size.area() + cell)] == 0) continue;
      mark = mark == '.' ? static_cast<char>('1' + i) : '?';
    }
    text += mark;
    if ((cell + 1) % size.width == 0) text += '\n';
  }
  return text;
}
std::string plane(const Planes& planes, BoardSize size, int number) {
  return steps(planes, size, number, 1);
}

TEST_CASE("AlphaGo's planes: stones, ones, liberties, zeros") {
  const Position position = setup(R"(
X....
O.X..
..XO.
..O..
.....)",
                                  Color::kWhite);
  const Planes planes = encode(position);
  const BoardSize size = position.size();
  CHECK(steps(planes, size, 0, 3) == R"(
23333
13233
33213
33133
33333
)");
  CHECK(plane(planes, size, 3) == "\n11111\n11111\n11111\n11111\n11111\n");
  CHECK(steps(planes, size, 12) == R"(
1....
2.4..
..43.
..3..
.....
)");
  CHECK(plane(planes, size, 47) == "\n.....\n.....\n.....\n.....\n.....\n");
}

TEST_CASE("AlphaGo's planes: how long ago a stone was played") {
  Position position({5, 5});
  play(position, {"A1", "B1", "C1", "pass", "D1"});
  CHECK(steps(encode(position), position.size(), 4) == "\n.....\n.....\n.....\n.....\n5431.\n");
}

TEST_CASE("AlphaGo's planes: stones captured twice at a point have the age of the last") {
  Position position({3, 3});
  play(position, {"A3", "B3", "pass", "A2", "pass", "pass"});
  CHECK(steps(encode(position), position.size(), 4) == "\n.5.\n3..\n...\n");
}

TEST_CASE("AlphaGo's planes: what a move captures, puts into atari, and leaves") {
  const Position position = setup(R"(
.XO..
XO...
O....
.....
.....)",
                                  Color::kWhite);
  const Planes planes = encode(position);
  const BoardSize size = position.size();
  // A5 is legal for White: it captures both black stones.
  CHECK(steps(planes, size, 20) == R"(
3..11
..111
.1111
11111
11111
)");
  CHECK(steps(planes, size, 28) == R"(
.....
.....
.....
.....
.....
)");
  CHECK(steps(planes, size, 36) == R"(
2..32
..443
.4443
34443
23332
)");
}

TEST_CASE("AlphaGo's planes: self-atari by the size of the chain") {
  const Position position = setup(R"(
.OO..
XO...
.....
.....
...O.)",
                                  Color::kBlack);
  CHECK(steps(encode(position), position.size(), 28) == R"(
2....
.....
.....
.....
....1
)");
}

TEST_CASE("AlphaGo's planes: ladders that capture and ways out of them") {
  const Position white = setup(R"(
.......
.......
..X....
.XOX...
.......
.......
.......)",
                               Color::kBlack);
  const Planes planes = encode(white);
  // White's stone has one liberty: it is Black who may capture it at once; nothing to escape.
  CHECK(plane(planes, white.size(), 45) ==
        "\n.......\n.......\n.......\n.......\n.......\n.......\n.......\n");
  Position two = setup(R"(
.......
.......
...X...
..XO...
...X...
.......
.......)",
                       Color::kWhite);
  // White's stone is in atari and runs: Black's next moves would have to chase it.
  const std::string out = plane(encode(two), two.size(), 45);
  CHECK(out == R"(
.......
.......
.......
....1..
.......
.......
.......
)");
}

TEST_CASE("AlphaGo's planes: sensible moves are legal and fill no own eye") {
  const Position position = setup(R"(
.X.X.
XX.XX
.....
OO.OO
.O.O.)",
                                  Color::kBlack);
  CHECK(plane(encode(position), position.size(), 46) == R"(
..1..
..1..
11111
..1..
..1..
)");
}

TEST_CASE("AlphaGo's planes: the colour for value networks, and symmetries") {
  Position position({3, 3});
  play(position, {"A3"});
  CHECK(plane(encode(position, 49), position.size(), 48) == "\n...\n...\n...\n");
  play(position, {"B3"});
  CHECK(plane(encode(position, 49), position.size(), 48) == "\n111\n111\n111\n");
  CHECK(plane(encode(position, 48, 1), position.size(), 0) == "\n...\n...\n1..\n");
}

TEST_CASE("AlphaGo's planes in random games: one step of each kind at the points that have one") {
  Random random(9);
  for (int game = 0; game < 10; ++game) {
    Position position({7, 7}, tromp_taylor_rules());
    for (int move = 0; move < 80 && !position.is_over(); ++move) {
      const Point p = Point::from_cell(random.below(50), position.size());
      if (position.is_legal(p)) position.play(p);
      const Planes planes = encode(position);
      const PointSet legal = position.legal_points_after_end();
      for (int cell = 0; cell < 49; ++cell) {
        const Point at = Point::from_cell(cell, position.size());
        const bool stone = is_player(position.board().at(at));
        const auto count = [&](int first, int n) {
          float sum = 0;
          for (int i = first; i < first + n; ++i)
            sum += planes[static_cast<std::size_t>(i * 49 + cell)];
          return static_cast<int>(sum);
        };
        const bool right = count(0, 3) == 1 && count(4, 8) == stone && count(12, 8) == stone &&
                           count(20, 8) == legal.contains(at) && count(28, 8) <= count(36, 1);
        if (!right) FAIL("game " << game << ", move " << move << ", cell " << cell);
      }
    }
  }
}

}  // namespace
}  // namespace ponnuki::nn
