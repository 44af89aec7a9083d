// A pixel is mixed with the paint by the share of it that a shape covers: exact for rectangles, by
// the distance from the edge for round shapes.
#include "figures/raster_canvas.h"

#include <algorithm>
#include <cmath>

#include "figures/png.h"

namespace ponnuki::figures {
namespace {

std::uint8_t mix(std::uint8_t below, std::uint8_t above, double share) {
  return static_cast<std::uint8_t>(std::lround(below + (above - below) * share));
}

/// How much of [pixel, pixel + 1] lies in [low, high].
double overlap(int pixel, double low, double high) {
  return std::clamp(std::min(high, pixel + 1.0) - std::max(low, double(pixel)), 0.0, 1.0);
}

double distance(double x, double y, const Stroke& s) {
  const double dx = s.x2 - s.x1, dy = s.y2 - s.y1, square = dx * dx + dy * dy;
  const double t =
      square > 0 ? std::clamp(((x - s.x1) * dx + (y - s.y1) * dy) / square, 0.0, 1.0) : 0.0;
  return std::hypot(x - s.x1 - t * dx, y - s.y1 - t * dy);
}

}  // namespace

RasterCanvas::RasterCanvas(int width, int height)
    : width_(width),
      height_(height),
      pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
              Rgb{255, 255, 255}) {}

/// Paints the pixels of a box (cut to the canvas) with coverage(x, y) from 0 to 1.
template <typename Coverage>
void RasterCanvas::fill(double left, double top, double right, double bottom, Paint paint,
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

void RasterCanvas::rect(double x, double y, double width, double height, Paint paint) {
  fill(x, y, x + width, y + height, paint,
       [&](int px, int py) { return overlap(px, x, x + width) * overlap(py, y, y + height); });
}

void RasterCanvas::circle(double x, double y, double radius, Paint paint) {
  const double reach = radius + 1;
  fill(x - reach, y - reach, x + reach, y + reach, paint, [&](int px, int py) {
    return std::clamp(radius + 0.5 - std::hypot(px + 0.5 - x, py + 0.5 - y), 0.0, 1.0);
  });
}

void RasterCanvas::line(double x1, double y1, double x2, double y2, double width, Paint stroke) {
  const Stroke alone{x1, y1, x2, y2};
  draw({&alone, 1}, width, stroke);
}

/// All strokes as one shape: where they meet, a pixel is painted once.
void RasterCanvas::draw(std::span<const Stroke> strokes, double width, Paint paint) {
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

void RasterCanvas::text(double x, double y, double size, Anchor anchor, const std::string& words,
                        Rgb color) {
  const std::string ascii = to_ascii(words);
  const double width = stroke_text_width(ascii, size);
  const double shift = anchor == Anchor::kStart ? 0 : anchor == Anchor::kMiddle ? 0.5 : 1;
  for (const auto& glyph : stroke_text(ascii, x - shift * width, y, size))
    draw(glyph, stroke_width(size), {color});
}

std::string RasterCanvas::encode() const { return encode_png(width_, height_, pixels_); }

}  // namespace ponnuki::figures
