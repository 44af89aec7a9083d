// Arrays in numpy's formats: .npy (version 1.0), and .npz, a zip file of .npy files.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ponnuki::selfplay {

/// Header and data, row-major, little-endian. T is float, or an integer of 8 or 16 bits.
template <typename T>
std::string to_npy(std::span<const std::int64_t> shape, std::span<const T> numbers);

struct ZipEntry {
  std::string name, bytes;
};
/// A zip file with deflated entries. Requires at least one entry and a file of less than 4 GiB.
std::string to_zip(const std::vector<ZipEntry>& entries);

}  // namespace ponnuki::selfplay
