// JSON from outside: no depth of it ends the program.
#include "engine/json_parse.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace ponnuki;

namespace {

std::string nested(int depth, const std::string& open, const std::string& close,
                   const std::string& inside = "1") {
  std::string text;
  for (int i = 0; i < depth; ++i) text += open;
  text += inside;
  for (int i = 0; i < depth; ++i) text += close;
  return text;
}

}  // namespace

TEST_CASE("JSON is read down to a depth, and not below") {
  CHECK(parse_json(nested(kJsonDepth, "[", "]")));
  for (const auto& text :
       {nested(kJsonDepth + 1, "[", "]"), nested(200'000, "[", "]"),
        nested(200'000, R"({"a":)", "}"), nested(50'000, R"([{"a":)", "}]"),
        R"({"a":")" + std::string(100'000, ']') + R"(","b":)" + nested(100'000, "[", "]") + "}",
        R"({"first":1,"list":[1,2,)" + nested(1000, "[", "]") + "]}"}) {
    CAPTURE(text.substr(0, 40));
    const auto json = parse_json(text);
    REQUIRE_FALSE(json);
    CHECK(json.error().message == "is nested too deeply");
  }
}

TEST_CASE("Brackets in strings are no depth") {
  const auto json = parse_json(R"({"a":")" + std::string(1000, '[') + R"("})");
  REQUIRE(json);
  CHECK(json->at("a").get<std::string>().size() == 1000);
}

TEST_CASE("Text that is not JSON is said to be none") {
  for (const char* text : {"", "{", "[1,]", "nul", "{\"a\":1}}", "\xff", "[1e400"}) {
    CAPTURE(text);
    const auto json = parse_json(text);
    REQUIRE_FALSE(json);
    CHECK(json.error().message == kNotJson);
  }
}

TEST_CASE("Values can be bounded in number, and keys be asked to be unique") {
  const char* const text = R"({"a":[1,2,3],"b":{"a":4}})";
  CHECK(parse_json(text, {.values = 20, .unique_keys = true}));
  CHECK(parse_json(text, {.values = 5}).error().message == "has too many entries");
  CHECK(parse_json(R"({"a":1,"a":2})"));
  CHECK(parse_json(R"({"x":[{"a":1,"a":2}]})", {.unique_keys = true}).error().message ==
        "has 'a' twice");
}
