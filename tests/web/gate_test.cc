// Who may enter: tokens and cookies.
#include "web/server/gate.h"

#include <catch2/catch.hpp>

#include "engine/random_token.h"

namespace ponnuki::web {
namespace {

server::WebRequest request(std::string_view target, std::string_view cookie = "") {
  return {"GET", target, "192.168.1.5:8080", cookie, "", ""};
}

TEST_CASE("gate: without a token everybody may pass") {
  Gate gate("");
  CHECK_FALSE(gate.stops(request("/")));
  CHECK(gate.admits(request("/socket")));
}

TEST_CASE("gate: the token opens the page, and its cookie keeps it open") {
  Gate gate("0123456789abcdef");
  CHECK(gate.stops(request("/"))->status == 401);
  CHECK(gate.stops(request("/app.js"))->status == 401);
  CHECK(gate.stops(request("/?token=0123456789abcdee"))->status == 401);
  CHECK(gate.stops(request("/?token=0123456789abcde"))->status == 401);
  CHECK(gate.stops(request("/?token="))->status == 401);

  const auto welcome = gate.stops(request("/?token=0123456789abcdef"));
  REQUIRE(welcome);
  CHECK(welcome->status == 303);
  CHECK(welcome->headers.at(0) == std::pair<std::string, std::string>("Location", "/"));
  const std::string cookie = welcome->headers.at(1).second;
  CHECK(cookie.find("HttpOnly") != std::string::npos);
  CHECK(cookie.find("SameSite=Strict") != std::string::npos);

  for (const char* header : {"ponnuki=0123456789abcdef", "a=b; ponnuki=0123456789abcdef; c=d"}) {
    CHECK_FALSE(gate.stops(request("/", header)));
    CHECK(gate.admits(request("/socket", header)));
  }
  for (const char* header :
       {"", "ponnuki=", "ponnuki=0123456789abcdee", "xponnuki=0123456789abcdef", "ponnuki"})
    CHECK_FALSE(gate.admits(request("/socket", header)));
}

TEST_CASE("gate: after many wrong tokens it waits, also for the right one") {
  Gate gate("0123456789abcdef");
  unsigned last = 0;
  for (int i = 0; i < 30; ++i) last = gate.stops(request("/?token=wrong"))->status;
  CHECK(last == 429);
  CHECK(gate.stops(request("/?token=0123456789abcdef"))->status == 429);
  CHECK_FALSE(gate.stops(request("/", "ponnuki=0123456789abcdef")));
}

TEST_CASE("gate: tokens have 128 bits and differ") {
  CHECK(random_token().size() == 32);
  CHECK(random_token() != random_token());
}

}  // namespace
}  // namespace ponnuki::web
