// What may be shown on a terminal.
#include "engine/printable.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "engine/json_line.h"

using namespace ponnuki;

TEST_CASE("Printable: what could steer a terminal is shown instead of sent") {
  const std::pair<const char*, const char*> rows[] = {
      {"plain", "plain"},
      {"", ""},
      {"\x1b[31mred", "\\x1B[31mred"},
      {"bell\x07", "bell\\x07"},
      {"del\x7f", "del\\x7F"},
      {"a\tb\nc\r", "a b c "},
      {"\xc2\x9b"
       "31m",
       "\\u009B31m"},  // C1: CSI
      {"\xc2\x80\xc2\x9f", "\\u0080\\u009F"},
      {"\xc2\xa0", "\xc2\xa0"},  // a blank that does not break
      {"\xe2\x80\xae"
       "evil",
       "\\u202Eevil"},  // right to left
      {"\xe2\x81\xa6\xe2\x81\xa9", "\\u2066\\u2069"},
      {"\xe2\x80\xa8", "\\u2028"},
      {"\xd8\x9c", "\\u061C"},
      {"\x9b"
       "31m",
       "\\x9B31m"},  // not UTF-8
      {"\xff\xc3", "\\xFF\\xC3"},
      {"\xe0\x80\x9b", "\\xE0\\x80\\x9B"},  // an overlong C1
      {"\xed\xa0\x80", "\\xED\\xA0\\x80"},
      {"\xe7\xa2\x81 \xed\x95\x9c \xf0\x9f\x98\x80 \xc3\xa9",
       "\xe7\xa2\x81 \xed\x95\x9c \xf0\x9f\x98\x80 \xc3\xa9"},
      {"\xd7\xa9\xd7\x9c", "\xd7\xa9\xd7\x9c"},  // Hebrew is no mark
  };
  for (const auto& [text, shown] : rows) CHECK(printable(text) == shown);
  CHECK(printable(std::string_view("a\0b", 3)) == "a\\x00b");
}

TEST_CASE("JSON lines have the same characters escaped, and mean the same") {
  const std::string name = "\x1b \xc2\x9b \xe2\x80\xae \x7f \xe7\xa2\x81";
  const nlohmann::json json = {{"name", name}};
  const std::string line = json_line(json);
  CHECK(line == "{\"name\":\"\\u001b \\u009b \\u202e \\u007f \xe7\xa2\x81\"}");
  CHECK(nlohmann::json::parse(line) == json);
}
