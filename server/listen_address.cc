#include "server/listen_address.h"

#include <charconv>

namespace ponnuki::server {

Result<ListenAddress> parse_listen_address(const std::string& text) {
  const Error error{"listen: '" + text + "' is not an address: expected 127.0.0.1:PORT or PORT"};
  const auto colon = text.rfind(':');
  ListenAddress address;
  address.host = colon == std::string::npos ? "127.0.0.1" : text.substr(0, colon);
  const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
  std::string& host = address.host;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  const char* const end = port.data() + port.size();
  const auto [stop, status] = std::from_chars(port.data(), end, address.port);
  if (status != std::errc{} || stop != end) return error;
  return address;
}

std::string to_string(const ListenAddress& address) {
  const bool v6 = address.host.find(':') != std::string::npos;
  return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

}  // namespace ponnuki::server
