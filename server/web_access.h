// Which web pages may connect to a server on this machine.
//
// A browser lets every page open WebSockets to 127.0.0.1 and names the page in Origin. By DNS
// rebinding a page can also give its own name the address 127.0.0.1; then Host has that name. So
// both are looked at. Programs that are no browsers send no Origin and may always connect.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"

namespace ponnuki::server {

struct WebAccess {
  std::vector<std::string> origins;  // "https://example.org"; "*": all
  std::vector<std::string> hosts;    // names of this machine besides localhost and IP addresses
};

/// Returns an error, with the reason, if a request with these headers must be refused. Empty: the
/// header is absent. A page that this host serves itself may connect.
Status check_access(const WebAccess& access, std::string_view origin, std::string_view host);

/// True if a line of a protocol of text lines is rather the beginning of an HTTP request or of TLS.
bool looks_like_web(std::string_view line);

}  // namespace ponnuki::server
