// Reads whole files up to a size limit, and writes them atomically: after a crash the file has
// either its old or its new contents, complete. Pipes and devices are read and written as they are.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "engine/result.h"

namespace ponnuki {

inline constexpr std::size_t kDefaultMaxFileBytes = std::size_t{256} << 20;

/// The path of standard input. read_file() reads the descriptor itself, whatever it is.
inline constexpr const char* kStandardInput = "/dev/stdin";

/// The error "cannot WHAT 'PATH': " followed by the text of errno.
Error system_error(const char* what, const std::string& path);

/// The bytes of a file, a pipe or a device; blocks until all are there. Returns an error that names
/// the file if it is missing, unreadable, a folder, or longer than `max_bytes`, or if a signal with
/// a handler arrives while it waits for a pipe.
Result<std::string> read_file(const std::string& path,
                              std::size_t max_bytes = kDefaultMaxFileBytes);

/// Like read_file(), but returns an error for a pipe, a device or a socket, and never blocks: for
/// files that are read more than once, or without somebody who could fill a pipe.
Result<std::string> read_plain_file(const std::string& path,
                                    std::size_t max_bytes = kDefaultMaxFileBytes);

/// True for anything with that name. False also where it cannot be known.
bool file_exists(const std::string& path);
/// True for a pipe, a device, a socket or an open descriptor (/dev/fd/63): what it gives can be
/// read only once.
bool is_stream(const std::string& path);

/// Writes a temporary file in the same folder, fsyncs it and renames it to `name`, or to the file
/// that a link of this name leads to, there or not. An old file's mode remains. To a pipe, a
/// device or an open descriptor (/dev/stdout) it just writes; it refuses folders and disks. After
/// an error the old contents are there, or, if only the folder could not be synced, the new ones.
Status write_file_atomically(const std::string& name, std::string_view contents);

/// Tries whether write_file_atomically(name) can work, without a change to the file: its folder is
/// there and takes new files, and it is no folder. For outputs of long work, before the work.
Status check_can_write(const std::string& name);
/// Tries whether a folder can be made, or used if it is there, without making it: the folder
/// itself, or the first one above it that is there, takes new files.
Status check_can_make_folder(const std::string& folder);
/// Makes the folder, and those above it.
Status make_folder(const std::string& folder);
/// Makes the folder, and those above it, and tries whether it takes new files.
Status make_folder_for_files(const std::string& folder);

/// Gives a file that is damaged another name, which it returns: PATH.damaged, or PATH.damaged-2 and
/// so on if there are such files.
Result<std::string> set_aside(const std::string& path);

/// Removes the temporary files that killed processes have left in a folder: those whose target,
/// a name without its folder, is ours. Files that a process is writing stay.
void remove_temporary_files(const std::string& folder,
                            const std::function<bool(std::string_view target)>& is_own);

/// Makes the names in the folder of `path` durable, as far as the file system supports it.
Status sync_folder_of(const std::string& path);

}  // namespace ponnuki
