#include "engine/unpack.h"

#include <zlib.h>
#if __has_include(<lzma.h>)
#include <lzma.h>
#define PONNUKI_HAS_LZMA 1
#endif

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/text.h"

namespace ponnuki {
namespace {

using Bytes = std::span<const unsigned char>;

constexpr std::string_view kGzip = "\x1f\x8b";
constexpr std::string_view kXz(
    "\xfd"
    "7zXZ\0",
    6);

Error too_long(std::size_t max_bytes) {
  return Error{"unpacks to more than the limit of " + std::to_string(max_bytes) + " bytes"};
}

/// Collects what a decoder writes, in steps of one buffer.
class Output {
 public:
  explicit Output(std::size_t max_bytes) : max_bytes_(max_bytes), buffer_(1 << 18) {}
  unsigned char* data() { return buffer_.data(); }
  std::size_t size() const { return buffer_.size(); }
  /// Takes the first `count` bytes of the buffer. False if the text is too long.
  bool take(std::size_t count) {
    text_.append(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(count));
    return text_.size() <= max_bytes_;
  }
  std::string text() { return std::move(text_); }

 private:
  std::size_t max_bytes_;
  std::vector<unsigned char> buffer_;
  std::string text_;
};

/// Unpacks with next(), which fills the stream's output buffer, until it returns true: the data
/// have ended. zlib and liblzma name the buffer alike.
template <typename Stream, typename Next>
Result<std::string> unpack_all(Stream& stream, std::size_t max_bytes, Next next) {
  Output output(max_bytes);
  while (true) {
    stream.next_out = output.data();
    stream.avail_out = static_cast<decltype(stream.avail_out)>(output.size());
    const Result<bool> ended = next();
    if (!output.take(output.size() - stream.avail_out)) return too_long(max_bytes);
    if (!ended) return ended.error();
    if (*ended) return output.text();
  }
}

/// zlib's decoder of gzip.
class Inflater {
 public:
  Inflater() { ok_ = inflateInit2(&stream_, 15 + 16) == Z_OK; }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Result<std::string> run(Bytes packed, std::size_t max_bytes) {
    if (!ok_) return Error{"zlib failed to start"};
    stream_.next_in = const_cast<Bytef*>(packed.data());
    stream_.avail_in = static_cast<uInt>(packed.size());
    return unpack_all(stream_, max_bytes, [this] { return next(); });
  }

 private:
  Result<bool> next() {
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) return !next_member();
    if (status == Z_BUF_ERROR) return Error{"the gzip data end too early"};
    if (status != Z_OK) return Error{"the gzip data are damaged"};
    return false;
  }
  /// Other bytes after a member are ignored, as gzip does.
  bool next_member() {
    return stream_.avail_in >= kGzip.size() &&
           std::equal(kGzip.begin(), kGzip.end(), reinterpret_cast<const char*>(stream_.next_in)) &&
           inflateReset(&stream_) == Z_OK;
  }

  z_stream stream_{};
  bool ok_ = false;
};

#ifdef PONNUKI_HAS_LZMA

class XzDecoder {
 public:
  XzDecoder() {
    constexpr std::uint64_t kMemory = std::uint64_t{80} << 20;  // a dictionary of 64 MiB
    ok_ = lzma_stream_decoder(&stream_, kMemory, LZMA_CONCATENATED) == LZMA_OK;
  }
  ~XzDecoder() { lzma_end(&stream_); }
  XzDecoder(const XzDecoder&) = delete;
  XzDecoder& operator=(const XzDecoder&) = delete;

  Result<std::string> run(Bytes packed, std::size_t max_bytes) {
    if (!ok_) return Error{"liblzma failed to start"};
    stream_.next_in = packed.data();
    stream_.avail_in = packed.size();
    return unpack_all(stream_, max_bytes, [this] { return next(); });
  }

 private:
  Result<bool> next() {
    const lzma_ret status = lzma_code(&stream_, LZMA_FINISH);
    if (status == LZMA_BUF_ERROR) return Error{"the xz data end too early"};
    if (status == LZMA_MEMLIMIT_ERROR)
      return Error{"the xz data need more than 80 MiB to unpack; pack them with xz -9 or less"};
    if (status != LZMA_OK && status != LZMA_STREAM_END) return Error{"the xz data are damaged"};
    return status == LZMA_STREAM_END;
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ok_ = false;
};

Result<std::string> unpack_xz(Bytes packed, std::size_t max_bytes) {
  return XzDecoder().run(packed, max_bytes);
}

#else

Result<std::string> unpack_xz(Bytes, std::size_t) {
  return Error{"this build cannot unpack xz (no liblzma); unpack the file with unxz"};
}

#endif

}  // namespace

bool has_packed_ending(const std::string& path) {
  const std::string lower = to_lower(path);
  return lower.ends_with(".gz") || lower.ends_with(".xz");
}

Result<std::string> unpack(std::string bytes, std::size_t max_bytes) {
  const Bytes packed(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  if (bytes.starts_with(kGzip)) return Inflater().run(packed, max_bytes);
  if (bytes.starts_with(kXz)) return unpack_xz(packed, max_bytes);
  return bytes;
}

}  // namespace ponnuki
