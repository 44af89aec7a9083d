// Any bytes as the headers Origin and Host of a WebSocket's handshake, and as the first line of a
// GTP client: allowed, or refused with one line.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/check.h"
#include "server/web_access.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(text.find('\n'), size);
  const std::string_view origin = text.substr(0, line);
  const std::string_view host = text.substr(std::min(line + 1, size));
  const server::WebAccess access{{"https://example.org"}, {"board.example.org"}};
  const auto status = server::check_access(access, origin, host);
  if (!status) PONNUKI_CHECK(status.error().message.find('\n') == std::string::npos);
  (void)server::looks_like_web(text);
  return 0;
}
