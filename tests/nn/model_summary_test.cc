// What `ponnuki net info` says of a net.
#include "nn/model_summary.h"

#include <catch2/catch.hpp>

#include "nn/model_file.h"
#include "tests/support/random_model.h"
#include "tests/support/test_net.h"

namespace ponnuki {
namespace {

TEST_CASE("receptive fields add up") {
  // 5×5 first, then ordinary: two 3×3 of which the first is dilated by 2.
  const Model plain = test::random_model({.blocks = "oo", .dilation = 2});
  CHECK(summarize_model(plain).receptive_height == 5 + 2 * (4 + 2));
  CHECK_FALSE(summarize_model(plain).sees_whole_board);
  const Model pooled =
      test::random_model({.blocks = "n"});  // an ordinary and a pooling block inside
  CHECK(summarize_model(pooled).receptive_width == 5 + 2 * 4);
  CHECK(summarize_model(pooled).sees_whole_board);
}

TEST_CASE("work grows with the board") {
  const Model model = test::random_model();
  const auto on = [&](std::uint8_t side) { return flops_per_position(model, {side, side}); };
  // The convolutions grow with the area, the matrices do not.
  CHECK(on(19) - on(9) == (361 - 81) * (on(2) - on(1)) / 3);
  CHECK(on(1) > 0);
}

TEST_CASE("the text names every block") {
  const std::string text = describe_model(test::random_model({.version = 15, .metadata = true}));
  CHECK(text.find("random-v15") != std::string::npos);
  CHECK(text.find("192 of metadata") != std::string::npos);
  CHECK(text.find("residual: 3x3, 6 -> 7; 3x3, 7 -> 6") != std::string::npos);
  CHECK(text.find("global pooling: 3x3, 6 -> 5, pooled 3x3, 6 -> 2; 3x3, 5 -> 6") !=
        std::string::npos);
  CHECK(text.find("nested bottleneck: 1x1, 6 -> 4; ...; 1x1, 4 -> 6") != std::string::npos);
}

TEST_CASE("the b6c96 net is described") {
  const auto path = test::test_net();
  if (!path) {
    WARN("no test net: skipped");
    return;
  }
  const std::string text = describe_model(*load_model(*path));
  CHECK(text.find("6 blocks of 96 channels, ReLU") != std::string::npos);
  CHECK(text.find("19x19 0.7") != std::string::npos);
}

}  // namespace
}  // namespace ponnuki
