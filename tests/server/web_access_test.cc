// What looks like a browser, on a port that speaks a protocol of text lines.
#include "server/web_access.h"

#include <catch2/catch.hpp>

using namespace ponnuki::server;

TEST_CASE("HTTP and TLS are told from GTP") {
  for (const char* web : {"GET / HTTP/1.1\r", "POST /x?y=1 HTTP/1.0", "OPTIONS * HTTP/1.1",
                          "PRI * HTTP/2.0", "CONNECT a:1 HTTP/1.1", "\x16\x03\x01\x02"}) {
    CAPTURE(web);
    CHECK(looks_like_web(web));
  }
  for (const char* gtp : {"genmove b", "1 play b D4", "", "# GET / HTTP/1.1", "get HTTP/1.1",
                          "loadsgf GET HTTP/1.1.sgf", "\x16"}) {
    CAPTURE(gtp);
    CHECK_FALSE(looks_like_web(gtp));
  }
}
