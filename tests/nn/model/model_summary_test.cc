// What `ponnuki net info` says of a net.
#include "nn/model/model_summary.h"

#include <catch2/catch.hpp>

#include "nn/files/model_file.h"
#include "tests/support/random_model.h"
#include "tests/support/test_net.h"

namespace ponnuki::nn {
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

TEST_CASE("work of attention grows with the square of the board") {
  const auto on = [](const char* blocks, std::uint8_t side) {
    return flops_per_position(test::random_model({.version = 17, .blocks = blocks}), {side, side});
  };
  // 4 heads of 6 channels for the scores and 3 for the values; matrices 6 -> 24, 12, 6 and 12 -> 6.
  const auto attention = [&](std::uint8_t side) { return on("t", side) - on("", side); };
  CHECK(attention(9) == 2 * 81 * (6 * (24 + 12 + 6) + 12 * 6) + 2 * 81 * 81 * 4 * (6 + 3));
  CHECK(attention(19) == 2 * 361 * (6 * (24 + 12 + 6) + 12 * 6) + 2 * 361 * 361 * 4 * (6 + 3));
  CHECK(on("f", 5) - on("", 5) == 2 * 25 * 3 * 6 * 13);
}

TEST_CASE("transformers are described") {
  const Model model =
      test::random_model({.version = 17, .blocks = "traf", .tip_rms = TipRms{0.1F, false}});
  const std::string text = describe_model(model);
  CAPTURE(text);
  for (const char* part :
       {"attention: 4 heads of 6 and 3 channels, 2 of keys and values, learned rotary embedding\n",
        "attention: 2 heads of 10 and 3 channels, fixed rotary embedding\n",
        "attention: 3 heads of 5 and 3 channels, 1 of keys and values\n",
        "feed-forward: 6 -> 13 gated -> 6\n", "ReLU, RMS norm at its end\n",
        "receptive field   5x5, and the whole board"}) {
    CHECK(text.find(part) != std::string::npos);
  }
  const Model plain = test::random_model({.version = 17, .blocks = ""});
  const Model attention = test::random_model({.version = 17, .blocks = "t"});
  // The norm, four matrices and the frequencies.
  CHECK(summarize_model(attention).parameters - summarize_model(plain).parameters ==
        6 + 6 * (24 + 12 + 6) + 12 * 6 + 12);
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
}  // namespace ponnuki::nn
