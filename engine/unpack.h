// Unpacks gzip and xz files.
#pragma once

#include <cstddef>
#include <string>

#include "engine/result.h"

namespace ponnuki {

/// The endings of packed files: ".gz" and ".xz".
bool has_packed_ending(const std::string& path);

/// The contents of a gzip or xz file, which is recognized by its first bytes. Other bytes are
/// returned unchanged. A file may have several members (gzip) or streams (xz), one after another.
/// Returns an error if the file is damaged or cut, or if its contents are longer than `max_bytes`.
/// Memory is bounded by max_bytes and 64 MiB for xz's dictionary.
Result<std::string> unpack(std::string bytes, std::size_t max_bytes);

}  // namespace ponnuki
