// Signature, IHDR, one IDAT of unfiltered rows, IEND.
#include "figures/png.h"

#include <zlib.h>

#include "engine/check.h"

namespace ponnuki::figures {
namespace {

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFF);
  return bytes;
}

const Bytef* bytes_of(const std::string& text) {
  return reinterpret_cast<const Bytef*>(text.data());
}

std::string chunk(const char* type, const std::string& data) {
  const std::string body = type + data;
  const auto crc = crc32(0, bytes_of(body), static_cast<uInt>(body.size()));
  return big_endian(static_cast<std::uint32_t>(data.size())) + body +
         big_endian(static_cast<std::uint32_t>(crc));
}

std::string deflated(const std::string& data) {
  uLongf size = compressBound(static_cast<uLong>(data.size()));
  std::string out(size, '\0');
  const int status = compress2(reinterpret_cast<Bytef*>(out.data()), &size, bytes_of(data),
                               static_cast<uLong>(data.size()), Z_BEST_COMPRESSION);
  PONNUKI_CHECK(status == Z_OK);
  out.resize(size);
  return out;
}

}  // namespace

std::string encode_png(int width, int height, std::span<const Rgb> pixels) {
  const auto row = static_cast<std::size_t>(width);
  PONNUKI_CHECK(width > 0 && height > 0 && pixels.size() == row * static_cast<std::size_t>(height));
  std::string header = big_endian(static_cast<std::uint32_t>(width)) +
                       big_endian(static_cast<std::uint32_t>(height));
  header += std::string("\x08\x02\x00\x00\x00", 5);  // 8 bits, RGB, not interlaced
  std::string rows;
  rows.reserve(pixels.size() * 3 + static_cast<std::size_t>(height));
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    if (i % row == 0) rows += '\0';  // filter: none
    for (const std::uint8_t value : {pixels[i].r, pixels[i].g, pixels[i].b})
      rows += static_cast<char>(value);
  }
  return "\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + chunk("IDAT", deflated(rows)) +
         chunk("IEND", "");
}

}  // namespace ponnuki::figures
