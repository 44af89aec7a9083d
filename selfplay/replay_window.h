// ReplayWindow: the newest positions of self-play, from which training draws.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "engine/random.h"
#include "selfplay/game_record.h"

namespace ponnuki::selfplay {

/// How many of the newest rows to draw from (KataGo's shuffle.py): all up to `least`, and from
/// there on a number that grows like a power of those that there have been:
///
///     window(N) = least + share * ((N - least + scale)^exponent - scale^exponent)
///                         / (exponent * scale^(exponent - 1))
struct WindowOptions {
  double least = 60000, share = 0.4, scale = 150000, exponent = 0.65;
};
std::int64_t window_rows(std::int64_t total_rows, const WindowOptions& options);

/// How many rows a turn is: its weight on average.
int rows_of(const RecordedTurn& turn, Random& random);

class ReplayWindow {
 public:
  explicit ReplayWindow(const WindowOptions& options) : options_(options) {}

  /// A row is a turn of weight 1; turns of other weights are so many rows on average.
  void add(const std::shared_ptr<const GameRecord>& game, Random& random);
  /// Of an earlier session: so many rows there have been, of which the newest are added again.
  void set_total_rows(std::int64_t total) { total_rows_ = total; }
  /// Adds rows that the total counts already; says how many.
  int add_again(const std::shared_ptr<const GameRecord>& game, Random& random);
  /// Rows that there have been, and those that are here.
  std::int64_t total_rows() const { return total_rows_; }
  std::int64_t rows() const { return static_cast<std::int64_t>(rows_.size()); }

  struct Row {
    std::shared_ptr<const GameRecord> game;
    std::uint16_t turn = 0;
  };
  /// Requires rows() > 0.
  const Row& draw(Random& random) const;

 private:
  /// Says how many rows it was.
  int append(const std::shared_ptr<const GameRecord>& game, Random& random);
  void drop_old_rows();

  WindowOptions options_;
  std::deque<Row> rows_;
  std::int64_t total_rows_ = 0;
};

}  // namespace ponnuki::selfplay
