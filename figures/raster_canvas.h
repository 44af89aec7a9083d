// RasterCanvas: a Canvas of pixels with smooth edges; encode() gives a PNG.
#pragma once

#include <span>
#include <vector>

#include "figures/canvas.h"
#include "figures/stroke_font.h"

namespace ponnuki::figures {

class RasterCanvas final : public Canvas {
 public:
  RasterCanvas(int width, int height);
  void rect(double x, double y, double width, double height, Paint fill) override;
  void circle(double x, double y, double radius, Paint fill) override;
  void line(double x1, double y1, double x2, double y2, double width, Paint stroke) override;
  void text(double x, double y, double size, Anchor anchor, const std::string& words,
            Rgb color) override;
  std::string encode() const override;

  Rgb at(int x, int y) const { return pixels_[index(x, y)]; }

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
           static_cast<std::size_t>(x);
  }
  template <typename Coverage>
  void fill(double left, double top, double right, double bottom, Paint paint,
            const Coverage& coverage);
  void draw(std::span<const Stroke> strokes, double width, Paint paint);

  int width_, height_;
  std::vector<Rgb> pixels_;
};

}  // namespace ponnuki::figures
