// Numbers in text.
#include "engine/text.h"

#include <catch2/catch.hpp>

using namespace ponnuki;

TEST_CASE("Numbers are whole words and finite") {
  CHECK(parse_integer("42") == 42);
  CHECK(parse_integer("+42") == 42);
  CHECK(parse_integer("-1") == -1);
  for (const char* text : {"", "+", "4.0", "4x", " 4", "99999999999999999999"}) {
    INFO(text);
    CHECK_FALSE(parse_integer(text));
  }
  CHECK(parse_number("7.5") == 7.5);
  CHECK(parse_number("-0.5") == -0.5);
  CHECK(parse_number("1e2") == 100);
  for (const char* text : {"", "nan", "inf", "-inf", "1e999", "7,5", "7.5x"}) {
    INFO(text);
    CHECK_FALSE(parse_number(text));
  }
}

TEST_CASE("Control characters are removed, but not tabs and bytes of UTF-8") {
  CHECK(without_controls("a\x1b[31mb\tc\r\n\x7f") == "a[31mb\tc");
  CHECK(without_controls("\xe7\xa2\x81") == "\xe7\xa2\x81");
}
