// Samples of game records: what augmentation varies, and what it keeps.
#include "selfplay/learning/record_samples.h"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

#include "nn/inputs/planes.h"

namespace ponnuki::selfplay {
namespace {

/// One game under Japanese rules, with one position: the move at 4-3 of an empty board.
SplitCollection one_position() {
  const auto tree = sgf::parse_sgf("(;SZ[9]KM[6.5]RU[Japanese]RE[B+R];B[dc])");
  REQUIRE(tree);
  const auto game = read_played_game(*tree, tree->roots().front(), Rules{});
  REQUIRE(game);
  SplitCollection games;
  games.training.add(*game);
  return games;
}

/// What 100 samples differ in.
struct Variety {
  std::set<std::vector<float>> globals, policies, results;
};

Variety variety(bool augment) {
  RecordSamples samples(one_position(), 1, augment);
  nn::PlaneEncoder encoder;
  TrainingPosition position;
  Variety variety;
  for (int i = 0; i < 100; ++i) {
    samples.next()({}, encoder, position);
    variety.globals.insert(position.global);
    variety.policies.insert(position.target.policy);
    variety.results.insert({position.target.result.begin(), position.target.result.end()});
  }
  return variety;
}

}  // namespace

TEST_CASE("Record samples: augmentation shows a position turned and under other rules") {
  const Variety plain = variety(false), augmented = variety(true);
  CHECK(plain.globals.size() == 1);
  CHECK(plain.policies.size() == 1);
  CHECK(augmented.globals.size() > 8);
  CHECK(augmented.policies.size() == 8);
  CHECK(augmented.results == plain.results);
}

}  // namespace ponnuki::selfplay
