// Nets of AlphaGo's kind in our own files: what is written comes back, and files that are wrong.
#include <catch2/catch.hpp>

#include "nn/files/model_file.h"
#include "nn/files/tensors/container.h"
#include "tests/support/random_tower.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::nn {
namespace {

std::vector<TowerModel> all_kinds() {
  using test::random_tower;
  TowerModel elf = random_tower({.encoder = Encoder::kLeelaZero});
  elf.value_is_blacks = true;
  return {elf, random_tower({.encoder = Encoder::kAlphaGoZero, .size = {7, 5}, .blocks = ""}),
          random_tower({.encoder = Encoder::kAlphaGo,
                        .first_kernel = 5,
                        .blocks = "ccc",
                        .dense_policy = false,
                        .value = false}),
          random_tower({.encoder = Encoder::kAlphaGo, .blocks = "crc", .colour = true})};
}

Result<AnyModel> read(const std::string& bytes) {
  ByteStream stream(
      bytes_of_memory({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()}), {});
  return read_container(stream);
}

TEST_CASE("towers of every encoder come back from our own files") {
  for (const TowerModel& model : all_kinds()) {
    const auto bytes = container_to_bytes(model);
    REQUIRE(bytes);
    const auto net = read(*bytes);
    if (!net) FAIL(net.error().message);
    const TowerModel& back = std::get<TowerModel>(*net);
    CHECK(back.name == model.name);
    CHECK(back.encoder == model.encoder);
    CHECK(back.size == model.size);
    CHECK(back.value_is_blacks == model.value_is_blacks);
    CHECK(back.value.has_value() == model.value.has_value());
    CHECK(back.blocks.size() == model.blocks.size());
    CHECK(*container_to_bytes(back) == *bytes);  // and so all weights
  }
}

/// The bytes with one text in the place of another of the same length.
std::string changed(std::string bytes, const std::string& from, const std::string& to) {
  REQUIRE(from.size() == to.size());
  const std::size_t at = bytes.find(from);
  REQUIRE(at != std::string::npos);
  return bytes.replace(at, from.size(), to);
}

TEST_CASE("a tower for unknown planes, or for others than it has, is refused by name") {
  const std::string bytes = *container_to_bytes(all_kinds()[1]);
  CHECK_THAT(read(changed(bytes, "encoder\\\":\\\"alphago-zero", "encoder\\\":\\\"alphago-nono"))
                 .error()
                 .message,
             Catch::Contains("'encoder' is 'alphago-nono', which is unknown"));
  CHECK_THAT(read(changed(bytes, "encoder\\\":\\\"alphago-zero", "encoder\\\":\\\"katago-v7\\\","))
                 .error()
                 .message,
             Catch::Contains("architecture"));
  CHECK_THAT(read(changed(bytes, "\\\"width\\\":7", "\\\"width\\\":8")).error().message,
             Catch::Contains("checksum"));
}

TEST_CASE("a tower's file is a net by any name, but not where KataGo's kind is wanted") {
  const test::TemporaryFolder folder;
  const std::string path = folder.write("net", *container_to_bytes(all_kinds()[0]));
  CHECK(load_net(path));
  CHECK_THAT(load_model(path).error().message,
             Catch::Contains("only nets of KataGo's kind will do"));
}

TEST_CASE("a truncated tower is refused wherever it ends") {
  const std::string bytes = *container_to_bytes(all_kinds()[2]);
  for (std::size_t length = 0; length < bytes.size(); length += 211)
    CHECK_FALSE(read(bytes.substr(0, length)));
}

}  // namespace
}  // namespace ponnuki::nn
