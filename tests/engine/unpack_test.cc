// gzip and xz files, whole, in parts, cut, damaged and too long.
#include "engine/unpack.h"

#include <catch2/catch.hpp>

#include "tests/support/packed_record.h"

using namespace ponnuki;

namespace {

const std::string& kText = test::kPlainRecord;
const std::string& kGzip = test::kGzipRecord;
const std::string& kXz = test::kXzRecord;

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
