// The address on which a server listens, as people write it.
#pragma once

#include <cstdint>
#include <string>

#include "engine/result.h"

namespace ponnuki::server {

struct ListenAddress {
  std::string host;  // an IP address
  std::uint16_t port = 0;
};

/// "HOST:PORT", "[HOST]:PORT" or "PORT", which is on 127.0.0.1. The host is not checked.
Result<ListenAddress> parse_listen_address(const std::string& text);
/// "127.0.0.1:4711", "[::1]:4711".
std::string to_string(const ListenAddress& address);

}  // namespace ponnuki::server
