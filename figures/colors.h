// The colours of figures, and scales from values to colours.
#pragma once

#include "engine/types.h"
#include "figures/canvas.h"

namespace ponnuki::figures {

inline constexpr Rgb kInk{34, 34, 34}, kFaintInk{110, 110, 110};
inline constexpr Rgb kWood{233, 196, 128}, kBlackStone{24, 24, 26}, kWhiteStone{250, 250, 247};
inline constexpr Rgb kHeat{200, 20, 40};

/// A diverging scale (ColorBrewer's RdBu) for `value` from -1 (blue) through 0 (nearly white) to 1
/// (red). Values outside are clamped.
Rgb diverging(double value);

/// The paint of a probability on the board: a higher probability is more opaque. `most` is the
/// greatest probability on the board.
Paint heat(double probability, double most);

constexpr Rgb stone_color(Color color) {
  return color == Color::kBlack ? kBlackStone : kWhiteStone;
}

/// "Black", "White".
constexpr const char* player_name(Color color) {
  return color == Color::kBlack ? "Black" : "White";
}

}  // namespace ponnuki::figures
