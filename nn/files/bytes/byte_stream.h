// ByteStream: bytes from a file or from memory. Data that begin with gzip's magic number are
// unpacked. The amount is limited: a small file that unpacks to terabytes is an error.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>

#include "engine/result.h"

namespace ponnuki::nn {

struct ByteLimits {
  /// The most unpacked bytes, whatever the packed size. The largest public nets have about 1 GB.
  std::uint64_t max_bytes = std::uint64_t{2} << 30;
  /// A gzip stream may unpack to max_ratio times the packed bytes read so far, plus ratio_slack.
  std::uint64_t max_ratio = 32;
  std::uint64_t ratio_slack = std::uint64_t{64} << 20;
};

/// A source of bytes, without unpacking.
class RawBytes {
 public:
  virtual ~RawBytes() = default;
  /// Fills up to buffer.size() bytes; fewer only at the end or on an error.
  virtual std::size_t read(std::span<unsigned char> buffer) = 0;
  virtual bool io_error() const { return false; }
};

/// `bytes` must outlive the result.
std::unique_ptr<RawBytes> bytes_of_memory(std::span<const unsigned char> bytes);
/// Returns an error that names the file if it cannot be opened or is not a regular file.
Result<std::unique_ptr<RawBytes>> bytes_of_file(const std::string& path);

class ByteStream {
 public:
  ByteStream(std::unique_ptr<RawBytes> raw, const ByteLimits& limits);
  ~ByteStream();

  /// Fills up to buffer.size() bytes; fewer only at the end or on an error.
  std::size_t read(std::span<unsigned char> buffer);
  /// The first bytes, at most kPeek; read() will return them again. Allowed only before the first
  /// read().
  static constexpr std::size_t kPeek = 16;
  std::span<const unsigned char> peek();
  /// The error, or an empty string. A stream that ends within gzip data is an error.
  const std::string& error() const { return error_; }
  bool is_gzip() const { return inflater_ != nullptr; }

 private:
  struct Inflater;
  std::size_t read_plain(std::span<unsigned char> buffer);
  std::size_t read_gzip(std::span<unsigned char> buffer);
  std::size_t read_unpacked(std::span<unsigned char> buffer);
  void check_limits();

  std::unique_ptr<RawBytes> raw_;
  ByteLimits limits_;
  std::unique_ptr<Inflater> inflater_;
  // The first bytes, read to tell gzip from plain data.
  unsigned char magic_[2] = {0, 0};
  std::size_t magic_begin_ = 0, magic_end_ = 0;
  unsigned char peeked_[kPeek] = {};  // unpacked bytes that read() has not returned yet
  std::size_t peeked_begin_ = 0, peeked_end_ = 0;
  std::uint64_t bytes_out_ = 0;
  std::string error_;
};

}  // namespace ponnuki::nn
