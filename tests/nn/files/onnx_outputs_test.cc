// What an ONNX file has to compute, for tests/e2e/onnx_outputs.py: nets of all kinds of blocks and
// heads as ONNX files, and beside each what the reference network says of some boards.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/file.h"
#include "engine/random.h"
#include "nn/files/built_in_nets.h"
#include "nn/files/onnx/onnx_file.h"
#include "nn/inputs/planes.h"
#include "nn/reference/reference_network.h"
#include "tests/support/random_input.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

using nlohmann::json;

Position random_position(BoardSize size, Random& random) {
  Position position(size);
  for (int move = 0; move < size.area() / 2; ++move) {
    const auto cell = static_cast<int>(random.below(static_cast<std::uint32_t>(size.area())));
    const Point point = Point::from_cell(cell, size);
    if (position.is_legal(point)) position.play(point);
  }
  return position;
}

json cases_of(const Model& model) {
  ReferenceNetwork network(std::make_shared<const Model>(model));
  json cases = json::array();
  Random random(1);
  for (const BoardSize size : {BoardSize{9, 9}, {4, 7}, {13, 13}, {2, 2}, {19, 19}}) {
    test::RandomInput input(model, size, 1);  // of which the metadata stay
    encode_planes(random_position(size, random), Symmetry(), {}, input.spatial, input.global);
    NetworkOutput output;
    network.forward({&input.input, 1}, {&output, 1});
    cases.push_back({{"width", size.width},
                     {"height", size.height},
                     {"input_spatial", input.spatial},
                     {"input_global", input.global},
                     {"input_metadata", input.metadata},
                     {"policy", output.policy},
                     {"value", output.value},
                     {"misc", output.misc},
                     {"ownership", output.ownership}});
  }
  return cases;
}

TEST_CASE("write ONNX files and their outputs", "[.onnx]") {
  const char* folder = std::getenv("PONNUKI_WRITE_ONNX");
  if (folder == nullptr || !std::filesystem::is_directory(folder))
    FAIL("PONNUKI_WRITE_ONNX must name an existing folder, where the nets shall be written");
  std::vector<std::pair<std::string, Model>> nets;
  int kind = 0;
  for (const int version : {8, 11, 12, 15, 16}) {
    constexpr Activation kKinds[] = {Activation::kRelu, Activation::kMish, Activation::kSilu};
    nets.emplace_back("v" + std::to_string(version),
                      test::random_model({.version = version,
                                          .activation = kKinds[kind++ % 3],
                                          .metadata = version == 15,
                                          .dilation = version == 12 ? 2 : 1}));
  }
  nets.emplace_back("built-in", *load_named_model(kBuiltInNet));
  for (const auto& [name, model] : nets) {
    const auto path = std::filesystem::path(folder) / name;
    REQUIRE(write_file_atomically(path.string() + ".onnx", *onnx_to_bytes(model)).ok());
    std::ofstream(path.string() + ".json") << cases_of(model);
  }
}

}  // namespace
}  // namespace ponnuki::nn
