// Conversion between character sets by iconv.
#pragma once

#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ponnuki::sgf {

/// Owns an iconv handle. ok() is false if this machine lacks the character set.
class Converter {
 public:
  /// The names are iconv's. Text from files must never be passed on as a name.
  Converter(const std::string& to, const std::string& from)
      : handle_(::iconv_open(to.c_str(), from.c_str())) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (ok()) ::iconv_close(handle_);
  }
  bool ok() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }

  /// Appends the converted `input`. Each invalid byte becomes `replacement`. Returns the number of
  /// invalid bytes.
  std::size_t convert(std::string_view input, std::string_view replacement, std::string& out) {
    std::array<char, 16384> buffer;
    char* in = const_cast<char*>(input.data());  // iconv does not write to it
    std::size_t left = input.size();
    std::size_t invalid = 0;
    while (left > 0) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t result = ::iconv(handle_, &in, &left, &to, &room);
      const int problem = result == static_cast<std::size_t>(-1) ? errno : 0;
      out.append(buffer.data(), buffer.size() - room);
      if (problem != EILSEQ && problem != EINVAL) continue;
      out += replacement;
      ++in;
      --left;
      ++invalid;
    }
    return invalid;
  }

 private:
  iconv_t handle_;
};

}  // namespace ponnuki::sgf
