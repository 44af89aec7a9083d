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
#include "selfplay/files/locked_file.h"
#include "selfplay/records/game_record.h"

namespace ponnuki::selfplay {

using Games = std::vector<std::shared_ptr<const GameRecord>>;

/// A file of games to which this process, and no other, adds games.
class GamesWriter {
 public:
  /// Opens the file, which need not exist. Removes an incomplete block at its end. Returns an error
  /// if another process adds games to it, and if it is not a file of games, which then stays as it
  /// is.
  static Result<GamesWriter> open(const std::string& path);
  /// Adds a block and syncs it to disk. After an error the file has its old contents.
  Status append(const Games& games);
  /// The length of the file in bytes; 0 without games. It grows with every block, so that no two
  /// blocks ever begin at the same place.
  std::int64_t size() const { return file_.size(); }

 private:
  explicit GamesWriter(LockedFile file) : file_(std::move(file)) {}
  Status cut_half_block();

  LockedFile file_;
};

struct GamesFile {
  Games games;
  std::string damage;  // one line on what is missing; empty: no damage
};
/// Returns an error if the file does not exist, or if it is not a file of games.
Result<GamesFile> read_games(const std::string& path);

/// A file of these games as bytes.
std::string games_file(const Games& games);

/// CRC-32, as in zlib.
std::uint32_t checksum(std::string_view bytes);

}  // namespace ponnuki::selfplay
