// Whole files, read with a limit and written so that a crash leaves the old file or the new one,
// never half of either.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/result.h"

namespace ponnuki {

inline constexpr std::size_t kDefaultMaxFileBytes = std::size_t{256} << 20;

/// "cannot WHAT 'PATH': " and what errno says.
Error system_error(const char* what, const std::string& path);

/// The bytes of a file. The error names the file: missing, unreadable, or longer than `max_bytes`.
Result<std::string> read_file(const std::string& path,
                              std::size_t max_bytes = kDefaultMaxFileBytes);

/// Writes a temporary file in the same folder, fsyncs it and renames it to `path`.
Status write_file_atomically(const std::string& path, std::string_view contents);

}  // namespace ponnuki
