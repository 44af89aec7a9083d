#include "figures/heading.h"

#include <algorithm>
#include <cmath>

#include "figures/colors.h"
#include "figures/stroke_font.h"

namespace ponnuki::figures {
namespace {

constexpr double kTitleFont = 16, kLineFont = 11.5;
constexpr int kTitleHeight = 22, kLineHeight = 16, kBelow = 8;

}  // namespace

/// Includes a reserve, since other fonts may be slightly wider than ours.
int Heading::width() const {
  constexpr double kReserve = 1.06;
  double widest = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i)
    widest =
        std::max(widest, stroke_text_width(to_ascii(lines_[i]), i == 0 ? kTitleFont : kLineFont));
  return static_cast<int>(std::ceil(widest * kReserve));
}

int Heading::height() const {
  return kTitleHeight + kLineHeight * (static_cast<int>(lines_.size()) - 1) + kBelow;
}

void Heading::draw(Canvas& canvas) const {
  double baseline = kMargin + kTitleFont * 0.8;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    canvas.text(kMargin, baseline, i == 0 ? kTitleFont : kLineFont, Anchor::kStart, lines_[i],
                i == 0 ? kInk : kFaintInk);
    baseline += i == 0 ? kTitleHeight : kLineHeight;
  }
}

}  // namespace ponnuki::figures
