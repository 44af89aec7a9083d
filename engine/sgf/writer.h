// Writes SGF. Values are copied unchanged, so that reading and writing preserve them exactly. Lines
// are broken only before ';' and '(', never inside a value. The output is UTF-8 and declares it by
// CA[UTF-8] in every game.
#pragma once

#include <string>

#include "engine/result.h"
#include "engine/sgf/tree.h"

namespace ponnuki::sgf {

/// All games of the tree.
std::string write_sgf(const SgfTree& tree);
/// One game of the tree.
std::string write_sgf(const SgfTree& tree, SgfNodeId root);
/// Writes all games to a file, atomically (engine/file.h).
Status save_sgf_file(const SgfTree& tree, const std::string& path);

}  // namespace ponnuki::sgf
