// Files of games: a header, then blocks of games, each with its length and checksum. If a file is
// cut off or damaged, only the block where that happened is lost.
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

/// Adds a block and syncs it to the disk. If the file ends in a part of a block, that is removed
/// first.
Status append_games(const Games& games, const std::string& path);

struct GamesFile {
  Games games;
  std::string damage;  // one line on what is missing; empty: nothing
};
/// An error if there is no such file, or if it is not a file of games.
Result<GamesFile> read_games(const std::string& path);

/// CRC-32, as in zlib.
std::uint32_t checksum(std::string_view bytes);

}  // namespace ponnuki::selfplay
