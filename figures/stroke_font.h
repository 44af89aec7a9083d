// A small stroke font for canvases of pixels: printable ASCII as polylines.
#pragma once

#include <string>
#include <vector>

namespace ponnuki::figures {

struct Stroke {
  double x1, y1, x2, y2;  // equal ends: a dot
};

/// The width of an ASCII text in pixels, in a font of `size` pixels.
double stroke_text_width(const std::string& ascii, double size);

/// The strokes of each character of a text that begins at (x, y). y is the baseline and grows
/// downwards.
std::vector<std::vector<Stroke>> stroke_text(const std::string& ascii, double x, double y,
                                             double size);

/// The width of the strokes in a font of `size` pixels.
double stroke_width(double size);

}  // namespace ponnuki::figures
