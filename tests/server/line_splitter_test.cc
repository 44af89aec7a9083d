#include "server/line_splitter.h"

#include <catch2/catch.hpp>
#include <vector>

namespace ponnuki::server {

TEST_CASE("Lines are cut at newlines, however the bytes come") {
  LineSplitter splitter;
  std::vector<std::string> lines;
  const auto take = [&](std::string line) { lines.push_back(std::move(line)); };
  splitter.feed("na", take);
  CHECK(lines.empty());
  splitter.feed("me\n\nquit", take);
  CHECK(lines == std::vector<std::string>{"name", ""});
  splitter.finish(take);
  CHECK(lines.back() == "quit");
  splitter.finish(take);
  CHECK(lines.size() == 3);
}

TEST_CASE("A line that is too long takes bounded memory and shows that it is too long") {
  LineSplitter splitter;
  std::size_t length = 0;
  const auto take = [&](const std::string& line) { length = line.size(); };
  for (int i = 0; i < 3; ++i) splitter.feed(std::string(kMaxLineBytes, 'x'), take);
  splitter.feed("\n", take);
  CHECK(length == kMaxLineBytes + 1);
}

}  // namespace ponnuki::server
