// Makes damaged and hostile net files, and checks parse_model()'s errors for them.
#pragma once

#include <catch2/catch.hpp>
#include <span>
#include <string>

#include "engine/random.h"
#include "nn/files/model_file.h"

namespace ponnuki::test {

inline std::span<const unsigned char> bytes_of(const std::string& text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

/// The error for a net file with these bytes; "" if it loads. Checks that the error is one
/// printable line of bounded length that begins with the file's name.
inline std::string net_file_error(const std::string& bytes, const std::string& name,
                                  const nn::ByteLimits& limits = {}) {
  const auto model = nn::parse_model(bytes_of(bytes), name, limits);
  if (model.ok()) return "";
  const std::string& error = model.error().message;
  CHECK(error.starts_with(name + ": "));
  CHECK(error.size() < 400);
  for (const char c : error) CHECK((c >= ' ' && c <= '~'));
  return error;
}

/// `bytes` with one random bit flipped, in byte `first` or a later one.
inline std::string with_flipped_bit(std::string bytes, Random& random, std::size_t first = 0) {
  const auto at = first + random.below(static_cast<std::uint32_t>(bytes.size() - first));
  bytes[at] = static_cast<char>(bytes[at] ^ 1 << random.below(8));
  return bytes;
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace ponnuki::test
