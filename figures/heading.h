// Heading: the title and further lines above a figure.
#pragma once

#include <string>
#include <vector>

#include "figures/canvas.h"

namespace ponnuki::figures {

inline constexpr int kMargin = 14;  // pixels around a figure

class Heading {
 public:
  /// The first line is the title.
  explicit Heading(std::vector<std::string> lines) : lines_(std::move(lines)) {}
  // In pixels, including the gap below.
  int width() const;
  int height() const;
  /// Draws it in the top left corner of the canvas, inside the margin.
  void draw(Canvas& canvas) const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace ponnuki::figures
