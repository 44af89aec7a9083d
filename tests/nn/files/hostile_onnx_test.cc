// ONNX files that are damaged, foreign, lying or hostile: each is one clear line, soon, in little
// memory.
#include <catch2/catch.hpp>
#include <limits>

#include "engine/random.h"
#include "nn/files/model_file.h"
#include "nn/files/onnx/onnx_file.h"
#include "nn/files/onnx/onnx_format.h"
#include "nn/files/onnx/protobuf.h"
#include "tests/support/hostile_files.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

using namespace onnx;
using test::contains;

std::string error_of(const std::string& bytes) { return test::net_file_error(bytes, "x.onnx"); }

std::string good_bytes() { return *onnx_to_bytes(test::random_model({.version = 12})); }

/// `from`, which stands there, as `to` of the same length.
std::string with(std::string bytes, const std::string& from, const std::string& to) {
  const auto at = bytes.find(from);
  REQUIRE(at != std::string::npos);
  REQUIRE(from.size() == to.size());
  return bytes.replace(at, from.size(), to);
}

/// An ONNX file with a graph of these fields, and our metadata before it or none.
std::string file_with_graph(const ProtobufWriter& graph) {
  ProtobufWriter file;
  file.number(ModelProto::kIrVersion, 8);
  file.text(ModelProto::kProducerName, "pytorch");
  file.message(ModelProto::kGraph, graph);
  return file.take();
}

ProtobufWriter tensor(const std::string& name, const std::string& data, int type = kFloatType) {
  ProtobufWriter proto;
  proto.number(TensorProto::kDims, static_cast<std::int64_t>(data.size() / 4));
  proto.number(TensorProto::kDataType, type);
  proto.text(TensorProto::kName, name);
  proto.text(TensorProto::kRawData, data);
  return proto;
}

TEST_CASE("an ONNX file cut off anywhere is an error") {
  const std::string bytes = good_bytes();
  REQUIRE(error_of(bytes).empty());
  for (std::size_t cut = 0; cut < bytes.size(); cut += cut < 20 ? 1 : 1 + bytes.size() / 499) {
    CAPTURE(cut);
    CHECK_FALSE(error_of(bytes.substr(0, cut)).empty());
  }
  CHECK(contains(error_of(bytes.substr(0, bytes.size() / 2)), "the file is truncated"));
}

TEST_CASE("a flipped bit in an ONNX file is an error, or not in the net") {
  const std::string bytes = good_bytes();
  Random random(4);
  int errors = 0;
  for (int i = 0; i < 600; ++i) {
    const std::string broken = test::with_flipped_bit(bytes, random);
    CAPTURE(i);
    const auto read = parse_model(test::bytes_of(broken), "x.onnx");
    errors += read.ok() ? 0 : 1;
    if (read.ok()) CHECK(*onnx_to_bytes(*read) == bytes);
  }
  CHECK(errors > 200);
}

TEST_CASE("ONNX files of other programs are refused") {
  ProtobufWriter node, graph;
  node.text(NodeProto::kOpType, "Relu");
  graph.message(GraphProto::kNode, node);
  CHECK(contains(error_of(file_with_graph(graph)), "Ponnuki did not write it"));
  graph.message(GraphProto::kInitializer, tensor("conv1.weight", std::string(400, '\0')));
  CHECK(contains(error_of(file_with_graph(graph)), "Ponnuki did not write it"));
}

TEST_CASE("what does not belong into an ONNX file of ours is named") {
  const std::string bytes = good_bytes();
  const auto broken = [&](const std::string& from, const std::string& to) {
    return error_of(with(bytes, from, to));
  };
  CHECK(contains(broken("ponnuki-net", "ponnuki-wet"), "Ponnuki did not write it"));
  CHECK(contains(broken("katago-v7", "katago-v9"), "'encoder' is 'katago-v9', which is unknown"));
  CHECK(contains(broken("\"name\":\"trunk\"", "\"name\":\"trank\""), "it is damaged"));
  CHECK(contains(broken("crc32:", "crc16:"), "its checksum is 'crc16:"));

  // More initializers behind the good ones; a second graph is joined to the first.
  const auto more = [&](const ProtobufWriter& initializer) {
    ProtobufWriter graph, file;
    graph.message(GraphProto::kInitializer, initializer);
    file.message(ModelProto::kGraph, graph);
    return error_of(bytes + file.bytes());
  };
  const std::string data(8, '\0');
  CHECK(contains(more(tensor("trunk.more", data)), "does not ask for"));
  CHECK(contains(more(tensor("trunk.tip.scale", data)), "'trunk.tip.scale' is there twice"));
  CHECK(contains(more(tensor("trunk.more", data, kInt64Type)), "does not hold floats"));
  CHECK(contains(more(tensor("trunk.more", "1234567")), "are no list of floats"));
  CHECK(contains(more(tensor(std::string(1000, 'x'), data)), "is no text of at most 256 bytes"));
  CHECK(contains(more(tensor("trunk.more", "\xFF\xFF\xFF\x7F")), "is NaN or infinite"));
  CHECK(contains(more(tensor("", data)), "Ponnuki did not write it"));
}

TEST_CASE("an initializer of another shape is named") {
  // trunk.tip.scale is [6, 1, 1]: its first side as 7.
  std::string bytes = good_bytes();
  const std::string name = "trunk.tip.scale";
  for (std::size_t at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at + 1)) {
    // dims 6, 1, 1, data_type 1, then the name.
    if (bytes.substr(at - 10, 8) == std::string("\x08\x06\x08\x01\x08\x01\x10\x01", 8))
      bytes[at - 9] = 7;
  }
  CHECK(contains(error_of(bytes), "'trunk.tip.scale' has the shape [7, 1, 1], expected [6, 1, 1]"));
}

TEST_CASE("hostile protobuf costs neither time nor memory") {
  const std::string start = "\x08\x08";
  const auto varint = [](std::uint64_t value) {
    std::string bytes;
    for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
    return bytes + static_cast<char>(value);
  };
  const std::string graph = "\x3A", initializer = "\x2A", raw_data = "\x4A";
  for (const std::uint64_t length : {1ULL << 20, 1ULL << 62, ~0ULL, ~0ULL - 1}) {
    CAPTURE(length);
    const std::string claimed = varint(length), far = varint(1ULL << 62);
    using Parts = std::vector<std::string>;
    for (const Parts& before :
         {Parts{graph}, Parts{"\x12"}, Parts{"\x72"}, Parts{graph, varint(1000), initializer},
          Parts{graph, far, initializer, varint(1ULL << 61), raw_data}}) {
      std::string bytes = start;
      for (const std::string& part : before) bytes += part;
      CHECK_FALSE(error_of(bytes.append(claimed)).empty());
    }
  }
  CHECK(contains(error_of(start + std::string(20, '\xFF')), "a number has no end"));
  CHECK(contains(error_of(start + "\x0B"), "a field of an unknown kind"));
  // A million empty fields, and a long one that nobody wants.
  std::string fields = start;
  for (int i = 0; i < 1'000'000; ++i) fields += std::string("\x12\0", 2);
  CHECK(contains(error_of(fields), "too many fields"));
  const std::string much(70 << 20, '\0');
  CHECK(
      contains(error_of(start + "\x12" + varint(much.size()) + much), "too much besides tensors"));
}

}  // namespace
}  // namespace ponnuki::nn
