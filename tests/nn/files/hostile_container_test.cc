// Our own files damaged, truncated, lying and hostile: each is one clear line, soon, in little
// memory.
#include <zlib.h>

#include <catch2/catch.hpp>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/random.h"
#include "nn/files/model_file.h"
#include "nn/files/tensors/container.h"
#include "tests/support/hostile_files.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

using nlohmann::json;
using test::contains;

/// The error of a file with these bytes; "" if it loads.
std::string error_of(const std::string& bytes) {
  return test::net_file_error(bytes, "x.safetensors");
}

std::string length_bytes(std::uint64_t length) {
  std::string bytes;
  for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(length >> shift & 0xFF);
  return bytes;
}

/// A good file taken apart, to be put together again with lies in it.
struct File {
  File() {
    const std::string bytes =
        *container_to_bytes(test::random_model({.version = 15, .metadata = true}));
    std::uint64_t length = 0;
    for (int i = 7; i >= 0; --i) length = length << 8 | static_cast<unsigned char>(bytes.at(i));
    header = json::parse(bytes.substr(8, length));
    data = bytes.substr(8 + length);
    architecture = json::parse(header["__metadata__"]["architecture"].get<std::string>());
  }
  /// With the architecture as it is now, and the checksum that goes with it.
  void seal() {
    const std::string text = architecture.dump(), covered = text + data;
    char checksum[32];
    std::snprintf(checksum, sizeof checksum, "crc32:%08lx",
                  crc32(0, reinterpret_cast<const Bytef*>(covered.data()),
                        static_cast<uInt>(covered.size())));
    header["__metadata__"]["architecture"] = text;
    header["__metadata__"]["checksum"] = checksum;
  }
  static std::string with_header(const std::string& text, const std::string& data) {
    return length_bytes(text.size()) + text + data;
  }
  std::string bytes() const { return with_header(header.dump(), data); }

  json header, architecture;
  std::string data;
};

const std::string kTensor = "trunk.initial_conv.weights";

TEST_CASE("a file put together again loads") {
  File file;
  CHECK(error_of(file.bytes()) == "");
  file.seal();
  CHECK(error_of(file.bytes()) == "");
}

TEST_CASE("a file of ours cut off anywhere is an error") {
  const std::string bytes = *container_to_bytes(test::random_model());
  for (std::size_t cut = 0; cut < bytes.size(); cut += cut < 20 ? 1 : 1 + bytes.size() / 499) {
    CAPTURE(cut);
    CHECK_FALSE(error_of(bytes.substr(0, cut)).empty());
  }
  CHECK(contains(error_of(bytes.substr(0, 100)), "within its header the file is truncated"));
  CHECK(contains(error_of(bytes.substr(0, bytes.size() - 1)), "'value.ownership_conv.weights'"));
  CHECK(contains(error_of(bytes + "x"), "more data than its header tells of"));
}

TEST_CASE("a flipped bit anywhere is an error or changes a file's form only") {
  const Model model = test::random_model();
  const std::string bytes = *container_to_bytes(model);
  Random random(3);
  for (int i = 0; i < 600; ++i) {
    const std::string broken = test::with_flipped_bit(bytes, random);
    CAPTURE(i);
    if (!error_of(broken).empty()) continue;
    const auto read = parse_model(test::bytes_of(broken), "x");
    CHECK(*container_to_bytes(*read) == bytes);
  }
}

TEST_CASE("every lie of a header is named") {
  using Change = std::function<void(File&)>;
  struct Case {
    const char* title;
    Change change;
    std::string expected;
  };
  const auto metadata = [](const char* key, const json& value) {
    return [=](File& f) { f.header["__metadata__"][key] = value; };
  };
  const auto tensor = [](const char* key, const json& value) {
    return [=](File& f) { f.header[kTensor][key] = value; };
  };
  const auto without = [](const char* key) {
    return [=](File& f) { f.header["__metadata__"].erase(key); };
  };
  const Case cases[] = {
      {"foreign", [](File& f) { f.header.erase("__metadata__"); }, "Ponnuki did not write it"},
      {"other format", metadata("format", "pt"), "Ponnuki did not write it"},
      {"newer format", metadata("format_version", "2"), "'2', and only version 1 is known"},
      {"no version", without("format_version"), "'', and only version 1 is known"},
      {"no architecture", without("architecture"), "its architecture is not a JSON object"},
      {"metadata no text", metadata("note", 7), "'note' of its __metadata__ is not a text"},
      {"metadata a list", [](File& f) { f.header["__metadata__"] = json::array(); },
       "its __metadata__ is not an object"},
      {"wrong checksum", metadata("checksum", "crc32:00000000"), "it is damaged"},
      {"no checksum", without("checksum"), "its checksum is ''"},
      {"damaged data", [](File& f) { f.data[40] ^= 1; }, "it is damaged"},
      {"wrong type", tensor("dtype", "F16"), "holds F16, and only F32 is read"},
      {"type no text", tensor("dtype", 4), "has other entries than dtype"},
      {"turned shape", tensor("shape", {22, 6, 5, 5}), "[22, 6, 5, 5], expected [6, 22, 5, 5]"},
      {"no shape", tensor("shape", json::array()), "has no shape"},
      {"negative side", tensor("shape", {6, -22, 5, 5}), "has no shape"},
      {"broken side", tensor("shape", {6, 2.5, 5, 5}), "has no shape"},
      {"endless shape", tensor("shape", std::vector<int>(9, 1)), "has no shape"},
      {"huge side", tensor("shape", {6, 1ULL << 40, 5, 5}), "is too large"},
      {"overlap", [](File& f) { f.header[kTensor]["data_offsets"][1] = 4; }, "begins at byte"},
      {"gap", [](File& f) { f.header[kTensor]["data_offsets"][0] = 4; }, "begins at byte 4 of"},
      {"backwards", tensor("data_offsets", {8, 4}), "has no data_offsets"},
      {"huge end", tensor("data_offsets", {0, 1ULL << 63}), "begins at byte"},
      {"three offsets", tensor("data_offsets", {0, 4, 8}), "has no data_offsets"},
      {"more entries", tensor("note", "x"), "has other entries than dtype"},
      {"tensor missing", [](File& f) { f.header.erase("value.ownership_conv.weights"); },
       "'value.ownership_conv.weights' is missing"},
      {"tensor foreign",
       [](File& f) {
         f.header["more"] = {
             {"dtype", "F32"}, {"shape", {0}}, {"data_offsets", {f.data.size(), f.data.size()}}};
       },
       "'more' is none that its architecture asks for"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.title);
    File file;
    c.change(file);
    const std::string error = error_of(file.bytes());
    CAPTURE(error);
    CHECK(contains(error, "cannot read this safetensors file: "));
    CHECK(contains(error, c.expected));
  }
}

TEST_CASE("every lie of an architecture is named") {
  struct Case {
    const char* title;
    const char* pointer;
    json value;
    std::string expected;
  };
  const Case cases[] = {
      {"foreign encoder", "/encoder", "leela-zero", "'encoder' is 'leela-zero', which is unknown"},
      {"newer version", "/version", 99, "'version' is 99, expected an integer from 3 to"},
      {"version a text", "/version", "15", "'version' is "},
      {"huge version", "/version", ~0ULL, "'version' is 18446744073709551615"},
      {"no planes", "/spatial_planes", 0, "'spatial_planes' is 0"},
      {"empty name", "/name", "", "'name' is not a name"},
      {"name of two words", "/trunk/name", "a b", "'trunk.name' is not a name"},
      {"name no text", "/trunk/name", 3, "'trunk.name' is not a name"},
      {"multiplier 0", "/post_process/lead", 0, "'post_process.lead' is not a positive number"},
      {"multiplier beyond floats", "/post_process/lead", 1e300, "is not a positive number"},
      {"flag a number", "/pass_alive_under_suicide", 1, "is neither true nor false"},
      {"trunk a text", "/trunk", "t", "'trunk' is not an object"},
      {"huge layer", "/trunk/initial_conv/out", 2000000000, "'trunk.initial_conv.out' is 2000000"},
      {"large but thin", "/trunk/initial_conv/in", 8192, "is too large"},
      {"even kernel", "/trunk/initial_conv/height", 4, "an even side"},
      {"unknown activation", "/trunk/tip/activation", "gelu", "'gelu', an unknown activation"},
      {"unknown block", "/trunk/blocks/0/kind", "spiral", "of the unknown kind 'spiral'"},
      {"no blocks", "/trunk/blocks", json::array(), "'trunk.blocks' is not a list of 1 to"},
      {"blocks no list", "/trunk/blocks", 3, "'trunk.blocks' is not a list"},
      {"block no object", "/trunk/blocks/1", 3, "'trunk.blocks.1' is not an object"},
      {"something new", "/trunk/attention", true, "'trunk' has something that this version does"},
      {"no metadata", "/metadata_version", 0, "'trunk' has something that this version does"},
      {"other width", "/trunk/channels", 7, "do not fit together"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.title);
    File file;
    file.architecture[json::json_pointer(c.pointer)] = c.value;
    file.seal();
    const std::string error = error_of(file.bytes());
    CAPTURE(error);
    CHECK(contains(error, c.expected));
  }
  File file;
  file.architecture["trunk"].erase("tip");
  file.seal();
  CHECK(contains(error_of(file.bytes()), "'trunk.tip' is missing"));
}

TEST_CASE("an activation that the version does not have is named") {
  Model model = test::random_model({.version = 8});
  model.trunk.tip.activation = Activation::kMish;
  CHECK(contains(error_of(*container_to_bytes(model)),
                 "'trunk.tip.activation' is mish, and versions before 11 have only relu"));
}

TEST_CASE("weights of our own files are finite") {
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
    Model model = test::random_model();
    model.value.v3_bias.bias[1] = bad;
    CHECK(contains(error_of(*container_to_bytes(model)),
                   "a weight of 'value.v3_bias.bias' is NaN or infinite"));
  }
}

TEST_CASE("hostile JSON costs neither stack nor memory") {
  const File file;
  const auto error = [&](const std::string& header) {
    return error_of(File::with_header(header, file.data));
  };
  std::string deep, wide;
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":[";
  CHECK(contains(error(deep), "its header is nested too deep"));
  for (int i = 0; i < 200'000; ++i) wide += "1,";
  CHECK(contains(error("{\"a\":[" + wide + "1]}"), "its header has too many entries"));
  CHECK(contains(error("{" + std::string(500'000, ' ')), "its header is not a JSON object"));
  CHECK(contains(error("{\"a\":\"\xFF\"}"), "its header is not a JSON object"));
  CHECK(contains(error("{} {}"), "its header is not a JSON object"));

  std::string twice = file.header.dump();
  twice.insert(1, "\"" + kTensor + "\":" + file.header[kTensor].dump() + ",");
  CHECK(contains(error(twice), "its header has '" + kTensor + "' twice"));

  File nested;
  for (int depth = 0; depth < 6; ++depth) {
    json block = nested.architecture["trunk"]["blocks"][2];
    block["blocks"] = json::array({nested.architecture["trunk"]["blocks"][2]});
    nested.architecture["trunk"]["blocks"][2] = block;
  }
  nested.seal();
  CHECK(contains(error_of(nested.bytes()), "nested too deep"));
}

TEST_CASE("a header's length may lie") {
  const std::string bytes = *container_to_bytes(test::random_model());
  const std::string rest = bytes.substr(8);
  CHECK(contains(error_of(length_bytes(0xFFFFFFFF) + rest), "claims to have 4294967295 bytes"));
  CHECK(contains(error_of(length_bytes(1 << 21) + rest), "claims to have 2097152 bytes"));
  // What claims to have terabytes is not taken for such a file at all.
  CHECK(contains(error_of(length_bytes(1ULL << 42) + rest), "this is not a KataGo net"));
  CHECK(contains(error_of(length_bytes(0) + rest), "its header is not a JSON object"));
  CHECK(contains(error_of(length_bytes(50) + rest), "its header is not a JSON object"));
}

}  // namespace
}  // namespace ponnuki::nn
