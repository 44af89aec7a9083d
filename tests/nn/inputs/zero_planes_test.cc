// The planes of AlphaGo Zero and Leela Zero, drawn, and against games replayed move by move.
#include "nn/inputs/zero_planes.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"
#include "engine/random.h"

namespace ponnuki::nn {
namespace {

using Planes = std::vector<float>;

Planes leela_zero(const Position& position, int symmetry = 0) {
  Planes planes(static_cast<std::size_t>(kLeelaZeroPlanes * position.size().area()), 7);
  encode_leela_zero(position, Symmetry(symmetry), planes);
  return planes;
}
Planes alphago_zero(const Position& position) {
  Planes planes(static_cast<std::size_t>(kAlphaGoZeroPlanes * position.size().area()), 7);
  encode_alphago_zero(position, Symmetry(), planes);
  return planes;
}

/// Rows of '.' and '1'.
std::string plane(const Planes& planes, BoardSize size, int number) {
  std::string text = "\n";
  for (int cell = 0; cell < size.area(); ++cell) {
    text += planes[static_cast<std::size_t>(number * size.area() + cell)] == 0 ? '.' : '1';
    if ((cell + 1) % size.width == 0) text += '\n';
  }
  return text;
}

void play(Position& position, std::initializer_list<const char*> vertices) {
  for (const char* vertex : vertices) position.play(*parse_gtp_vertex(vertex, position.size()));
}

const std::string kNone = "\n...\n...\n...\n";
const std::string kAll = "\n111\n111\n111\n";

TEST_CASE("Leela Zero's planes: own stones now and before, the opponent's, whose turn it is") {
  Position position({3, 3});
  play(position, {"A3", "C3", "pass", "C1"});  // Black is to move
  const Planes planes = leela_zero(position);
  const auto drawn = [&](int number) { return plane(planes, position.size(), number); };
  for (const int t : {0, 1, 2, 3}) CHECK(drawn(t) == "\n1..\n...\n...\n");
  for (const int t : {4, 5, 6, 7}) CHECK(drawn(t) == kNone);
  CHECK(drawn(8) == "\n..1\n...\n..1\n");
  CHECK(drawn(9) == "\n..1\n...\n...\n");
  CHECK(drawn(10) == "\n..1\n...\n...\n");
  for (const int t : {11, 12, 13, 14, 15}) CHECK(drawn(t) == kNone);
  CHECK(drawn(16) == kAll);
  CHECK(drawn(17) == kNone);
  play(position, {"B2"});
  const Planes white = leela_zero(position);
  CHECK(plane(white, position.size(), 0) == "\n..1\n...\n..1\n");
  CHECK(plane(white, position.size(), 8) == "\n1..\n.1.\n...\n");
  CHECK(plane(white, position.size(), 16) == kNone);
  CHECK(plane(white, position.size(), 17) == kAll);
}

TEST_CASE("AlphaGo Zero's planes alternate between the players, and the colour is one plane") {
  Position position({3, 3});
  play(position, {"A3", "C3", "B2"});  // White is to move
  const Planes planes = alphago_zero(position);
  const auto drawn = [&](int number) { return plane(planes, position.size(), number); };
  CHECK(drawn(0) == "\n..1\n...\n...\n");
  CHECK(drawn(1) == "\n1..\n.1.\n...\n");
  CHECK(drawn(2) == "\n..1\n...\n...\n");
  CHECK(drawn(3) == "\n1..\n...\n...\n");
  CHECK(drawn(4) == kNone);
  CHECK(drawn(5) == "\n1..\n...\n...\n");
  for (int n = 6; n <= 15; ++n) CHECK(drawn(n) == kNone);
  CHECK(drawn(16) == kNone);
  play(position, {"pass"});
  CHECK(plane(alphago_zero(position), position.size(), 16) == kAll);
}

TEST_CASE("captured stones, and those of a suicide, are back in the planes of the time before") {
  Rules rules = tromp_taylor_rules();
  rules.multi_stone_suicide = true;
  Position position({3, 3}, rules);
  play(position, {"A3", "B3", "A2", "B2", "pass", "B1", "A1"});  // Black has killed himself
  REQUIRE(position.board().at(Point::at(0, 0)) == Color::kEmpty);
  Planes planes = leela_zero(position);
  CHECK(plane(planes, position.size(), 0) == "\n.1.\n.1.\n.1.\n");
  CHECK(plane(planes, position.size(), 8) == kNone);
  CHECK(plane(planes, position.size(), 9) == "\n1..\n1..\n...\n");

  Position capture({3, 3});
  play(capture, {"A3", "B3", "pass", "A2"});  // White has captured A3
  planes = leela_zero(capture);
  CHECK(plane(planes, capture.size(), 0) == kNone);
  CHECK(plane(planes, capture.size(), 1) == "\n1..\n...\n...\n");
  CHECK(plane(planes, capture.size(), 8) == "\n.1.\n1..\n...\n");
  CHECK(plane(planes, capture.size(), 9) == "\n.1.\n...\n...\n");
}

/// What the planes should be, from the boards of the game as they were.
Planes expected_of(const std::vector<Board>& boards, Color player) {
  const BoardSize size = boards.back().size();
  const auto area = static_cast<std::size_t>(size.area());
  Planes planes(kLeelaZeroPlanes * area);
  for (std::size_t t = 0; t < std::min<std::size_t>(kZeroHistory, boards.size()); ++t) {
    const Board& board = boards[boards.size() - 1 - t];
    for (std::size_t cell = 0; cell < area; ++cell) {
      const Color c = board.at(Point::from_cell(static_cast<int>(cell), size));
      if (c == Color::kEmpty) continue;
      planes[(t + (c == player ? 0 : kZeroHistory)) * area + cell] = 1;
    }
  }
  const std::size_t colour = 2 * kZeroHistory + (player == Color::kWhite ? 1 : 0);
  std::fill_n(planes.begin() + static_cast<std::ptrdiff_t>(colour * area), area, 1.0F);
  return planes;
}

TEST_CASE("random games: the planes are those of the boards as they were") {
  Random random(3);
  Rules rules = tromp_taylor_rules();
  rules.multi_stone_suicide = true;
  for (const BoardSize size : {BoardSize{5, 5}, BoardSize{4, 7}, BoardSize{9, 9}}) {
    for (int game = 0; game < 20; ++game) {
      Position position(size, rules);
      std::vector<Board> boards = {position.board()};
      for (int move = 0; move < 150 && !position.is_over(); ++move) {
        const int cells = size.area() + 1;
        Point p = Point::from_cell(random.below(cells), size);
        if (!position.is_legal(p)) continue;
        position.play(p);
        boards.push_back(position.board());
        if (leela_zero(position) != expected_of(boards, position.to_move())) {
          CAPTURE(move);
          FAIL("the planes differ");
        }
      }
      CHECK(boards.size() > 10);
    }
  }
}

TEST_CASE("planes are turned as the symmetry says") {
  Position position({3, 3});
  play(position, {"A3", "B3"});
  const BoardSize size = position.size();
  CHECK(plane(leela_zero(position, 1), size, 0) == "\n...\n...\n1..\n");
  CHECK(plane(leela_zero(position, 2), size, 8) == "\n.1.\n...\n...\n");
  CHECK(plane(leela_zero(position, 4), size, 8) == "\n...\n1..\n...\n");
}

TEST_CASE("where history is hidden nothing older than the board is shown") {
  Position position({3, 3});
  play(position, {"A3", "B3"});
  position.hide_history();
  const Planes planes = leela_zero(position);
  CHECK(plane(planes, position.size(), 0) == "\n1..\n...\n...\n");
  CHECK(plane(planes, position.size(), 1) == kNone);
}

}  // namespace
}  // namespace ponnuki::nn
