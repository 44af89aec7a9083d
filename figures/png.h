// Writes PNG (ISO/IEC 15948): 8 bits a colour, no transparency.
#pragma once

#include <span>
#include <string>

#include "figures/canvas.h"

namespace ponnuki::figures {

/// `pixels` row by row from the top. Requires width * height of them, at least one.
std::string encode_png(int width, int height, std::span<const Rgb> pixels);

}  // namespace ponnuki::figures
