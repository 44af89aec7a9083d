// GameCollection: many games from records, with numbers for all of their positions. They are read
// from SGF files and split into games to learn from and games held out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "selfplay/played_game.h"

namespace ponnuki::selfplay {

class GameCollection {
 public:
  /// Requires a game with moves.
  void add(PlayedGame game);
  std::int64_t games() const { return static_cast<std::int64_t>(games_.size()); }
  std::int64_t positions() const { return positions_; }

  struct Place {
    const PlayedGame* game;
    std::size_t turn;
  };
  /// Position number 0 to positions() - 1; there is one before each move.
  Place place(std::int64_t position) const;

 private:
  std::vector<PlayedGame> games_;
  std::vector<std::int64_t> begins_;  // [game], the number of its first position
  std::int64_t positions_ = 0;
};

struct CollectionOptions {
  Rules rules;                   // for what a record does not say
  std::vector<BoardSize> sizes;  // to take; empty: all
  double holdout = 0.05;         // share of the games
};

struct SplitCollection {
  GameCollection training, held_out;
  std::int64_t broken = 0, other_sizes = 0, without_moves = 0, duplicates = 0;  // games left out
  std::int64_t with_result = 0, counted = 0;  // games whose winner, whose score is known
  /// One line.
  std::string summary() const;
};

/// All games of these files. Whether a game is held out depends on its game_hash() only, so that it
/// is the same in every run with the same share. Duplicates are taken once. Broken games are left
/// out, and `warn` gets a line about each. An error if there is no game to learn from.
Result<SplitCollection> read_collection(const std::vector<std::string>& files,
                                        const CollectionOptions& options,
                                        const std::function<void(const std::string&)>& warn);

/// The place of number i in a pseudorandom order of 0 to count - 1, which depends on the key. Takes
/// no memory. Requires 0 <= i < count.
std::int64_t shuffled(std::int64_t i, std::int64_t count, std::uint64_t key);

}  // namespace ponnuki::selfplay
