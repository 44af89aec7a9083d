// gzip and xz files, whole, in parts, cut, damaged and too long. The packed bytes are those of
// gzip -n and xz.
#include "engine/unpack.h"

#include <catch2/catch.hpp>

using namespace ponnuki;

namespace {

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

const std::string kText = "(;SZ[9];B[ee])";
const std::string kGzip =
    from_hex("1f8b0800000000000003d3b00e8e8ab68cb5768a4e4d8dd5040042bcf3bb0e000000");
const std::string kXz = from_hex(
    "fd377a585a000004e6d6b4460200210116000000742fe5a301000d283b535a5b395d3b425b65655d29000000"
    "29382b162a183a580001260e081be0041fb6f37d010000000004595a");

std::string error_of(const std::string& bytes, std::size_t most = 1000) {
  const auto result = unpack(bytes, most);
  return result ? "none: " + *result : result.error().message;
}

}  // namespace

TEST_CASE("Unpack: what is not packed is returned as it is") {
  CHECK(unpack(kText, 1000).value() == kText);
  CHECK(unpack("", 1000).value().empty());
}

TEST_CASE("Unpack: gzip, one member or several") {
  CHECK(unpack(kGzip, 1000).value() == kText);
  CHECK(unpack(kGzip + kGzip, 1000).value() == kText + kText);
  CHECK(unpack(kGzip + "padding", 1000).value() == kText);
  CHECK(error_of(kGzip.substr(0, 20)) == "the gzip data end too early");
  CHECK(error_of(kGzip, 13) == "unpacks to more than the limit of 13 bytes");
  std::string damaged = kGzip;
  damaged[28] ^= 1;
  CHECK(error_of(damaged) == "the gzip data are damaged");
}

TEST_CASE("Unpack: xz, one stream or several") {
  if (error_of(kXz).find("no liblzma") != std::string::npos) {
    WARN("skipped: built without liblzma");
    return;
  }
  CHECK(unpack(kXz, 1000).value() == kText);
  CHECK(unpack(kXz + kXz, 1000).value() == kText + kText);
  CHECK(error_of(kXz.substr(0, 40)) == "the xz data end too early");
  CHECK(error_of(kXz, 13) == "unpacks to more than the limit of 13 bytes");
  std::string damaged = kXz;
  damaged[30] ^= 1;
  CHECK(error_of(damaged) == "the xz data are damaged");
}

TEST_CASE("Unpack: endings of packed files") {
  CHECK(has_packed_ending("a.sgf.gz"));
  CHECK(has_packed_ending("A.SGF.XZ"));
  CHECK_FALSE(has_packed_ending("gz"));
  CHECK_FALSE(has_packed_ending("a.sgf"));
}
