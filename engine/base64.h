// Base64 (RFC 4648, section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponnuki {

/// Nothing if the text is not Base64 with its padding.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace ponnuki
