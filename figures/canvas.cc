#include "figures/canvas.h"

#include "engine/check.h"
#include "figures/canvases.h"

namespace ponnuki::figures {

std::unique_ptr<Canvas> make_canvas(PictureFormat format, int width, int height) {
  constexpr int kLongest = 20000;
  PONNUKI_CHECK(width >= 1 && height >= 1 && width <= kLongest && height <= kLongest);
  return format == PictureFormat::kSvg ? make_svg_canvas(width, height)
                                       : make_raster_canvas(width, height);
}

std::string to_ascii(const std::string& text) {
  std::string ascii;
  for (const char c : text) {
    if ((c & 0xC0) == 0x80) continue;  // a continuation byte of UTF-8
    ascii += c >= ' ' && c <= '~' ? c : '?';
  }
  return ascii;
}

}  // namespace ponnuki::figures
