#include "swarm/signing_key.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace ponnuki::swarm {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
// What makes the text begin with "SU" and "U".
constexpr std::string_view kSeedPrefix("\x95\x00", 2), kPublicPrefix("\xA0", 1);
constexpr std::size_t kSignatureBytes = 64;

/// CRC-16/XMODEM.
std::uint16_t crc16(std::string_view bytes) {
  std::uint16_t crc = 0;
  for (const char byte : bytes) {
    crc = static_cast<std::uint16_t>(crc ^ (static_cast<unsigned char>(byte) << 8));
    for (int bit = 0; bit < 8; ++bit)
      crc = static_cast<std::uint16_t>((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
  }
  return crc;
}

std::string to_base32(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (count += 8; count >= 5; count -= 5) text += kBase32[bits >> (count - 5) & 31];
  }
  if (count > 0) text += kBase32[bits << (5 - count) & 31];
  return text;
}

/// Bits at the end that make no whole byte are left out.
std::optional<std::string> from_base32(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char letter : text) {
    const std::size_t value = kBase32.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 5 | static_cast<std::uint32_t>(value);
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 255);
  }
  return bytes;
}

std::string to_nkey(std::string_view prefix, const std::array<unsigned char, 32>& key) {
  std::string bytes(prefix);
  bytes.append(key.begin(), key.end());
  const std::uint16_t crc = crc16(bytes);
  bytes += {static_cast<char>(crc & 255), static_cast<char>(crc >> 8)};
  return to_base32(bytes);
}

std::optional<std::array<unsigned char, 32>> from_nkey(std::string_view prefix,
                                                       const std::string& text) {
  const auto bytes = from_base32(text);
  std::array<unsigned char, 32> key{};
  if (!bytes || bytes->size() != prefix.size() + key.size() + 2) return std::nullopt;
  std::copy_n(bytes->begin() + static_cast<std::ptrdiff_t>(prefix.size()), key.size(), key.begin());
  if (to_nkey(prefix, key) != text) return std::nullopt;
  return key;
}

using PrivateOrPublicKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

PrivateOrPublicKey private_key(const std::array<unsigned char, 32>& secret) {
  return {EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()),
          EVP_PKEY_free};
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Result<SigningKey> SigningKey::make() {
  Bytes secret{};
  if (RAND_bytes(secret.data(), static_cast<int>(secret.size())) != 1)
    return Error{"the system has no random numbers for a key"};
  return SigningKey(secret);
}

Result<SigningKey> SigningKey::from_seed(const std::string& seed) {
  const auto secret = from_nkey(kSeedPrefix, seed);
  if (!secret) return Error{"the seed is no key of a user of NATS (SU…), or it is damaged"};
  return SigningKey(*secret);
}

std::string SigningKey::seed() const { return to_nkey(kSeedPrefix, secret_); }

std::string SigningKey::public_key() const {
  Bytes bytes{};
  std::size_t size = bytes.size();
  EVP_PKEY_get_raw_public_key(private_key(secret_).get(), bytes.data(), &size);
  return to_nkey(kPublicPrefix, bytes);
}

Result<std::string> SigningKey::sign(std::string_view text) const {
  const PrivateOrPublicKey key = private_key(secret_);
  const Digest digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::array<unsigned char, kSignatureBytes> signature{};
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(digest.get(), signature.data(), &size, bytes_of(text), text.size()) != 1)
    return Error{"OpenSSL cannot sign with Ed25519"};
  return to_base32(std::string(signature.begin(), signature.end()));
}

Result<std::string> signature_by(const std::optional<SigningKey>& key, std::string_view text) {
  return key ? key->sign(text) : std::string();
}

bool is_signed(const std::string& public_key, std::string_view text, std::string_view signature) {
  const auto bytes = from_nkey(kPublicPrefix, public_key);
  const auto signature_bytes = from_base32(signature);
  if (!bytes || !signature_bytes || signature_bytes->size() != kSignatureBytes) return false;
  const PrivateOrPublicKey key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes->data(), bytes->size()),
      EVP_PKEY_free);
  const Digest digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(digest.get(), bytes_of(*signature_bytes), kSignatureBytes, bytes_of(text),
                          text.size()) == 1;
}

}  // namespace ponnuki::swarm
