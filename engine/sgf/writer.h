// Writing SGF. Values are copied as they stand, so that what was read comes back to the bit; lines
// are broken only before
// ';' and '(', never inside a value. Always UTF-8: every game says CA[UTF-8].
#pragma once

#include <string>

#include "engine/result.h"
#include "engine/sgf/tree.h"

namespace ponnuki::sgf {

/// All games of the tree.
std::string write_sgf(const SgfTree& tree);
/// One of them.
std::string write_sgf(const SgfTree& tree, SgfNodeId root);
/// All into a file, atomically (engine/file.h).
Status save_sgf_file(const SgfTree& tree, const std::string& path);

}  // namespace ponnuki::sgf
