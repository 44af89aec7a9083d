// Packs bytes by gzip (RFC 1952). engine/unpack.h is the way back.
#pragma once

#include <string>
#include <string_view>

#include "engine/result.h"

namespace ponnuki {

inline constexpr int kGzipDefault = -1, kGzipFastest = 1;  // zlib's levels

/// Requires less than 4 GiB.
Result<std::string> gzip(std::string_view bytes, int level = kGzipDefault);

}  // namespace ponnuki
