// ReplayWindow: the newest turns of self-play, from which training draws samples.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "engine/random.h"
#include "selfplay/records/game_record.h"

namespace ponnuki::selfplay {

/// The number of newest rows to draw from, if there are N rows so far (KataGo's shuffle.py). All
/// rows up to `least`; after that it grows like a power of N:
///
///     window(N) = least + share * ((N - least + scale)^exponent - scale^exponent)
///                         / (exponent * scale^(exponent - 1))
struct WindowOptions {
  double least = 60000, share = 0.4, scale = 150000, exponent = 0.65;
};
std::int64_t window_rows(std::int64_t total_rows, const WindowOptions& options);

class ReplayWindow {
 public:
  explicit ReplayWindow(const WindowOptions& options) : options_(options) {}

  /// Adds the game's turns. The weight of a turn is the mean number of its rows.
  void add(const std::shared_ptr<const GameRecord>& game, Random& random);
  /// Sets the number of rows of earlier sessions. add_again() then adds the newest of them.
  void set_total_rows(std::int64_t total) { total_rows_ = total; }
  /// Adds rows that are already included in the total. Returns their number.
  int add_again(const std::shared_ptr<const GameRecord>& game, Random& random);
  /// The number of all rows so far, and of those in the window.
  std::int64_t total_rows() const { return total_rows_; }
  std::int64_t rows() const { return static_cast<std::int64_t>(rows_.size()); }

  struct Row {
    std::shared_ptr<const GameRecord> game;
    std::uint16_t turn = 0;
  };
  /// Requires rows() > 0.
  const Row& draw(Random& random) const;

 private:
  /// Returns the number of rows.
  int append(const std::shared_ptr<const GameRecord>& game, Random& random);
  void drop_old_rows();

  WindowOptions options_;
  std::deque<Row> rows_;
  std::int64_t total_rows_ = 0;
};

}  // namespace ponnuki::selfplay
