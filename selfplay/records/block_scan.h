// Finds the whole blocks of a file of games (record_file.h), also behind damage: what a checksum
// proves is kept, wherever it lies.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "selfplay/files/checksum.h"

namespace ponnuki::selfplay {

inline constexpr std::size_t kBlockFront = 8;  // length and checksum of a block

struct BlockScan {
  std::vector<std::string_view> blocks;  // their games as bytes; each has the right checksum
  // A line on each damaged place, without the name of the file; empty: no damage. A last block that
  // was cut off, as by a kill, is no damage.
  std::vector<std::string> damage;
  bool is_games_file = false;  // its header is right, or at least one block
  std::size_t end = 0;         // of what is whole or damaged: behind it is a block that was cut off
};

/// The header of a file of games.
std::string games_header();
/// A block with these bytes of games: its length, its checksum, the bytes.
std::string games_block(std::string_view games);

/// Takes time in proportion to the length, whatever the bytes are.
BlockScan scan_blocks(std::string_view bytes);

}  // namespace ponnuki::selfplay
