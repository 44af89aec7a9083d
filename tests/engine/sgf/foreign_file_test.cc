// Files that are no game records: the error says what they are, and what is read.
#include "engine/sgf/foreign_file.h"

#include <catch2/catch.hpp>
#include <string>

#include "engine/sgf/sgf.h"

namespace ponnuki::sgf {
namespace {

using namespace std::string_literals;

std::string error_of(const std::string& bytes) {
  const auto tree = parse_sgf(bytes);
  return tree ? "" : tree.error().message;
}

TEST_CASE("Foreign files: archives, pictures and documents are named, whatever is in them") {
  const std::string game = "(;GM[1]SZ[9];B[ee])";  // as a stored file of an archive has it
  const std::pair<std::string, const char*> rows[] = {
      {"\x1f\x8b\x08\0"s, "this is a gzip archive, not a game record: unpack it first"},
      {"PK\x03\x04", "this is a ZIP archive, not a game record: unpack it first"},
      {"BZh91AY&SY", "this is a bzip2 archive, not a game record: unpack it first"},
      {"\xfd\x37zXZ\0"s, "this is an xz archive, not a game record: unpack it first"},
      {"\x21\x04-lh5-", "this is an LHA archive (as .ugz is), not a game record: unpack it first"},
      {"%PDF-1.4\n", "this is a PDF document, not a game record"},
      {"\x89PNG\r\n\x1a\n", "this is a PNG picture, not a game record"},
      {"\xff\xd8\xff\xe0", "this is a JPEG picture, not a game record"},
  };
  for (const auto& [begin, error] : rows) {
    INFO(error);
    CHECK(error_of(begin + game) == error);
    CHECK(error_of(begin) == error);
  }
}

TEST_CASE("Foreign files: nothing, a web page, and records of formats that are not read") {
  CHECK(error_of("") == "the file is empty");
  CHECK(error_of(" \r\n\n") == "the file has only blanks or zero bytes");
  CHECK(error_of(std::string(4096, '\0')) == "the file has only blanks or zero bytes");
  CHECK(error_of("<!DOCTYPE html>\n<html><body>404 (not found)</body></html>") ==
        "this is a web page, not a game record: no \"(;\" in it");
  const std::string other =
      "not an SGF game: no \"(;\" in it; nor is it GIB, NGF or UGF, which are read too";
  CHECK(error_of("\x13\x01\x02\x03"s) == other);
  CHECK(error_of("   1  Q16\n   2  D4\n") == other);
}

TEST_CASE("Foreign files: a game in a web page or a mail is read") {
  CHECK(error_of("<html><body>(;GM[1]SZ[9];B[ee])</body></html>").empty());
  CHECK_FALSE(foreign_file("From: me\n\n(;SZ[9];B[ee])"));
  CHECK_FALSE(foreign_file("BZh is my name (;SZ[9];B[ee])"));
}

}  // namespace
}  // namespace ponnuki::sgf
