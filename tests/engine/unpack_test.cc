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

/// Checks the packed bytes of kText, a cut at `cut` and a change of the byte at `flipped`.
void check(const std::string& packed, const std::string& format, std::size_t cut,
           std::size_t flipped) {
  CHECK(unpack(packed, 1000).value() == kText);
  CHECK(unpack(packed + packed, 1000).value() == kText + kText);
  CHECK(error_of(packed.substr(0, cut)) == "the " + format + " data end too early");
  CHECK(error_of(packed, 13) == "unpacks to more than the limit of 13 bytes");
  std::string damaged = packed;
  damaged[flipped] ^= 1;
  CHECK(error_of(damaged) == "the " + format + " data are damaged");
}

}  // namespace

TEST_CASE("Unpack: what is not packed is returned as it is") {
  CHECK(unpack(kText, 1000).value() == kText);
  CHECK(unpack("", 1000).value().empty());
}

TEST_CASE("Unpack: gzip, one member or several") {
  check(kGzip, "gzip", 20, 28);
  CHECK(unpack(kGzip + "padding", 1000).value() == kText);
}

TEST_CASE("Unpack: xz, one stream or several") {
  if (error_of(kXz).find("no liblzma") != std::string::npos) {
    WARN("skipped: built without liblzma");
    return;
  }
  check(kXz, "xz", 40, 30);
}

TEST_CASE("Unpack: endings of packed files") {
  CHECK(has_packed_ending("a.sgf.gz"));
  CHECK(has_packed_ending("A.SGF.XZ"));
  CHECK_FALSE(has_packed_ending("gz"));
  CHECK_FALSE(has_packed_ending("a.sgf"));
}
