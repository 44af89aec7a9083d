// SigningKey: an Ed25519 key (RFC 8032) as NATS writes it, an "nkey" of a user: the prefix, the 32
// bytes and a CRC-16 in base32 (github.com/nats-io/nkeys). With it a user shows the hub who it is,
// and a worker signs its games.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/result.h"

namespace ponnuki::swarm {

class SigningKey {
 public:
  /// A new one, from the system's random numbers.
  static Result<SigningKey> make();
  /// "SU…", the secret.
  static Result<SigningKey> from_seed(const std::string& seed);

  std::string seed() const;
  /// "U…", for everybody.
  std::string public_key() const;
  /// 64 bytes, in base32.
  Result<std::string> sign(std::string_view text) const;

 private:
  using Bytes = std::array<unsigned char, 32>;
  explicit SigningKey(const Bytes& secret) : secret_(secret) {}

  Bytes secret_;
};

/// "" where there is no key.
Result<std::string> signature_by(const std::optional<SigningKey>& key, std::string_view text);
/// Whether the owner of this public key has signed this text.
bool is_signed(const std::string& public_key, std::string_view text, std::string_view signature);

}  // namespace ponnuki::swarm
