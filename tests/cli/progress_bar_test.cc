// The progress of long work, on a terminal and in a pipe.
#include "cli/terminal/progress_bar.h"

#include <catch2/catch.hpp>
#include <sstream>

using namespace ponnuki::cli;

TEST_CASE("Progress: a pipe gets lines, none before the interval has passed") {
  std::ostringstream out;
  ProgressBar quiet(out, false, std::chrono::hours(1));
  quiet.show(1, 10, 1, "games 1/10");
  CHECK(out.str().empty());

  ProgressBar bar(out, false, std::chrono::seconds(0));
  bar.show(0, 10, 0, "games 0/10");
  bar.show(10, 10, 10, "games 10/10");
  bar.clear();
  CHECK(out.str() == "games 0/10\ngames 10/10, 0 s left\n");
}

TEST_CASE("Progress: a terminal has a bar on one line, which can be cleared") {
  std::ostringstream out;
  ProgressBar bar(out, true);
  bar.show(5, 10, 0, "games 5/10");
  CHECK(out.str() == "\r\x1b[K[############............] games 5/10");
  bar.clear();
  CHECK(out.str().ends_with("\r\x1b[K"));
}
