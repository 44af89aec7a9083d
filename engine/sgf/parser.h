// Reads SGF: FF[4], and FF[1..3] with their long names. A file contains one or more games. Text
// around them, and a closing parenthesis too many or too few, give a note (SgfTree::notes). Other
// malformed input gives an Error with the byte offset, never a partial game.
#pragma once

#include <cstddef>
#include <string>

#include "engine/file.h"
#include "engine/result.h"
#include "engine/sgf/tree.h"

namespace ponnuki::sgf {

struct SgfLimits {
  std::size_t max_bytes = kDefaultMaxFileBytes;
  std::size_t max_nodes = std::size_t{1} << 25;
};

/// Parses the bytes of a file in any of the character sets of engine/sgf/charset.h. Also reads the
/// records of servers (engine/sgf/servers/server_record.h), by their contents.
Result<SgfTree> parse_sgf(std::string bytes, const SgfLimits& limits = {});
/// Reads and parses a file, which may be packed by gzip or xz. The error begins with the file's
/// name.
Result<SgfTree> load_sgf_file(const std::string& path, const SgfLimits& limits = {});

}  // namespace ponnuki::sgf
