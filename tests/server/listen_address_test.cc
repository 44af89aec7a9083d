#include "server/listen_address.h"

#include <catch2/catch.hpp>

namespace ponnuki::server {

TEST_CASE("Listen addresses: a port alone is on this machine") {
  for (const auto& [text, wanted] :
       {std::pair("4711", "127.0.0.1:4711"), std::pair("localhost:0", "127.0.0.1:0"),
        std::pair("10.0.0.1:80", "10.0.0.1:80"), std::pair("[::1]:80", "[::1]:80")}) {
    INFO(text);
    const auto address = parse_listen_address(text);
    REQUIRE(address);
    CHECK(to_string(*address) == wanted);
  }
  for (const char* bad : {"", "x", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:-1", ":"}) {
    INFO(bad);
    CHECK_FALSE(parse_listen_address(bad));
  }
}

}  // namespace ponnuki::server
