// A record of 9×9 with a move at E5, packed.
#pragma once

#include <string>
#include <string_view>

namespace ponnuki::test {

inline std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

inline const std::string kPlainRecord = "(;SZ[9];B[ee])";
/// By gzip -n.
inline const std::string kGzipRecord =
    from_hex("1f8b0800000000000003d3b00e8e8ab68cb5768a4e4d8dd5040042bcf3bb0e000000");
/// By xz.
inline const std::string kXzRecord = from_hex(
    "fd377a585a000004e6d6b4460200210116000000742fe5a301000d283b535a5b395d3b425b65655d29000000"
    "29382b162a183a580001260e081be0041fb6f37d010000000004595a");

}  // namespace ponnuki::test
