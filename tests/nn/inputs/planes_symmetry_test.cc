// Planes of random positions: turned as the boards are, and whatever was encoded before.
#include <catch2/catch.hpp>

#include "engine/random.h"
#include "nn/inputs/planes.h"
#include "tests/support/encoding.h"

namespace ponnuki::nn {
namespace {

using test::encode;
using test::Encoding;

struct RandomGame {
  BoardSize size;
  Rules rules;
  std::vector<Move> moves;
};

RandomGame random_game(std::uint64_t seed) {
  constexpr BoardSize kSizes[] = {{9, 9}, {5, 5}, {7, 4}, {4, 9}, {13, 13}};
  Random random(seed);
  RandomGame game;
  game.size = kSizes[seed % 5];
  game.rules.ko = static_cast<KoRule>(random.below(3));
  game.rules.multi_stone_suicide = random.below(2) == 0;
  game.rules.tax = static_cast<TaxRule>(random.below(3));
  Position position(game.size, game.rules);
  const int length = static_cast<int>(random.below(static_cast<std::uint32_t>(game.size.area())));
  for (int i = 0; i < length; ++i) {
    Point p = Point::pass();
    for (int tries = 0; tries < 20 && p.is_pass(); ++tries) {
      const auto cell = random.below(static_cast<std::uint32_t>(game.size.area()));
      const Point q = Point::from_cell(static_cast<int>(cell), game.size);
      if (position.is_legal(q) && !position.board().is_simple_eye(q, position.to_move())) p = q;
    }
    game.moves.push_back({position.to_move(), p});
    position.play(p);
  }
  return game;
}

Position replay(const RandomGame& game, Symmetry symmetry) {
  Position position(symmetry.apply(game.size), game.rules);
  for (const Move& move : game.moves)
    position.play(Move{move.color, symmetry.apply(move.point, game.size)});
  return position;
}

TEST_CASE("a turned position looks like the position turned") {
  int laddered = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const RandomGame game = random_game(seed);
    const Position position = replay(game, Symmetry(0));
    INFO(position.board().to_diagram());
    for (int s = 0; s < Symmetry::count(game.size); ++s) {
      const Encoding turned = encode(position, {}, s);
      const Encoding expected = encode(replay(game, Symmetry(s)));
      REQUIRE(turned.global == expected.global);
      REQUIRE(turned.size == expected.size);
      for (int plane = 0; plane < kPlaneCount; ++plane) {
        CAPTURE(s, plane);
        REQUIRE(turned.plane(plane) == expected.plane(plane));
      }
      laddered += !turned.is_empty(14);
    }
  }
  CHECK(laddered > 20);
}

TEST_CASE("rectangles are flipped but not transposed") {
  const Position position = replay(random_game(7), Symmetry(0));
  REQUIRE(position.size() == BoardSize{7, 4});
  for (int s = 4; s < 8; ++s)
    CHECK(encode(position, {}, s).spatial == encode(position, {}, s - 4).spatial);
}

TEST_CASE("an encoder's memory of one position does not show in the next") {
  PlaneEncoder encoder;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const RandomGame game = random_game(seed);
    Position position(game.size, game.rules);
    for (const Move& move : game.moves) {
      position.play(move);
      const Encoding fresh = encode(position);
      Encoding reused = fresh;
      std::fill(reused.spatial.begin(), reused.spatial.end(), 7.0F);
      encoder.encode(position, Symmetry(0), {}, reused.spatial, reused.global);
      REQUIRE(reused.spatial == fresh.spatial);
      REQUIRE(reused.global == fresh.global);
    }
  }
}

}  // namespace
}  // namespace ponnuki::nn
