// GameCollection: many games from records, with numbers for all their positions. Also reads the
// games from SGF files and splits them into training games and held-out games.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/random.h"
#include "selfplay/records/played_game.h"

namespace ponnuki::selfplay {

class GameCollection {
 public:
  /// Requires a game with at least one move.
  void add(PlayedGame game);
  std::int64_t games() const { return static_cast<std::int64_t>(games_.size()); }
  std::int64_t positions() const { return positions_; }

  struct Place {
    const PlayedGame* game;
    std::size_t turn;
  };
  /// Positions have the numbers 0 to positions() - 1. There is one before each move.
  Place place(std::int64_t position) const;

 private:
  std::vector<PlayedGame> games_;
  std::vector<std::int64_t> begins_;  // [game]: the number of its first position
  std::int64_t positions_ = 0;
};

/// The cells of the moves of a game of the collection on such a board, from an even start, up to a
/// random turn: every position of such games is as probable. Only games whose players alternate,
/// Black first, without handicap. Empty if a few tries found none.
std::vector<std::uint16_t> random_beginning(const GameCollection& games, BoardSize size,
                                            Random& random);

struct CollectionOptions {
  Rules rules;                   // for information that a record lacks
  std::vector<BoardSize> sizes;  // sizes to accept; empty: all
  double holdout = 0.05;         // share of the games to hold out
  int threads = 1;               // files to read at the same time
};

struct SplitCollection {
  GameCollection training, held_out;
  // The numbers of games that were left out, by reason.
  std::int64_t broken = 0, other_sizes = 0, without_moves = 0, duplicates = 0;
  // The numbers of games whose winner is known, and whose score is known.
  std::int64_t with_result = 0, with_score = 0;
  double holdout = 0;             // CollectionOptions::holdout
  std::uint64_t fingerprint = 1;  // of the training games and their order
  /// A summary of one line.
  std::string summary() const;
};

/// Reads all games of these files. Whether a game is held out depends only on its game_hash(), so
/// that it is the same in every run with the same share. Duplicates are used once. Broken games are
/// left out, and `warn` is called with a line about each, on the calling thread. The order of games
/// is that of the files, for any number of threads. Returns an error if there is no training
/// game.
Result<SplitCollection> read_collection(const std::vector<std::string>& files,
                                        const CollectionOptions& options,
                                        const std::function<void(const std::string&)>& warn);

/// The place of number i in a pseudorandom permutation of 0 to count - 1, which depends on the key.
/// Needs no memory. Requires 0 <= i < count.
std::int64_t shuffled(std::int64_t i, std::int64_t count, std::uint64_t key);

}  // namespace ponnuki::selfplay
