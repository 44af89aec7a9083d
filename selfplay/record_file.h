// Files of games: a header, then blocks of games, each with its length and checksum. If a file is
// truncated or damaged, only the affected block is lost.
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

/// Appends a block and syncs it to disk. Removes an incomplete block at the end of the file first.
/// Returns an error, and leaves the file as it is, if it is no file of games.
Status append_games(const Games& games, const std::string& path);
/// An error if append_games(path) cannot work. Changes nothing.
Status check_can_append(const std::string& path);

struct GamesFile {
  Games games;
  std::string damage;  // one line on what is missing; empty: no damage
};
/// Returns an error if the file does not exist, or if it is not a file of games.
Result<GamesFile> read_games(const std::string& path);

/// CRC-32, as in zlib.
std::uint32_t checksum(std::string_view bytes);

}  // namespace ponnuki::selfplay
