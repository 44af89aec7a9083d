#include "web/server/static_files.h"

#include <zlib.h>

#include <array>
#include <cstdio>

#include "engine/embed.h"

#if defined(PONNUKI_WEB_FOLDER)
PONNUKI_EMBED(ponnuki_web_index, PONNUKI_WEB_FOLDER "/index.html")
PONNUKI_EMBED(ponnuki_web_index_gz, PONNUKI_WEB_FOLDER "/index.html.gz")
PONNUKI_EMBED(ponnuki_web_script, PONNUKI_WEB_FOLDER "/app.js")
PONNUKI_EMBED(ponnuki_web_script_gz, PONNUKI_WEB_FOLDER "/app.js.gz")
PONNUKI_EMBED(ponnuki_web_style, PONNUKI_WEB_FOLDER "/app.css")
PONNUKI_EMBED(ponnuki_web_style_gz, PONNUKI_WEB_FOLDER "/app.css.gz")
PONNUKI_EMBED(ponnuki_web_icon, PONNUKI_WEB_FOLDER "/icon.svg")
PONNUKI_EMBED(ponnuki_web_icon_gz, PONNUKI_WEB_FOLDER "/icon.svg.gz")
PONNUKI_EMBED(ponnuki_web_manifest, PONNUKI_WEB_FOLDER "/manifest.webmanifest")
PONNUKI_EMBED(ponnuki_web_manifest_gz, PONNUKI_WEB_FOLDER "/manifest.webmanifest.gz")
PONNUKI_EMBED(ponnuki_web_licences, PONNUKI_WEB_FOLDER "/licences.txt")
PONNUKI_EMBED(ponnuki_web_licences_gz, PONNUKI_WEB_FOLDER "/licences.txt.gz")
#endif

namespace ponnuki::web {
namespace {

/// Changes with the contents, which is all that a cache needs.
std::string tag_of(std::string_view contents) {
  const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(contents.data()),
                           static_cast<uInt>(contents.size()));
  char text[32];
  std::snprintf(text, sizeof text, "\"%08lx-%zx\"", sum, contents.size());
  return text;
}

struct File {
  std::string_view target, type, plain, packed;
  std::string tag = tag_of(plain);
};

#if defined(PONNUKI_WEB_FOLDER)
#define PONNUKI_WEB_FILE(name) PONNUKI_EMBEDDED_TEXT(name), PONNUKI_EMBEDDED_TEXT(name##_gz)
const std::array<File, 6>& files() {
  static const std::array<File, 6> all = {{
      {"/", "text/html; charset=utf-8", PONNUKI_WEB_FILE(ponnuki_web_index)},
      {"/app.js", "text/javascript; charset=utf-8", PONNUKI_WEB_FILE(ponnuki_web_script)},
      {"/app.css", "text/css; charset=utf-8", PONNUKI_WEB_FILE(ponnuki_web_style)},
      {"/icon.svg", "image/svg+xml", PONNUKI_WEB_FILE(ponnuki_web_icon)},
      {"/manifest.webmanifest", "application/manifest+json",
       PONNUKI_WEB_FILE(ponnuki_web_manifest)},
      {"/licences.txt", "text/plain; charset=utf-8", PONNUKI_WEB_FILE(ponnuki_web_licences)},
  }};
  return all;
}
#else
const std::array<File, 0>& files() {
  static const std::array<File, 0> none;
  return none;
}
#endif

const File* find(std::string_view target) {
  for (const File& file : files()) {
    if (file.target == target) return &file;
  }
  return nullptr;
}

}  // namespace

bool has_page() { return !files().empty(); }

server::WebResponse static_file(const server::WebRequest& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    return {.status = 405,
            .headers = {{"Allow", "GET, HEAD"}},
            .body = "this server answers GET and HEAD\n"};
  }
  const std::string_view path = request.target.substr(0, request.target.find_first_of("?#"));
  const File* const file = find(path);
  if (file == nullptr) return {.status = 404, .body = "there is no such page\n"};
  server::WebResponse response;
  response.type = file->type;
  response.headers = {
      {"ETag", file->tag}, {"Cache-Control", "no-cache"}, {"Vary", "Accept-Encoding"}};
  if (request.if_none_match == file->tag) {
    response.status = 304;
    return response;
  }
  if (request.accept_encoding.find("gzip") != std::string_view::npos) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = file->packed;
  } else {
    response.body = file->plain;
  }
  return response;
}

void add_security_headers(server::WebResponse* response) {
  for (const auto& [name, value] :
       {std::pair{"Content-Security-Policy",
                  "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; "
                  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
        std::pair{"X-Content-Type-Options", "nosniff"}, std::pair{"Referrer-Policy", "no-referrer"},
        std::pair{"Cross-Origin-Opener-Policy", "same-origin"}})
    response->headers.emplace_back(name, value);
}

}  // namespace ponnuki::web
