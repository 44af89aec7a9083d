// The address on which a server listens, and its text form.
#pragma once

#include <cstdint>
#include <string>

#include "engine/result.h"

namespace ponnuki::server {

struct ListenAddress {
  std::string host;  // an IP address
  std::uint16_t port = 0;
};

/// Parses "HOST:PORT", "[HOST]:PORT" or "PORT", which means 127.0.0.1. Does not check the host.
Result<ListenAddress> parse_listen_address(const std::string& text);
/// For example "127.0.0.1:4711" or "[::1]:4711".
std::string to_string(const ListenAddress& address);

/// The address under which other machines reach a server that listens on `address`: for all
/// addresses (0.0.0.0, [::]) the one of this machine that leads to the outside, if there is one.
std::string reachable_address(const std::string& address);

}  // namespace ponnuki::server
