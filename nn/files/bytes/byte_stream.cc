// Unpacks gzip with zlib: one member, from a file or from memory.
#include "nn/files/bytes/byte_stream.h"

#include <sys/stat.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace ponnuki::nn {
namespace {

constexpr std::size_t kPackedBuffer = 1 << 16;

class MemoryBytes final : public RawBytes {
 public:
  explicit MemoryBytes(std::span<const unsigned char> bytes) : rest_(bytes) {}
  std::size_t read(std::span<unsigned char> buffer) override {
    const std::size_t count = std::min(buffer.size(), rest_.size());
    std::copy_n(rest_.begin(), count, buffer.begin());
    rest_ = rest_.subspan(count);
    return count;
  }

 private:
  std::span<const unsigned char> rest_;
};

class FileBytes final : public RawBytes {
 public:
  explicit FileBytes(std::FILE* file) : file_(file) {}
  ~FileBytes() override { std::fclose(file_); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  std::size_t read(std::span<unsigned char> buffer) override {
    return std::fread(buffer.data(), 1, buffer.size(), file_);
  }
  bool io_error() const override { return std::ferror(file_) != 0; }

 private:
  std::FILE* file_;
};

}  // namespace

std::unique_ptr<RawBytes> bytes_of_memory(std::span<const unsigned char> bytes) {
  return std::make_unique<MemoryBytes>(bytes);
}

Result<std::unique_ptr<RawBytes>> bytes_of_file(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) {
    return Error{path + ": cannot open the net file: " + std::strerror(errno)};
  }
  // Directories, and pipes that never end, are refused.
  if (!S_ISREG(info.st_mode)) {
    return Error{path + ": not a regular file: name a net file such as NAME.bin.gz"};
  }
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    return Error{path + ": cannot open the net file: " + std::strerror(errno)};
  }
  return std::unique_ptr<RawBytes>(std::make_unique<FileBytes>(file));
}

/// zlib's state and the packed bytes that it has not consumed yet.
struct ByteStream::Inflater {
  Inflater() : packed(kPackedBuffer) { ok = inflateInit2(&stream, 15 + 16) == Z_OK; }
  ~Inflater() {
    if (ok) inflateEnd(&stream);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream stream{};
  bool ok = false;
  bool ended = false;
  std::vector<unsigned char> packed;
  std::uint64_t packed_read = 0;
};

ByteStream::ByteStream(std::unique_ptr<RawBytes> raw, const ByteLimits& limits)
    : raw_(std::move(raw)), limits_(limits) {
  magic_end_ = raw_->read(magic_);
  if (magic_end_ == 2 && magic_[0] == 0x1f && magic_[1] == 0x8b) {
    inflater_ = std::make_unique<Inflater>();
    if (!inflater_->ok) error_ = "zlib failed to start";
  }
}

ByteStream::~ByteStream() = default;

std::span<const unsigned char> ByteStream::peek() {
  if (peeked_end_ == 0) peeked_end_ = read_unpacked(peeked_);
  return {peeked_, peeked_end_};
}

std::size_t ByteStream::read(std::span<unsigned char> buffer) {
  std::size_t count = 0;
  while (count < buffer.size() && peeked_begin_ < peeked_end_)
    buffer[count++] = peeked_[peeked_begin_++];
  return count + read_unpacked(buffer.subspan(count));
}

std::size_t ByteStream::read_unpacked(std::span<unsigned char> buffer) {
  if (!error_.empty() || buffer.empty()) return 0;
  const std::size_t count = inflater_ ? read_gzip(buffer) : read_plain(buffer);
  bytes_out_ += count;
  check_limits();
  return error_.empty() ? count : 0;
}

// Gives the two bytes of the magic number first, then the rest of the file.
std::size_t ByteStream::read_plain(std::span<unsigned char> buffer) {
  std::size_t count = 0;
  while (count < buffer.size() && magic_begin_ < magic_end_)
    buffer[count++] = magic_[magic_begin_++];
  count += raw_->read(buffer.subspan(count));
  if (raw_->io_error()) error_ = "the file cannot be read (input/output error)";
  return count;
}

// Feeds zlib from the file until the caller's buffer is full or the gzip member ends. At the end
// zlib has checked length and checksum. Data after the member are ignored.
std::size_t ByteStream::read_gzip(std::span<unsigned char> buffer) {
  Inflater& z = *inflater_;
  z.stream.next_out = buffer.data();
  z.stream.avail_out = static_cast<uInt>(std::min<std::size_t>(buffer.size(), 1U << 30));
  const std::size_t wanted = z.stream.avail_out;
  while (z.stream.avail_out > 0 && !z.ended && error_.empty()) {
    if (z.stream.avail_in == 0) {
      const std::size_t count = read_plain(z.packed);
      z.packed_read += count;
      z.stream.next_in = z.packed.data();
      z.stream.avail_in = static_cast<uInt>(count);
      if (count == 0) {
        if (error_.empty()) error_ = "the gzip data end too early: the file is truncated";
        break;
      }
    }
    const int status = inflate(&z.stream, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      z.ended = true;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      error_ = std::string("the gzip data are corrupt (") +
               (z.stream.msg ? z.stream.msg : "unknown error") + ")";
    }
  }
  return wanted - z.stream.avail_out;
}

// Called after each read, so that a gzip bomb exceeds the limit by at most one buffer.
void ByteStream::check_limits() {
  if (!error_.empty()) return;
  if (bytes_out_ > limits_.max_bytes) {
    error_ = "the data are larger than " + std::to_string(limits_.max_bytes >> 20) +
             " MiB, which no supported net needs";
  } else if (inflater_ && bytes_out_ > limits_.ratio_slack &&
             (bytes_out_ - limits_.ratio_slack) / limits_.max_ratio > inflater_->packed_read) {
    error_ = "the gzip data unpack to an unreasonable size (a gzip bomb?)";
  }
}

}  // namespace ponnuki::nn
