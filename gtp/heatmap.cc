// Leela Zero's layout, which its clients read from stderr: four characters a point.
#include "gtp/heatmap.h"

#include <algorithm>
#include <cmath>

#include "engine/format.h"

namespace ponnuki::gtp {

std::string heatmap_text(const Position& position, const Evaluation& e) {
  const auto thousandths = [](float p) {
    return static_cast<int>(std::lround(1000 * std::max(p, 0.0F)));
  };
  const BoardSize size = position.size();
  std::string text;
  for (int cell = 0; cell < size.area(); ++cell) {
    text += format("%4d", thousandths(e.policy[static_cast<std::size_t>(cell)]));
    if ((cell + 1) % size.width == 0) text += '\n';
  }
  text += format("pass: %d\n", thousandths(e.policy.back()));
  text += format("winrate: %.6f", static_cast<double>(e.win + e.no_result / 2));
  return text;
}

}  // namespace ponnuki::gtp
