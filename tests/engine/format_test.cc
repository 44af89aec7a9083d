#include "engine/format.h"

#include <catch2/catch.hpp>

#include "engine/hexadecimal.h"

namespace ponnuki {
namespace {

TEST_CASE("format: texts of every length are whole") {
  CHECK(format("") == "");
  CHECK(format("%d points, %.1f %%", 3, 2.5) == "3 points, 2.5 %");
  for (const std::size_t length : {510U, 511U, 512U, 513U, 5000U}) {
    const std::string text(length, 'x');
    CHECK(format("%s", text.c_str()) == text);
  }
}

TEST_CASE("hexadecimal: two digits for each byte") {
  const unsigned char bytes[] = {0, 1, 0x9a, 0xff};
  CHECK(hexadecimal(bytes) == "00019aff");
  CHECK(hexadecimal({}) == "");
}

}  // namespace
}  // namespace ponnuki
