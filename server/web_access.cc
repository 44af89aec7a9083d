#include "server/web_access.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "engine/text.h"

namespace ponnuki::server {
namespace {

bool holds(const std::vector<std::string>& list, std::string_view item) {
  return std::ranges::any_of(list, [&](const std::string& known) {
    return known == "*" || to_lower(known) == to_lower(item);
  });
}

/// The host of "host", "host:port" or "[host]:port".
std::string_view without_port(std::string_view host) {
  if (!host.empty() && host.front() == '[') {
    const std::size_t end = host.find(']');
    return end == std::string_view::npos ? std::string_view() : host.substr(1, end - 1);
  }
  return host.substr(0, host.find(':'));
}

/// Pages cannot have these names, whatever they do with DNS.
bool is_ours(std::string_view name) {
  std::array<unsigned char, 16> address;
  const std::string text(name);
  return ::inet_pton(AF_INET, text.c_str(), address.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), address.data()) == 1 || to_lower(name) == "localhost";
}

}  // namespace

Status check_access(const WebAccess& access, std::string_view origin, std::string_view host) {
  const std::string_view name = without_port(host);
  if (!host.empty() && !is_ours(name) && !holds(access.hosts, name))
    return Error{"this server does not answer under the name in Host; --allow-host permits it"};
  if (origin.empty() || holds(access.origins, origin)) return {};
  const std::size_t scheme = origin.find("://");
  const bool is_own_page = scheme != std::string_view::npos && !host.empty() &&
                           to_lower(origin.substr(scheme + 3)) == to_lower(host);
  if (is_own_page) return {};
  return Error{"web pages of this Origin may not connect; --allow-origin permits it"};
}

bool looks_like_web(std::string_view line) {
  constexpr std::string_view kMethods[] = {"GET ",     "POST ",  "HEAD ",    "PUT ",   "DELETE ",
                                           "OPTIONS ", "PATCH ", "CONNECT ", "TRACE ", "PRI "};
  if (line.starts_with("\x16\x03")) return true;  // a TLS handshake
  return line.find(" HTTP/") != std::string_view::npos &&
         std::ranges::any_of(kMethods, [&](auto method) { return line.starts_with(method); });
}

}  // namespace ponnuki::server
