// Our own files and ONNX files: what is written reads back to the same bits, and tensors lie as the
// documents say.
#include "nn/files/tensors/container.h"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <nlohmann/json.hpp>

#include "nn/files/built_in_nets.h"
#include "nn/files/katago/model_writer.h"
#include "nn/files/model_file.h"
#include "nn/files/onnx/onnx_file.h"
#include "tests/support/hostile_files.h"
#include "tests/support/random_model.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::nn {
namespace {

using nlohmann::json;
using test::bytes_of;

/// KataGo's bytes say all that a model holds.
std::string all_of(const Model& model) { return *model_to_bytes(model, {true, false}); }

TEST_CASE("a net of any version comes back from our own files and from ONNX") {
  const int version = GENERATE(3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
  const Activation activation = GENERATE(Activation::kMish, Activation::kSilu);
  CAPTURE(version);
  const Model model = test::random_model(
      {.version = version, .activation = activation, .metadata = version >= 15, .dilation = 2});
  for (const auto& bytes : {container_to_bytes(model), onnx_to_bytes(model)}) {
    REQUIRE(bytes.ok());
    const auto read = parse_model(bytes_of(*bytes), "net");
    if (!read) FAIL(read.error().message);
    CHECK(all_of(*read) == all_of(model));
    CHECK(read->pass_alive_under_suicide == model.pass_alive_under_suicide);
  }
}

TEST_CASE("transformers come back from our own files, and are no ONNX") {
  test::RandomModelOptions options;
  options.version = 17;
  options.blocks = "tfogrfam";
  for (const bool whole_board : {false, true}) {
    options.tip_rms = TipRms{1e-4F, whole_board};
    const Model model = test::random_model(options);
    const auto bytes = container_to_bytes(model);
    if (!bytes) FAIL(bytes.error().message);
    const auto read = parse_model(bytes_of(*bytes), "net");
    if (!read) FAIL(read.error().message);
    CHECK(all_of(*read) == all_of(model));
    CHECK_THAT(onnx_to_bytes(model).error().message, Catch::Contains("write a .safetensors file"));
  }
}

TEST_CASE("a file of ours loads by its name, whatever that is") {
  const test::TemporaryFolder folder;
  const Model model = test::random_model();
  for (const auto& bytes : {container_to_bytes(model), onnx_to_bytes(model)}) {
    const auto read = load_model(folder.write("net", *bytes));
    if (!read) FAIL(read.error().message);
    CHECK(all_of(*read) == all_of(model));
  }
}

TEST_CASE("the built-in net comes back as well") {
  const auto model = load_named_model(kBuiltInNet);
  REQUIRE(model.ok());
  CHECK(all_of(*parse_model(bytes_of(*container_to_bytes(*model)), "net")) == all_of(*model));
  CHECK(all_of(*parse_model(bytes_of(*onnx_to_bytes(*model)), "net")) == all_of(*model));
}

/// A file taken apart as docs/formats.md describes it.
struct Parts {
  explicit Parts(const std::string& bytes) {
    std::uint64_t length = 0;
    for (int i = 7; i >= 0; --i) length = length << 8 | static_cast<unsigned char>(bytes.at(i));
    header = json::parse(bytes.substr(8, length));
    data = bytes.substr(8 + length);
    data_begin = 8 + length;
  }
  std::vector<float> values(const std::string& tensor) const {
    const auto begin = header[tensor]["data_offsets"][0].get<std::size_t>();
    const auto end = header[tensor]["data_offsets"][1].get<std::size_t>();
    std::vector<float> out((end - begin) / 4);
    std::memcpy(out.data(), data.data() + begin, end - begin);
    return out;
  }
  json header;
  std::string data;
  std::size_t data_begin = 0;
};

TEST_CASE("tensors have the axes of the field") {
  const Model model = test::random_model({.version = 11, .blocks = "on"});
  const Parts parts(*container_to_bytes(model));
  CHECK(parts.data_begin % 8 == 0);

  const ConvLayer& conv = model.trunk.initial_conv;
  const std::string kernel = "trunk.initial_conv.weights";
  CHECK(parts.header[kernel]["dtype"] == "F32");
  CHECK(parts.header[kernel]["shape"] == json({conv.out, conv.in, conv.height, conv.width}));
  const auto values = parts.values(kernel);
  REQUIRE(values.size() == conv.weights.size());
  const int out = 3, in = 7, y = 4, x = 1;
  CHECK(
      values[static_cast<std::size_t>(((out * conv.in + in) * conv.height + y) * conv.width + x)] ==
      conv.weights[static_cast<std::size_t>(((y * conv.width + x) * conv.in + in) * conv.out +
                                            out)]);

  const MatMulLayer& dense = model.value.v2_mul;
  CHECK(parts.header["value.v2_mul.weights"]["shape"] == json({dense.out, dense.in}));
  CHECK(parts.values("value.v2_mul.weights")[static_cast<std::size_t>(2 * dense.in + 5)] ==
        dense.weights[static_cast<std::size_t>(5 * dense.out + 2)]);

  const auto& nested = *std::get<std::shared_ptr<const NestedBlock>>(model.trunk.blocks[1]);
  const auto& inner = std::get<ResidualBlock>(nested.blocks[0]);
  CHECK(parts.values("trunk.blocks.1.blocks.0.norm2.scale") == inner.norm2.scale);
  CHECK(parts.values("value.v3_bias.bias") == model.value.v3_bias.bias);
}

TEST_CASE("the metadata say what the net is") {
  const Model model = test::random_model({.version = 14, .activation = Activation::kSilu});
  const Parts parts(*container_to_bytes(model));
  const json& metadata = parts.header["__metadata__"];
  CHECK(metadata["format"] == "ponnuki-net");
  CHECK(metadata["format_version"] == "1");
  const auto text = metadata["architecture"].get<std::string>();
  const json architecture = json::parse(text);
  CHECK(architecture["name"] == "random-v14");
  CHECK(architecture["version"] == 14);
  CHECK(architecture["encoder"] == "katago-v7");
  CHECK(architecture["post_process"]["lead"] == 22);
  CHECK(architecture["trunk"]["tip"]["activation"] == "silu");
  CHECK(architecture["trunk"]["blocks"].size() == 3);
  CHECK(architecture["trunk"]["blocks"][2]["kind"] == "nested_bottleneck");
  CHECK(architecture["trunk"]["blocks"][2]["blocks"][1]["kind"] == "global_pooling");

  const std::string covered = text + parts.data;
  char checksum[32];
  std::snprintf(
      checksum, sizeof checksum, "crc32:%08lx",
      crc32(0, reinterpret_cast<const Bytef*>(covered.data()), static_cast<uInt>(covered.size())));
  CHECK(metadata["checksum"] == checksum);
}

TEST_CASE("older versions are of older encoders") {
  for (const auto& [version, encoder] :
       {std::pair{3, "katago-v3"}, {4, "katago-v3"}, {5, "katago-v4"}, {7, "katago-v6"}}) {
    const Parts parts(*container_to_bytes(test::random_model({.version = version})));
    const json architecture =
        json::parse(parts.header["__metadata__"]["architecture"].get<std::string>());
    CHECK(architecture["encoder"] == encoder);
  }
}

TEST_CASE("names that are no ASCII are written as such") {
  Model model = test::random_model();
  model.trunk.name = "tr\xFFunk";
  const auto read = parse_model(bytes_of(*container_to_bytes(model)), "net");
  REQUIRE(read.ok());
  CHECK(read->trunk.name == "tr?unk");
}

TEST_CASE("a model that does not fit together is not written") {
  Model model = test::random_model();
  model.trunk.tip.scale.pop_back();
  CHECK_FALSE(container_to_bytes(model).ok());
  CHECK_FALSE(onnx_to_bytes(model).ok());
}

}  // namespace
}  // namespace ponnuki::nn
