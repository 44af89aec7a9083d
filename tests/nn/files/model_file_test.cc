// Reading and writing KataGo's model files: every version, kind of block and encoding; a real net
// where there is one.
#include "nn/files/model_file.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "nn/files/katago/model_writer.h"
#include "tests/support/hostile_files.h"
#include "tests/support/random_model.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_net.h"

namespace ponnuki::nn {
namespace {

using test::bytes_of;

TEST_CASE("a written net reads back to the same bytes") {
  const int version = GENERATE(3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
  const bool binary = GENERATE(true, false);
  const bool gzip = GENERATE(true, false);
  CAPTURE(version, binary, gzip);
  test::RandomModelOptions options;
  options.version = version;
  options.activation = Activation::kMish;
  options.metadata = version >= 15;
  const Model model = test::random_model(options);

  const auto bytes = model_to_bytes(model, {binary, gzip});
  REQUIRE(bytes.ok());
  const auto read = parse_model(bytes_of(*bytes), "net");
  if (!read.ok()) FAIL(read.error().message);

  CHECK(read->name == model.name);
  CHECK(read->version == version);
  CHECK(read->policy_channels() == policy_channels_of(version));
  CHECK(read->metadata_features() == (version >= 15 ? 192 : 0));
  CHECK(read->post.lead == (version >= 13 ? 22.0F : 20.0F));
  CHECK(read->trunk.blocks.size() == 3);
  // Norms fold without rounding, so that the bytes say that every weight came back.
  CHECK(*model_to_bytes(*read, {binary, gzip}) == *bytes);
}

TEST_CASE("a written transformer reads back to the same bytes") {
  const bool binary = GENERATE(true, false);
  test::RandomModelOptions options;
  options.version = 17;
  options.blocks = "traftm";
  options.q_values = GENERATE(true, false);
  if (options.q_values) options.tip_rms = TipRms{1e-5F, true};
  const Model model = test::random_model(options);
  const auto bytes = model_to_bytes(model, {binary, false});
  REQUIRE(bytes.ok());
  const auto read = parse_model(bytes_of(*bytes), "net");
  if (!read.ok()) FAIL(read.error().message);
  CHECK(read->policy_channels() == (options.q_values ? 4 : 2));
  CHECK(read->trunk.tip_rms.has_value() == options.q_values);
  const auto& fixed = std::get<TransformerAttentionBlock>(read->trunk.blocks[1]);
  CHECK(fixed.rope.kind == Rope::Kind::kFixed);
  CHECK(fixed.rope.theta == 20.0F);
  CHECK(fixed.query_channels == 10);
  CHECK(*model_to_bytes(*read, {binary, false}) == *bytes);
}

TEST_CASE("a model whose transformer blocks do not fit is not written") {
  const auto error_with = [](const auto& spoil) {
    Model model = test::random_model({.version = 17, .blocks = "tf"});
    spoil(model, std::get<TransformerAttentionBlock>(model.trunk.blocks[0]),
          std::get<TransformerFeedForwardBlock>(model.trunk.blocks[1]));
    const auto bytes = model_to_bytes(model, {});
    return bytes.ok() ? std::string() : bytes.error().message;
  };
  using Attention = TransformerAttentionBlock;
  using FeedForward = TransformerFeedForwardBlock;
  CHECK(error_with([](Model&, Attention&, FeedForward&) {}).empty());
  const auto check = [&](const char* expected, const auto& spoil) {
    const std::string error = error_with(spoil);
    CAPTURE(error, expected);
    CHECK(error.find(expected) != std::string::npos);
  };
  check("cannot be shared", [](Model&, Attention& a, FeedForward&) { a.kv_heads = 3; });
  check("cannot be shared", [](Model&, Attention& a, FeedForward&) { a.kv_heads = 0; });
  check("frequencies, expected 12",
        [](Model&, Attention& a, FeedForward&) { a.rope.frequencies.pop_back(); });
  check("is not positive", [](Model&, Attention& a, FeedForward&) {
    a.rope.kind = Rope::Kind::kFixed;
    a.rope.theta = 0;
  });
  check("144 weights, expected 138", [](Model&, Attention& a, FeedForward&) { a.q.out = 23; });
  check("points in its kernel", [](Model&, Attention& a, FeedForward&) {
    a.v.height = 3;
    a.v.weights.resize(3 * a.v.weights.size());
  });
  check("weights, expected 6",
        [](Model&, Attention& a, FeedForward&) { a.norm.weight.pop_back(); });
  check("epsilon", [](Model&, Attention& a, FeedForward&) { a.norm.epsilon = 0; });
  check("input channels", [](Model&, Attention&, FeedForward& f) { f.linear2.in = 12; });
  check("78 weights, expected 72", [](Model&, Attention&, FeedForward& f) { f.gate.out = 12; });
  check("epsilon", [](Model& m, Attention&, FeedForward&) { m.trunk.tip_rms = TipRms{2, false}; });
  check("came with version 15", [](Model& m, Attention&, FeedForward&) {
    m.trunk.tip_rms = TipRms{1e-6F, false};
    m.version = 12;
  });
}

TEST_CASE("the transformer nets of KataGo read back to the same bytes") {
  for (const std::string& path : test::transformer_nets()) {
    const auto model = load_model(path);
    if (!model.ok()) FAIL(model.error().message);
    CHECK(model->version == 17);
    CHECK(model->policy_channels() == 2);
    const std::string bytes = *model_to_bytes(*model, {.gzip = false});
    CHECK(*model_to_bytes(*parse_model(bytes_of(bytes), path), {.gzip = false}) == bytes);
  }
}

TEST_CASE("activations are read from version 11 on") {
  for (const Activation a :
       {Activation::kIdentity, Activation::kRelu, Activation::kMish, Activation::kSilu}) {
    Model model = test::random_model({.version = 11, .activation = a});
    const auto read = parse_model(bytes_of(*model_to_bytes(model, {})), "net");
    REQUIRE(read.ok());
    CHECK(read->trunk.tip.activation == a);
    CHECK(read->value.v2_activation == a);
    model.version = 10;
    CHECK(model_to_bytes(model, {}).ok() == (a == Activation::kRelu));
  }
}

TEST_CASE("batch norm is folded") {
  // One norm of one channel as text: mean 3, variance 4 - epsilon, scale 6, bias 10: y = 6 (x - 3)
  // / 2 + 10 = 3 x + 1.
  test::RandomModelOptions options;
  options.channels = 3;
  options.blocks = "o";
  const Model model = test::random_model(options);
  std::string text = *model_to_bytes(model, {.binary = false, .gzip = false});
  const std::string name = model.trunk.tip.name + " 3 1e-20 1 1\n";
  const auto begin = text.find(name);
  REQUIRE(begin != std::string::npos);
  const auto end = text.find(model.trunk.tip.name + "/act", begin);
  text.replace(begin, end - begin,
               model.trunk.tip.name + " 3 0.5 1 1\n3 3 3\n3.5 3.5 3.5\n6 6 6\n10 10 10\n");
  const auto read = parse_model(bytes_of(text), "net");
  if (!read.ok()) FAIL(read.error().message);
  CHECK(read->trunk.tip.scale == std::vector<float>(3, 3.0F));
  CHECK(read->trunk.tip.bias == std::vector<float>(3, 1.0F));

  text.replace(text.find(" 3 0.5 1 1\n3 3 3\n"), 43, " 3 0.5 0 0\n3 3 3\n3.5 3.5 3.5\n");
  const auto plain = parse_model(bytes_of(text), "net");
  if (!plain.ok()) FAIL(plain.error().message);
  CHECK(plain->trunk.tip.scale == std::vector<float>(3, 0.5F));
  CHECK(plain->trunk.tip.bias == std::vector<float>(3, -1.5F));
}

TEST_CASE("a net is written to a file whole") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "net.bin.gz";
  const Model model = test::random_model();
  REQUIRE(write_model(model, path, {}).ok());
  const auto read = load_model(path);
  if (!read.ok()) FAIL(read.error().message);
  CHECK(read->name == model.name);
  CHECK(std::distance(std::filesystem::directory_iterator(folder / ""), {}) == 1);
  CHECK_FALSE(write_model(model, folder / "no/such", {}).ok());
}

TEST_CASE("the b6c96 net loads") {
  const auto path = test::test_net();
  if (!path) {
    WARN("no test net: skipped");
    return;
  }
  const auto model = load_model(*path);
  if (!model.ok()) FAIL(model.error().message);
  CHECK(model->name == "g170-b6c96-s175395328-d26788732");
  CHECK(model->version == 8);
  CHECK(model->trunk.channels == 96);
  CHECK(model->trunk.blocks.size() == 6);
  CHECK(model->policy_channels() == 1);
  CHECK(model->value.misc_mul.out == 4);
}

}  // namespace
}  // namespace ponnuki::nn
