#include "selfplay/learning/replay_window.h"

#include <cmath>

#include "engine/check.h"

namespace ponnuki::selfplay {

std::int64_t window_rows(std::int64_t total_rows, const WindowOptions& options) {
  const auto total = static_cast<double>(total_rows);
  if (total <= options.least) return total_rows;
  const double grown = std::pow(total - options.least + options.scale, options.exponent) -
                       std::pow(options.scale, options.exponent);
  const double slope = options.exponent * std::pow(options.scale, options.exponent - 1);
  return std::min(total_rows,
                  static_cast<std::int64_t>(options.least + options.share * grown / slope));
}

void ReplayWindow::add(const std::shared_ptr<const GameRecord>& game, Random& random) {
  total_rows_ += append(game, random);
  drop_old_rows();
}

int ReplayWindow::add_again(const std::shared_ptr<const GameRecord>& game, Random& random) {
  const int rows = append(game, random);
  drop_old_rows();
  return rows;
}

int ReplayWindow::append(const std::shared_ptr<const GameRecord>& game, Random& random) {
  int rows = 0;
  for (std::size_t turn = 0; turn < game->turns.size(); ++turn) {
    const int copies = game->turns[turn].draw_rows(random);
    for (int i = 0; i < copies; ++i) rows_.push_back({game, static_cast<std::uint16_t>(turn)});
    rows += copies;
  }
  return rows;
}

void ReplayWindow::drop_old_rows() {
  const auto most = static_cast<std::size_t>(window_rows(total_rows_, options_));
  while (rows_.size() > most) rows_.pop_front();
}

const ReplayWindow::Row& ReplayWindow::draw(Random& random) const {
  PONNUKI_CHECK(!rows_.empty());
  return rows_[random.below(static_cast<std::uint32_t>(rows_.size()))];
}

}  // namespace ponnuki::selfplay
