// Lines as the GTP 2 draft wants them read.
#include "gtp/command.h"

#include <catch2/catch.hpp>

#include "gtp/response.h"

namespace ponnuki::gtp {

TEST_CASE("A line is an id, a name and arguments") {
  struct Row {
    std::string_view line;
    std::string id, name, rest;
  };
  const Row rows[] = {
      {"name", "", "name", ""},
      {"  name  ", "", "name", ""},
      {"12 play b D4", "12", "play", "b D4"},
      {"play\tb\tD4", "", "play", "b D4"},
      {"play b D4\r", "", "play", "b D4"},
      {"pl\x01"
       "ay b\x7f D4",
       "", "play", "b D4"},
      {"play b D4 # a comment", "", "play", "b D4"},
      {"play b D4#comment", "", "play", "b D4"},
      {"007 name", "007", "name", ""},
      {"7", "7", "", ""},
      {"7x name", "", "7x", "name"},
      {"kata-set-rules {\"ko\": \"SIMPLE\"}", "", "kata-set-rules", "{\"ko\": \"SIMPLE\"}"},
      {"loadsgf /tmp/\xc3\xa9.sgf", "", "loadsgf", "/tmp/\xc3\xa9.sgf"},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    const auto command = parse_command(row.line);
    REQUIRE(command);
    CHECK(command->id == row.id);
    CHECK(command->name == row.name);
    CHECK(command->rest() == row.rest);
  }
}

TEST_CASE("Blank lines and comments are no commands") {
  for (const char* line : {"", " ", "\t", "\r", "# name", "  #", "\x01\x02"}) {
    CHECK_FALSE(parse_command(line));
  }
}

TEST_CASE("Responses hold no blank line but the last") {
  CHECK(format_reply("", Reply::ok()) == "= \n\n");
  CHECK(format_reply("5", Reply::ok("D4")) == "=5 D4\n\n");
  CHECK(format_reply("5", Reply::error("illegal move")) == "?5 illegal move\n\n");
  CHECK(format_reply("", Reply::ok("\na\n\n\nb\n\n")) == "= \na\nb\n\n");
  CHECK(format_reply("", Reply::ok("a\r\n\r\nb")) == "= a\nb\n\n");
}

}  // namespace ponnuki::gtp
