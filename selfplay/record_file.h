// Files of games: a header, then blocks of games, each with its length and checksum, so that a file
// that was cut off or damaged loses the block it happened to and no more.
//
//     file    "PNKGAMES" | version u32 | block ...
//     block   length u32 | CRC-32 u32 | games (game_record.h)
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/result.h"
#include "selfplay/game_record.h"

namespace ponnuki::selfplay {

using Games = std::vector<std::shared_ptr<const GameRecord>>;

/// Adds a block, and flushes it to the disk. A file that ends in half a block is cut back first.
Status append_games(const Games& games, const std::string& path);

struct GamesFile {
  Games games;
  std::string damage;  // one line on what had to be left out; empty: nothing
};
/// An error if there is no such file, or if it is none of ours.
Result<GamesFile> read_games(const std::string& path);

/// CRC-32 as zlib has it.
std::uint32_t checksum(std::string_view bytes);

}  // namespace ponnuki::selfplay
