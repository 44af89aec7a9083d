// Floats and counts in the byte order of the files, which is little-endian on every machine.
#pragma once

#include <bit>
#include <cstdint>
#include <string>

namespace ponnuki::nn {

/// Byte by byte, so that the machine's byte order does not matter. Compilers make a single load of
/// it.
inline std::uint32_t load_little_endian(const unsigned char* bytes) {
  return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8 |
         static_cast<std::uint32_t>(bytes[2]) << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
}

inline void append_little_endian(std::string& out, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(number >> shift & 0xFF);
}

inline float load_float(const unsigned char* bytes) {
  return std::bit_cast<float>(load_little_endian(bytes));
}

inline void append_float(std::string& out, float number) {
  append_little_endian(out, std::bit_cast<std::uint32_t>(number));
}

}  // namespace ponnuki::nn
