#include <cmath>

#include "engine/format.h"
#include "figures/canvases.h"

namespace ponnuki::figures {
namespace {

/// A number rounded to a hundredth of a pixel: "12", "3.5", "0.25".
std::string number(double value) { return format("%.10g", std::round(value * 100) / 100); }

/// ` name="value"`.
std::string attribute(const char* name, double value) {
  return std::string(" ") + name + "=\"" + number(value) + "\"";
}

std::string hex(Rgb color) { return format("#%02x%02x%02x", color.r, color.g, color.b); }

/// The attributes of colour and opacity for "fill" or "stroke".
std::string painted(const std::string& what, Paint paint) {
  std::string text = " " + what + "=\"" + hex(paint.color) + "\"";
  if (paint.opacity < 1) text += attribute((what + "-opacity").c_str(), paint.opacity);
  return text;
}

std::string escaped(const std::string& ascii) {
  std::string text;
  for (const char c : ascii) {
    if (c == '&') {
      text += "&amp;";
    } else if (c == '<') {
      text += "&lt;";
    } else {
      text += c;
    }
  }
  return text;
}

class SvgCanvas final : public Canvas {
 public:
  SvgCanvas(int width, int height)
      : svg_(format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" ", width,
                    height) +
             format("viewBox=\"0 0 %d %d\" font-family=\"Helvetica, Arial, sans-serif\">\n", width,
                    height)) {
    rect(0, 0, width, height, {{255, 255, 255}});
  }

  void rect(double x, double y, double width, double height, Paint fill) override {
    svg_ += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width) +
            attribute("height", height) + painted("fill", fill) + "/>\n";
  }

  void circle(double x, double y, double radius, Paint fill) override {
    svg_ += "<circle" + attribute("cx", x) + attribute("cy", y) + attribute("r", radius) +
            painted("fill", fill) + "/>\n";
  }

  void line(double x1, double y1, double x2, double y2, double width, Paint stroke) override {
    svg_ += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) +
            attribute("y2", y2) + painted("stroke", stroke) + attribute("stroke-width", width) +
            " stroke-linecap=\"round\"/>\n";
  }

  void text(double x, double y, double size, Anchor anchor, const std::string& words,
            Rgb color) override {
    constexpr const char* kAnchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    svg_ += "<text" + attribute("x", x) + attribute("y", y) + attribute("font-size", size) +
            painted("fill", {color}) + kAnchors[static_cast<int>(anchor)] + ">" +
            escaped(to_ascii(words)) + "</text>\n";
  }

  std::string encode() const override { return svg_ + "</svg>\n"; }

 private:
  std::string svg_;
};

}  // namespace

std::unique_ptr<Canvas> make_svg_canvas(int width, int height) {
  return std::make_unique<SvgCanvas>(width, height);
}

}  // namespace ponnuki::figures
