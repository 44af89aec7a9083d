// The layout of help text.
#include "cli/options/help_text.h"

#include <catch2/catch.hpp>

namespace ponnuki::cli {
namespace {

TEST_CASE("Text is broken at blanks before the width is passed") {
  CHECK(wrapped("", 2, 10) == "");
  CHECK(wrapped("one two three", 0, 7) == "one two\nthree");
  CHECK(wrapped("one two three", 0, 6) == "one\ntwo\nthree");
  CHECK(wrapped("one two three", 3, 10) == "one two\n   three");
  CHECK(wrapped("a verylongword b", 0, 6) == "a\nverylongword\nb");
  CHECK(wrapped("…… …… …", 0, 5) == "…… ……\n…");  // characters, not bytes
}

TEST_CASE("Rows have their text in one column") {
  CHECK(help_row("--seed N", "of all") == "  --seed N                 of all\n");
  CHECK(help_row("--analysis-noise-longer X", "more moves") ==
        "  --analysis-noise-longer X\n                           more moves\n");
}

}  // namespace
}  // namespace ponnuki::cli
