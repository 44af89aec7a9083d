// Anti-aliasing: a pixel is mixed with the paint by the share of it that the shape covers. The
// share is exact for rectangles, and estimated by the distance from the edge for round shapes.
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "figures/canvases.h"
#include "figures/png.h"
#include "figures/stroke_font.h"

namespace ponnuki::figures {
namespace {

std::uint8_t mix(std::uint8_t below, std::uint8_t above, double share) {
  return static_cast<std::uint8_t>(std::lround(below + (above - below) * share));
}

/// The length of [pixel, pixel + 1] inside [low, high].
double overlap(int pixel, double low, double high) {
  return std::clamp(std::min(high, pixel + 1.0) - std::max(low, double(pixel)), 0.0, 1.0);
}

double distance(double x, double y, const Stroke& s) {
  const double dx = s.x2 - s.x1, dy = s.y2 - s.y1, square = dx * dx + dy * dy;
  const double t =
      square > 0 ? std::clamp(((x - s.x1) * dx + (y - s.y1) * dy) / square, 0.0, 1.0) : 0.0;
  return std::hypot(x - s.x1 - t * dx, y - s.y1 - t * dy);
}

class RasterCanvas final : public Canvas {
 public:
  RasterCanvas(int width, int height)
      : width_(width),
        height_(height),
        pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
                Rgb{255, 255, 255}) {}

  void rect(double x, double y, double width, double height, Paint paint) override {
    fill(x, y, x + width, y + height, paint,
         [&](int px, int py) { return overlap(px, x, x + width) * overlap(py, y, y + height); });
  }

  void circle(double x, double y, double radius, Paint paint) override {
    const double reach = radius + 1;
    fill(x - reach, y - reach, x + reach, y + reach, paint, [&](int px, int py) {
      return std::clamp(radius + 0.5 - std::hypot(px + 0.5 - x, py + 0.5 - y), 0.0, 1.0);
    });
  }

  void line(double x1, double y1, double x2, double y2, double width, Paint stroke) override {
    const Stroke alone{x1, y1, x2, y2};
    draw({&alone, 1}, width, stroke);
  }

  void text(double x, double y, double size, Anchor anchor, const std::string& words,
            Rgb color) override {
    const std::string ascii = to_ascii(words);
    const double width = stroke_text_width(ascii, size);
    const double shift = anchor == Anchor::kStart ? 0 : anchor == Anchor::kMiddle ? 0.5 : 1;
    for (const auto& glyph : stroke_text(ascii, x - shift * width, y, size))
      draw(glyph, stroke_width(size), {color});
  }

  std::string encode() const override { return encode_png(width_, height_, pixels_); }

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
           static_cast<std::size_t>(x);
  }

  /// Paints the pixels of a box, clipped to the canvas, with coverage(x, y) from 0 to 1.
  template <typename Coverage>
  void fill(double left, double top, double right, double bottom, Paint paint,
            const Coverage& coverage) {
    const auto first = [](double edge) { return std::max(0, static_cast<int>(std::floor(edge))); };
    const auto last = [](double edge, int side) {
      return std::min(side, static_cast<int>(std::ceil(edge)));
    };
    for (int y = first(top); y < last(bottom, height_); ++y) {
      for (int x = first(left); x < last(right, width_); ++x) {
        const double share = coverage(x, y) * paint.opacity;
        Rgb& pixel = pixels_[index(x, y)];
        pixel = {mix(pixel.r, paint.color.r, share), mix(pixel.g, paint.color.g, share),
                 mix(pixel.b, paint.color.b, share)};
      }
    }
  }

  /// Draws all strokes as one shape: a pixel where they meet is painted once.
  void draw(std::span<const Stroke> strokes, double width, Paint paint) {
    double left = width_, top = height_, right = 0, bottom = 0;
    for (const Stroke& s : strokes) {
      left = std::min({left, s.x1, s.x2});
      right = std::max({right, s.x1, s.x2});
      top = std::min({top, s.y1, s.y2});
      bottom = std::max({bottom, s.y1, s.y2});
    }
    const double reach = width / 2 + 1;
    fill(left - reach, top - reach, right + reach, bottom + reach, paint, [&](int px, int py) {
      double nearest = reach;
      for (const Stroke& s : strokes) nearest = std::min(nearest, distance(px + 0.5, py + 0.5, s));
      return std::clamp(width / 2 + 0.5 - nearest, 0.0, 1.0);
    });
  }

  int width_, height_;
  std::vector<Rgb> pixels_;
};

}  // namespace

std::unique_ptr<Canvas> make_raster_canvas(int width, int height) {
  return std::make_unique<RasterCanvas>(width, height);
}

}  // namespace ponnuki::figures
