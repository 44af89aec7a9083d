// Names of files: what a name leads to, and whether that can be replaced. Internal to engine/file.
#pragma once

#include <string>
#include <string_view>

#include "engine/result.h"

namespace ponnuki {

/// The folder of a file, with its slash; "." for a name alone.
std::string folder_of(const std::string& path);

/// The open descriptor that a path names (/dev/stdout, /dev/fd/63); -1 for other paths. What it
/// leads to belongs to another program too, such as the shell that redirected an output, so it must
/// not be replaced, and its offset is shared.
int descriptor_of(std::string_view path);

/// What the links of a name lead to: a name that is no link, or one of an open descriptor. It need
/// not exist. Returns the name itself if the links lead round in a circle.
std::string target_of(const std::string& name);

/// Returns an error if `path` is there and cannot be replaced by a file: a folder, a block device,
/// or a link in a circle. `path` is a result of target_of() that is no stream.
Status check_is_file_or_free(const std::string& path);

}  // namespace ponnuki
