#include "engine/sgf/foreign_file.h"

#include <string>

#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

using namespace std::string_view_literals;

struct Kind {
  std::size_t at;
  std::string_view mark;  // the bytes there
  const char* name;
  bool packed = false;
};
constexpr Kind kKinds[] = {
    {0, "\x1f\x8b"sv, "a gzip archive", true},
    {0, "\x1f\x9d"sv, "a compressed file", true},
    {0, "PK\x03\x04"sv, "a ZIP archive", true},
    {0, "PK\x05\x06"sv, "a ZIP archive", true},
    {4, "1AY&SY"sv, "a bzip2 archive", true},
    {0, "\xfd\x37zXZ\0"sv, "an xz archive", true},
    {0, "\x28\xb5\x2f\xfd"sv, "a zstd archive", true},
    {0, "7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive", true},
    {0, "Rar!\x1a\x07"sv, "a RAR archive", true},
    {2, "-lh"sv, "an LHA archive (as .ugz is)", true},
    {0, "%PDF-"sv, "a PDF document"},
    {0, "\xd0\xcf\x11\xe0"sv, "an Office document"},
    {0, "\x89PNG"sv, "a PNG picture"},
    {0, "\xff\xd8\xff"sv, "a JPEG picture"},
    {0, "GIF8"sv, "a GIF picture"},
};

bool is_web_page(std::string_view text) {
  const std::string head = to_lower(text.substr(0, 1000));
  return head.find("<html") != std::string::npos ||
         head.find("<!doctype html") != std::string::npos;
}

}  // namespace

std::optional<Error> foreign_file(std::string_view bytes) {
  if (bytes.empty()) return Error{"the file is empty"};
  if (bytes.find_first_not_of(" \t\r\n\0"sv) == std::string_view::npos)
    return Error{"the file has only blanks or zero bytes"};
  for (const Kind& kind : kKinds) {
    if (bytes.size() < kind.at || !bytes.substr(kind.at).starts_with(kind.mark)) continue;
    return Error{std::string("this is ") + kind.name + ", not a game record" +
                 (kind.packed ? ": unpack it first" : "")};
  }
  return std::nullopt;
}

Error no_game_in(std::string_view text) {
  if (is_web_page(text)) return {"this is a web page, not a game record: no \"(;\" in it"};
  return {"not an SGF game: no \"(;\" in it; nor is it GIB, NGF or UGF, which are read too"};
}

}  // namespace ponnuki::sgf
