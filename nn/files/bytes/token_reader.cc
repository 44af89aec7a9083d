// Reads single bytes from its own buffer, and float arrays in parts.
#include "nn/files/bytes/token_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <span>

#include "nn/files/bytes/little_endian.h"

namespace ponnuki::nn {
namespace {

// Limits on work and memory before any content has been read.
constexpr std::size_t kBuffer = 1 << 16;
constexpr std::size_t kMaxToken = 256;
// A longer run of blanks does not occur in a net. It may be a gzip bomb.
constexpr int kMaxSpace = 4096;
constexpr std::size_t kFloatsAtOnce = 1 << 16;

bool is_space(int c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\v' || c == '\f';
}

}  // namespace

std::string printable(std::string_view text) {
  std::string line;
  for (const char c : text.substr(0, 60)) line += (c >= ' ' && c <= '~') ? c : '?';
  return text.size() > 60 ? line + "..." : line;
}

TokenReader::TokenReader(ByteStream& stream) : stream_(stream), buffer_(kBuffer) {}

void TokenReader::fail(const std::string& what) {
  if (!failed()) error_ = "byte " + std::to_string(offset_) + ": " + what;
}

// Takes over an error of the stream, such as a truncated gzip file, and adds the position.
bool TokenReader::refill() {
  if (failed()) return false;
  begin_ = 0;
  end_ = stream_.read(buffer_);
  if (!stream_.error().empty()) {
    end_ = 0;
    fail(stream_.error());
  }
  return end_ > 0;
}

int TokenReader::peek() {
  if (failed() || (begin_ == end_ && !refill())) return -1;
  return buffer_[begin_];
}

int TokenReader::next() {
  const int c = peek();
  if (c >= 0) {
    ++begin_;
    ++offset_;
  }
  return c;
}

void TokenReader::skip_space() {
  for (int skipped = 0; is_space(peek()); ++skipped) {
    if (skipped == kMaxSpace) return fail("nothing but blanks: this is not a KataGo net");
    next();
  }
}

std::string_view TokenReader::token(std::string_view what) {
  token_.clear();
  skip_space();
  for (int c = peek(); c >= 0 && !is_space(c); c = peek()) {
    if (token_.size() == kMaxToken) {
      fail("expected " + std::string(what) +
           ", found a word without end: the file is corrupt or not a net");
      break;
    }
    token_ += static_cast<char>(next());
  }
  if (token_.empty()) fail("the file ends before " + std::string(what) + ": it is truncated");
  return token_;
}

std::string TokenReader::word(std::string_view what) {
  std::string text(token(what));
  return failed() ? std::string() : text;
}

int TokenReader::integer(std::string_view what, int low, int high) {
  const std::string_view text = token(what);
  if (failed()) return 0;
  int value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status != std::errc() || end != text.data() + text.size() || value < low || value > high) {
    fail(std::string(what) + " is '" + printable(text) + "', expected an integer from " +
         std::to_string(low) + " to " + std::to_string(high));
    return 0;
  }
  return value;
}

// Uses from_chars(), because strtof() depends on the locale. from_chars() accepts "nan" and "inf",
// which the second check refuses.
float TokenReader::parse_float(std::string_view text, std::string_view what) {
  const char* end_of_text = text.data() + text.size();
  float value = 0;
  auto parsed = std::from_chars(text.data(), end_of_text, value);
  if (parsed.ec == std::errc::result_out_of_range) {  // too small or too large for a float
    double wide = 0;
    parsed = std::from_chars(text.data(), end_of_text, wide);
    value = static_cast<float>(wide);
  }
  if (parsed.ec != std::errc() || parsed.ptr != end_of_text) {
    fail(std::string(what) + ": '" + printable(text) + "' is not a number");
  } else if (!std::isfinite(value)) {
    fail(std::string(what) + ": '" + printable(text) + "' is not finite");
  }
  return failed() ? 0.0F : value;
}

float TokenReader::real(std::string_view what) {
  const std::string_view text = token(what);
  return failed() ? 0.0F : parse_float(text, what);
}

std::size_t TokenReader::read_bytes(unsigned char* out, std::size_t count) {
  std::size_t done = 0;
  while (done < count) {
    if (begin_ == end_ && !refill()) break;
    const std::size_t part = std::min(count - done, end_ - begin_);
    std::memcpy(out + done, buffer_.data() + begin_, part);
    begin_ += part;
    offset_ += part;
    done += part;
  }
  return done;
}

std::vector<float> TokenReader::floats(const std::string& owner, std::size_t count) {
  std::vector<float> out;
  skip_space();
  const int first = peek();
  if (failed()) return out;
  if (encoding_ == Encoding::kUnknown)
    encoding_ = first == '@' ? Encoding::kBinary : Encoding::kText;
  if (encoding_ == Encoding::kBinary) {
    read_binary(owner, count, out);
  } else {
    read_text(owner, count, out);
  }
  if (failed()) out.clear();
  return out;
}

// Reads in parts, so that an array never takes more than twice the memory of the data that were
// read.
void TokenReader::read_binary(const std::string& owner, std::size_t count,
                              std::vector<float>& out) {
  for (const char c : std::string_view("@BIN@")) {
    if (next() != c)
      return fail("weights of '" + printable(owner) +
                  "' do not begin with @BIN@: the file is corrupt");
  }
  while (out.size() < count && !failed()) {
    const std::size_t known = out.size(), part = std::min(count - known, kFloatsAtOnce);
    if (out.capacity() < known + part) out.reserve(std::min(count, std::max(2 * known, part)));
    out.resize(known + part);
    const std::span<float> read = std::span(out).subspan(known);
    auto* bytes = reinterpret_cast<unsigned char*>(read.data());
    if (read_bytes(bytes, read.size_bytes()) < read.size_bytes()) {
      return fail("the file ends within the weights of '" + printable(owner) +
                  "': it is truncated");
    }
    for (float& x : read) x = load_float(reinterpret_cast<const unsigned char*>(&x));
    if (!std::ranges::all_of(read, [](float x) { return std::isfinite(x); })) {
      return fail("a weight of '" + printable(owner) + "' is NaN or infinite: the file is corrupt");
    }
  }
}

void TokenReader::read_text(const std::string& owner, std::size_t count, std::vector<float>& out) {
  const std::string what = "a weight of '" + printable(owner) + "'";
  while (out.size() < count && !failed()) out.push_back(real(what));
}

// The limits of the stream bound the time.
std::uint64_t TokenReader::finish() {
  std::uint64_t read = 0, left = 0;
  while (peek() >= 0) {
    ++read;
    if (!is_space(next())) left = read;
  }
  return left;
}

}  // namespace ponnuki::nn
