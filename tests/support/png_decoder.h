// A strict reader of the PNGs that figures/png.h writes: 8-bit RGB, unfiltered, one IDAT. Checks
// every length and CRC.
#pragma once

#include <zlib.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "figures/canvas.h"

namespace ponnuki::test {

struct Picture {
  int width = 0, height = 0;
  std::vector<figures::Rgb> pixels;
  figures::Rgb at(int x, int y) const { return pixels.at(static_cast<std::size_t>(y * width + x)); }
};

class PngDecoder {
 public:
  explicit PngDecoder(const std::string& bytes) : bytes_(bytes) {}

  /// Throws a std::runtime_error that describes the problem.
  Picture decode() {
    expect(take(8) == "\x89PNG\r\n\x1A\n", "signature");
    const std::string header = chunk("IHDR");
    expect(header.size() == 13 && header.substr(8) == std::string("\x08\x02\0\0\0", 5), "IHDR");
    Picture picture{number(header, 0), number(header, 4), {}};
    const std::string rows = inflate(chunk("IDAT"), picture.height * (3 * picture.width + 1));
    expect(chunk("IEND").empty() && at_ == bytes_.size(), "end");
    for (std::size_t i = 0; i < rows.size();) {
      if (i % static_cast<std::size_t>(3 * picture.width + 1) == 0) {
        expect(rows[i++] == 0, "filter");
      } else {
        const auto value = [&] { return static_cast<std::uint8_t>(rows[i++]); };
        const std::uint8_t r = value(), g = value(), b = value();
        picture.pixels.push_back({r, g, b});
      }
    }
    return picture;
  }

 private:
  static void expect(bool good, const char* what) {
    if (!good) throw std::runtime_error(std::string("bad PNG: ") + what);
  }
  std::string take(std::size_t count) {
    expect(bytes_.size() - at_ >= count, "too short");
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  static int number(const std::string& text, std::size_t at) {
    unsigned value = 0;
    for (std::size_t i = 0; i < 4; ++i)
      value = value << 8 | static_cast<unsigned char>(text.at(at + i));
    return static_cast<int>(value);
  }
  std::string chunk(const std::string& type) {
    const int length = number(take(4), 0);
    const std::string body = take(4 + static_cast<std::size_t>(length));
    expect(body.substr(0, 4) == type, "type of a chunk");
    const auto crc =
        crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    expect(number(take(4), 0) == static_cast<int>(static_cast<unsigned>(crc)), "CRC");
    return body.substr(4);
  }
  static std::string inflate(const std::string& data, int size) {
    std::string out(static_cast<std::size_t>(size), '\0');
    uLongf got = out.size();
    const int status = uncompress(reinterpret_cast<Bytef*>(out.data()), &got,
                                  reinterpret_cast<const Bytef*>(data.data()), data.size());
    expect(status == Z_OK && got == out.size(), "data");
    return out;
  }

  const std::string& bytes_;
  std::size_t at_ = 0;
};

inline Picture decode_png(const std::string& bytes) { return PngDecoder(bytes).decode(); }

}  // namespace ponnuki::test
