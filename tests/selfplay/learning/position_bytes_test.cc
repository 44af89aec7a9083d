// Positions as bytes, for helpers in other processes.
#include <catch2/catch.hpp>

#include "selfplay/learning/gradient_helper.h"
#include "tests/support/random_game_record.h"

namespace ponnuki::selfplay {
namespace {

/// Positions with every kind of target: known, unknown, of bits and of other numbers.
std::vector<TrainingPosition> some_positions() {
  std::vector<TrainingPosition> positions(3);
  nn::PlaneEncoder encoder;
  const auto game = test::random_game(1), wide = test::random_game(2, {7, 3});
  make_training_position(*game, 3, Symmetry(1), {}, encoder, positions[0]);
  make_training_position(*wide, 5, Symmetry(2), {}, encoder, positions[1]);
  positions[2] = positions[0];
  positions[2].target = {};
  positions[2].target.policy.assign(26, 0);
  positions[2].target.policy[7] = 1;
  positions[2].target.lead = 2.5F;
  return positions;
}

}  // namespace

TEST_CASE("Positions as bytes: they are read as they were") {
  const auto positions = some_positions();
  const std::string bytes = positions_to_bytes(positions);
  const auto read = positions_of_bytes(bytes);
  REQUIRE(read);
  REQUIRE(read->size() == positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const TrainingPosition &a = (*read)[i], &b = positions[i];
    CHECK(a.size == b.size);
    CHECK(a.spatial == b.spatial);
    CHECK(a.global == b.global);
    CHECK(a.target.policy == b.target.policy);
    CHECK(a.target.reply == b.target.reply);
    CHECK(a.target.ownership == b.target.ownership);
    CHECK(a.target.result == b.target.result);
    CHECK(a.target.td_values == b.target.td_values);
    CHECK(a.target.weight == b.target.weight);
    CHECK(a.target.score == b.target.score);
    CHECK(a.target.lead == b.target.lead);
    CHECK(a.target.td_score == b.target.td_score);
  }
  CHECK(positions_of_bytes("")->empty());
  // Planes are bits: 22 planes of 25 points alone would be 2200 bytes as floats.
  CHECK(positions_to_bytes(std::span(positions).first(1)).size() < 700);
}

TEST_CASE("Positions as bytes: what is cut or of another size is refused") {
  const auto positions = some_positions();
  const std::string bytes = positions_to_bytes(std::span(positions).first(1));
  for (std::size_t size = 1; size < bytes.size(); ++size)
    CHECK(!positions_of_bytes(std::string_view(bytes).substr(0, size)));
  for (const char side : {'\0', '\6', '\x1a', '\xff'}) {
    std::string other = bytes;
    other[0] = side;
    CHECK(!positions_of_bytes(other));
  }
  std::string giant = bytes;
  giant.replace(3, 4, "\xff\xff\xff\xff");  // the number of bits
  CHECK(!positions_of_bytes(giant));
  CHECK(!GradientHelper(1).compute({}, {}, bytes));
  CHECK(!GradientHelper(1).take_model("nonsense"));
}

}  // namespace ponnuki::selfplay
