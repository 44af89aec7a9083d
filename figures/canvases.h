// The kinds of Canvas, for make_canvas().
#pragma once

#include "figures/canvas.h"

namespace ponnuki::figures {

/// A canvas whose encode() returns Scalable Vector Graphics 1.1.
std::unique_ptr<Canvas> make_svg_canvas(int width, int height);
/// A canvas of pixels with smooth edges, whose encode() returns a PNG.
std::unique_ptr<Canvas> make_raster_canvas(int width, int height);

}  // namespace ponnuki::figures
