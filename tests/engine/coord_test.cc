// Vertices and colours as text.
#include "engine/coord.h"

#include <catch2/catch.hpp>

using namespace ponnuki;

TEST_CASE("GTP vertices skip the column I and count rows from the bottom") {
  const BoardSize size{19, 19};
  CHECK(to_gtp(Point::at(0, 18), size) == "A1");
  CHECK(to_gtp(Point::at(8, 0), size) == "J19");
  CHECK(to_gtp(Point::at(18, 0), size) == "T19");
  CHECK(to_gtp(Point::pass(), size) == "pass");
  CHECK(parse_gtp_vertex("d4", size) == Point::at(3, 15));
  CHECK(parse_gtp_vertex("Q16", size) == Point::at(15, 3));
  CHECK(parse_gtp_vertex("PASS", size) == Point::pass());
  for (const char* text : {"", "I5", "A0", "A20", "U1", "A", "5", "A-1", "A1x", "AA1", "A 1",
                           "D04x", "pas", "resign"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_gtp_vertex(text, size).has_value());
  }
}

TEST_CASE("GTP vertices are their own inverse on every size") {
  for (const BoardSize size :
       {BoardSize{2, 2}, BoardSize{9, 9}, BoardSize{25, 25}, BoardSize{25, 3}, BoardSize{1, 20}}) {
    for (int cell = 0; cell <= size.area(); ++cell) {
      const Point p = Point::from_cell(cell, size);
      CHECK(parse_gtp_vertex(to_gtp(p, size), size) == p);
    }
  }
  CHECK(to_gtp(Point::at(24, 0), {25, 25}) == "Z25");
}

TEST_CASE("Colours in any case") {
  CHECK(parse_color("B") == Color::kBlack);
  CHECK(parse_color("white") == Color::kWhite);
  CHECK(parse_color("WHITE") == Color::kWhite);
  CHECK_FALSE(parse_color("red").has_value());
  CHECK_FALSE(parse_color("").has_value());
  CHECK(to_string(Color::kBlack) == std::string("black"));
}
