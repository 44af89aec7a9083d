#include "figures/colors.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ponnuki::figures {

Rgb diverging(double value) {
  static constexpr std::array<Rgb, 7> kStops = {{{33, 102, 172},
                                                 {103, 169, 207},
                                                 {209, 229, 240},
                                                 {247, 247, 247},
                                                 {253, 219, 199},
                                                 {239, 138, 98},
                                                 {178, 24, 43}}};
  const double place = (std::clamp(value, -1.0, 1.0) + 1) / 2 * (kStops.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(place), kStops.size() - 2);
  const double share = place - static_cast<double>(low);
  const auto mix = [&](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + (b - a) * share));
  };
  const Rgb a = kStops[low], b = kStops[low + 1];
  return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b)};
}

Paint heat(double probability, double most) {
  const double share = most > 0 ? std::clamp(probability / most, 0.0, 1.0) : 0.0;
  return {kHeat, 0.9 * std::sqrt(share)};
}

}  // namespace ponnuki::figures
