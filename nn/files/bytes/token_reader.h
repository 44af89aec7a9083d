// TokenReader: the lexical part of reading KataGo's model files: words, numbers and float arrays
// from a ByteStream.
//
// Errors are sticky: the reader keeps the first one with its position, and every later read returns
// an empty value at once. A parser may therefore read a whole record before it calls failed().
// Loops over counts from the file must call failed() in each iteration.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nn/files/bytes/byte_stream.h"

namespace ponnuki::nn {

class TokenReader {
 public:
  explicit TokenReader(ByteStream& stream);

  bool failed() const { return !error_.empty(); }
  /// "byte 1234: what is wrong", one printable line. Requires failed().
  const std::string& error() const { return error_; }
  /// Records an error, unless there is one already.
  void fail(const std::string& what);

  /// Reads a whitespace-separated word of at most 256 bytes. `what` names it in errors.
  std::string word(std::string_view what);
  /// The last word that was read, even if it was refused. Empty if there was none.
  const std::string& last_word() const { return token_; }
  /// Reads an integer in [low, high].
  int integer(std::string_view what, int low, int high);
  /// Reads a finite number.
  float real(std::string_view what);
  /// Reads `count` finite floats, binary (after the marker @BIN@) or as text. The first array of a
  /// file decides which. Memory grows with the data that were read, not with `count`.
  std::vector<float> floats(const std::string& owner, std::size_t count);

  /// Reads to the end, which verifies gzip's checksum. Returns the number of bytes up to the last
  /// one that is not blank.
  std::uint64_t finish();

 private:
  enum class Encoding { kUnknown, kBinary, kText };

  int peek();  // the next byte, or -1 at the end
  int next();
  void skip_space();
  std::string_view token(std::string_view what);  // valid until the next read
  bool refill();
  std::size_t read_bytes(unsigned char* out, std::size_t count);
  float parse_float(std::string_view text, std::string_view what);
  void read_binary(const std::string& owner, std::size_t count, std::vector<float>& out);
  void read_text(const std::string& owner, std::size_t count, std::vector<float>& out);

  ByteStream& stream_;
  std::vector<unsigned char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  // The offset of buffer_[begin_] in the unpacked data.
  std::uint64_t offset_ = 0;
  std::string token_;
  Encoding encoding_ = Encoding::kUnknown;
  std::string error_;
};

/// `text` for error messages: cut to a short line, with every byte replaced that is not printable
/// ASCII.
std::string printable(std::string_view text);

}  // namespace ponnuki::nn
