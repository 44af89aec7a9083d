// Encodes PNG (ISO/IEC 15948) with 8 bits per colour and no transparency.
#pragma once

#include <span>
#include <string>

#include "figures/canvas.h"

namespace ponnuki::figures {

/// The pixels are row by row from the top. Requires width * height pixels, at least one.
std::string encode_png(int width, int height, std::span<const Rgb> pixels);

}  // namespace ponnuki::figures
