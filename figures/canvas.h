// Canvas: draws rectangles, circles, lines and text, and encodes them as SVG or PNG. Coordinates
// are pixels from the top left corner. Later shapes cover earlier ones.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace ponnuki::figures {

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  friend constexpr bool operator==(Rgb, Rgb) = default;
};

struct Paint {
  Rgb color;
  double opacity = 1;  // 0 to 1
  friend constexpr bool operator==(Paint, Paint) = default;
};

enum class Anchor { kStart, kMiddle, kEnd };  // the part of the text that is at x

class Canvas {
 public:
  virtual ~Canvas() = default;
  virtual void rect(double x, double y, double width, double height, Paint fill) = 0;
  virtual void circle(double x, double y, double radius, Paint fill) = 0;
  /// A line with round ends.
  virtual void line(double x1, double y1, double x2, double y2, double width, Paint stroke) = 0;
  /// `y` is the baseline, `size` the font size. The text is converted by to_ascii().
  virtual void text(double x, double y, double size, Anchor anchor, const std::string& words,
                    Rgb color) = 0;
  /// The bytes of the picture file.
  virtual std::string encode() const = 0;
};

enum class PictureFormat { kSvg, kPng };

/// Makes a white canvas. Requires sides from 1 to 20000 pixels.
std::unique_ptr<Canvas> make_canvas(PictureFormat format, int width, int height);

/// `text` with a '?' for each character that is not printable ASCII.
std::string to_ascii(const std::string& text);

}  // namespace ponnuki::figures
