// Reads whole files up to a size limit, and writes them atomically: after a crash the file has
// either its old or its new contents, complete.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/result.h"

namespace ponnuki {

inline constexpr std::size_t kDefaultMaxFileBytes = std::size_t{256} << 20;

/// The error "cannot WHAT 'PATH': " followed by the text of errno.
Error system_error(const char* what, const std::string& path);

/// The bytes of a file. Returns an error that names the file if it is missing, unreadable, or
/// longer than `max_bytes`.
Result<std::string> read_file(const std::string& path,
                              std::size_t max_bytes = kDefaultMaxFileBytes);

/// True for anything with that name. False also where it cannot be known.
bool file_exists(const std::string& path);

/// Writes a temporary file in the same folder, fsyncs it and renames it to `path`.
Status write_file_atomically(const std::string& path, std::string_view contents);

/// Removes the temporary files that killed processes have left in a folder. Requires that nobody
/// writes there meanwhile.
void remove_temporary_files(const std::string& folder);

/// Makes the names in the folder of `path` durable, as far as the file system supports it.
void sync_folder_of(const std::string& path);

}  // namespace ponnuki
