// Base64: the examples of RFC 4648, and texts that are none.
#include "engine/base64.h"

#include <catch2/catch.hpp>

namespace ponnuki {
namespace {

TEST_CASE("base64: the examples of RFC 4648") {
  const auto [text, bytes] = GENERATE(table<const char*, const char*>({{"", ""},
                                                                       {"Zg==", "f"},
                                                                       {"Zm8=", "fo"},
                                                                       {"Zm9v", "foo"},
                                                                       {"Zm9vYg==", "foob"},
                                                                       {"Zm9vYmE=", "fooba"},
                                                                       {"Zm9vYmFy", "foobar"}}));
  CHECK(decode_base64(text) == std::string(bytes));
}

TEST_CASE("base64: bytes of all kinds") {
  CHECK(decode_base64("AP8Q+/+A") == std::string("\0\xFF\x10\xFB\xFF\x80", 6));
}

TEST_CASE("base64: what is no Base64 is refused") {
  const char* text =
      GENERATE("Z", "Zg", "Zg=", "Z===", "====", "Zm9v\n", "Zm-_", "Zg==Zg==", "Zh==");
  CAPTURE(text);
  CHECK_FALSE(decode_base64(text));
}

}  // namespace
}  // namespace ponnuki
