// SvgCanvas: a Canvas that writes Scalable Vector Graphics 1.1.
#pragma once

#include "figures/canvas.h"

namespace ponnuki::figures {

class SvgCanvas final : public Canvas {
 public:
  SvgCanvas(int width, int height);
  void rect(double x, double y, double width, double height, Paint fill) override;
  void circle(double x, double y, double radius, Paint fill) override;
  void line(double x1, double y1, double x2, double y2, double width, Paint stroke) override;
  void text(double x, double y, double size, Anchor anchor, const std::string& words,
            Rgb color) override;
  std::string encode() const override;

 private:
  std::string svg_;
};

}  // namespace ponnuki::figures
