#include "swarm/signing_key.h"

#include <catch2/catch.hpp>

namespace ponnuki::swarm {
namespace {

// RFC 8032, section 7.1, test 1, in NATS' text form (by Python's base64 and binascii.crc_hqx).
constexpr const char *kSeed = "SUAJ2YNRTXX72WTAXKCEV5ES5QWMIRCJYVUXWMTJDFYDXLADDSXH6YALCA",
                     *kPublic = "UDLVVGABQKYQVN6VJP7NHSLEA45A5YLS6PNKMIZFV4BBU2HXA5IRUVAL",
                     *kSignature =
                         "4VLEGAGDMCWHFEEG4LGIA3UCRKCIO7Y6XDS5S5GYOPQGKISJAFKV7OECCWIKGO5MYYPDS4A4"
                         "7G2GXUS36XYFSW56ERSVCQKDRZ5BACY";

TEST_CASE("signing key: the numbers of RFC 8032") {
  const auto key = SigningKey::from_seed(kSeed);
  REQUIRE(key);
  CHECK(key->seed() == kSeed);
  CHECK(key->public_key() == kPublic);
  CHECK(*key->sign("") == kSignature);
  CHECK(is_signed(kPublic, "", kSignature));
}

TEST_CASE("signing key: a new one signs, and nobody else does") {
  const auto ann = SigningKey::make(), ben = SigningKey::make();
  REQUIRE(ann);
  REQUIRE(ben);
  const std::string text = "block\n1\nann\n", signature = *ann->sign(text);
  CHECK(is_signed(ann->public_key(), text, signature));
  CHECK_FALSE(is_signed(ben->public_key(), text, signature));
  CHECK_FALSE(is_signed(ann->public_key(), text + "\n", signature));
  CHECK_FALSE(is_signed(ann->public_key(), text, *ben->sign(text)));
  CHECK(*signature_by(*ann, text) == signature);
  CHECK(signature_by(std::nullopt, text)->empty());
}

TEST_CASE("signing key: what is damaged is none") {
  for (std::size_t i = 0; i < std::string(kSeed).size(); ++i) {
    std::string seed = kSeed;
    seed[i] = seed[i] == 'A' ? 'B' : 'A';
    INFO(seed);
    CHECK_FALSE(SigningKey::from_seed(seed));
  }
  const std::string publics[] = {"", kSeed, "U", std::string(kPublic) + "A", "\xff\n"};
  for (const std::string& other : publics) CHECK_FALSE(is_signed(other, "", kSignature));
  const std::string signatures[] = {"", "A", std::string(kSignature) + "AA", "0189"};
  for (const std::string& other : signatures) CHECK_FALSE(is_signed(kPublic, "", other));
}

}  // namespace
}  // namespace ponnuki::swarm
