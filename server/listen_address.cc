#include "server/listen_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <charconv>

#include "engine/descriptor.h"

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

std::string reachable_address(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  const std::string host = address.substr(0, colon);
  if (host != "0.0.0.0" && host != "[::]") return address;
  // Connecting a datagram socket sends nothing, but chooses the way out. 192.0.2.1 is nobody's.
  sockaddr_in there{};
  there.sin_family = AF_INET;
  there.sin_port = htons(9);
  ::inet_pton(AF_INET, "192.0.2.1", &there.sin_addr);
  const Descriptor socket(::socket(AF_INET, SOCK_DGRAM, 0));
  sockaddr_in here{};
  socklen_t length = sizeof here;
  char text[INET_ADDRSTRLEN];
  const bool found =
      socket.is_open() &&
      ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0 &&
      ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&here), &length) == 0 &&
      ::inet_ntop(AF_INET, &here.sin_addr, text, sizeof text) != nullptr;
  return (found ? text : "127.0.0.1") + address.substr(colon);
}

}  // namespace ponnuki::server
