// Files of games: a header, then blocks of games, each with its length and checksum. If a file is
// truncated or damaged, only the affected blocks are lost.
//
//     file    "PNKGAMES" | version u32 | block ...
//     block   length u32 | CRC-32 u32 | games (game_record.h)
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/result.h"
#include "selfplay/files/locked_file.h"
#include "selfplay/records/block_scan.h"
#include "selfplay/records/game_record.h"

namespace ponnuki::selfplay {

using Games = std::vector<std::shared_ptr<const GameRecord>>;

/// A file of games to which this process, and no other, adds games.
class GamesWriter {
 public:
  static constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;

  /// Opens the file, which need not exist. Removes an incomplete block at its end. If it is damaged
  /// elsewhere, it is set aside under another name, and a new one gets all blocks that are whole.
  /// Returns an error if another process adds games to it, if it is full (`most_bytes`), and if it
  /// is not a file of games, which then stays as it is.
  static Result<GamesWriter> open(const std::string& path, std::int64_t most_bytes = kMostBytes);
  /// What open() found: one line for the user; empty: the file was whole.
  const std::string& damage() const { return damage_; }
  /// Adds a block and syncs it to disk. After an error the file has its old contents.
  Status append(const Games& games);
  /// Returns an error if the file takes no more games.
  Status expect_room() const;
  /// The length of the file in bytes; 0 without games. It grows with every block, so that no two
  /// blocks ever begin at the same place.
  std::int64_t size() const { return file_.size(); }

 private:
  GamesWriter(LockedFile file, std::int64_t most_bytes)
      : file_(std::move(file)), most_bytes_(most_bytes) {}
  Status cut_last_block(std::size_t end);

  LockedFile file_;
  std::int64_t most_bytes_;
  std::string damage_;
};

/// A block of a file: the length of the file before it was added (GamesWriter::size()), and how
/// many games it has.
struct BlockPlace {
  std::int64_t offset = 0;
  std::size_t games = 0;
};

struct GamesFile {
  Games games;
  std::vector<BlockPlace> blocks;  // of the games, in their order
  std::string damage;  // one line on what is missing; empty: no damage
};
/// Returns an error if the file does not exist, or if it is not a file of games.
Result<GamesFile> read_games(const std::string& path);

/// A file of these games as bytes.
std::string games_file(const Games& games);

}  // namespace ponnuki::selfplay
