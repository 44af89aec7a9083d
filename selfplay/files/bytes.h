// Numbers as little-endian bytes: appended to a string, and read from the front of one.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ponnuki::selfplay {

static_assert(std::endian::native == std::endian::little);  // x86-64 and arm64

template <typename T>
void put(T value, std::string& bytes) {
  static_assert(std::is_arithmetic_v<T>);
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}
/// Appends the count as u64, then the numbers.
inline void put_floats(const std::vector<float>& values, std::string& bytes) {
  put(static_cast<std::uint64_t>(values.size()), bytes);
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
}

/// Reads from the front. Once there are too few bytes, all reads return 0 and failed() is true.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  T get() {
    T value{};
    const std::string_view from = take(sizeof value);
    if (!failed_) std::memcpy(&value, from.data(), sizeof value);
    return value;
  }
  std::string_view take(std::size_t count) {
    if (failed_ || bytes_.size() < count) {
      failed_ = true;
      return {};
    }
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  std::vector<float> get_floats() {
    const auto count = get<std::uint64_t>();
    if (count > bytes_.size() / sizeof(float)) failed_ = true;
    std::vector<float> values(failed_ ? 0 : static_cast<std::size_t>(count));
    const std::string_view from = take(values.size() * sizeof(float));
    if (!from.empty()) std::memcpy(values.data(), from.data(), from.size());
    return values;
  }

  bool failed() const { return failed_; }
  std::size_t left() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
  bool failed_ = false;
};

}  // namespace ponnuki::selfplay
