#include "nn/files/onnx/protobuf.h"

#include <algorithm>
#include <bit>

#include "nn/files/bytes/little_endian.h"
#include "nn/files/tensors/tensor_bytes.h"

namespace ponnuki::nn {
namespace {

// Limits on the work that a stream can cause. They are far above what the graph of the largest net
// needs.
constexpr std::uint64_t kMaxFields = 1 << 18;
constexpr std::uint64_t kMaxSkipped = 1 << 26;
constexpr std::uint64_t kSkippedAtOnce = 1 << 16;

constexpr std::uint64_t kVarintType = 0, kFixed64Type = 1, kBytesType = 2, kFixed32Type = 5;

std::uint64_t tag(int field, std::uint64_t type) {
  return static_cast<std::uint64_t>(field) << 3 | type;
}

}  // namespace

void ProtobufWriter::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>((value & 0x7F) | 0x80);
  bytes_ += static_cast<char>(value);
}

void ProtobufWriter::number(int field, std::int64_t value) {
  varint(tag(field, kVarintType));
  varint(static_cast<std::uint64_t>(value));
}

void ProtobufWriter::real(int field, float value) {
  varint(tag(field, kFixed32Type));
  append_float(bytes_, value);
}

void ProtobufWriter::text(int field, std::string_view bytes) {
  varint(tag(field, kBytesType));
  varint(bytes.size());
  bytes_ += bytes;
}

void ProtobufReader::fail(const std::string& what) {
  if (!failed()) error_ = what;
}

bool ProtobufReader::byte(Left& left, unsigned char& value) {
  if (left == 0) return false;
  if (left != kWholeStream) --left;
  if (stream_.read({&value, 1}) == 1) return true;
  if (!stream_.error().empty()) fail(stream_.error());
  return false;
}

bool ProtobufReader::varint(Left& left, std::uint64_t& value) {
  value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    unsigned char part = 0;
    if (!byte(left, part)) {
      fail("the file is truncated, or a message of it shorter than what is in it");
      return false;
    }
    value |= std::uint64_t{part & 0x7FU} << shift;
    if (part < 0x80) return true;
  }
  fail("a number has no end");
  return false;
}

bool ProtobufReader::next(Left& left, Field& field) {
  unsigned char first = 0;
  if (failed() || !byte(left, first)) {
    if (left != 0 && left != kWholeStream) fail("the file is truncated");
    return false;
  }
  if (++fields_ > kMaxFields) fail("it has too many fields");
  std::uint64_t whole_tag = first & 0x7FU, rest = 0;
  if (first >= 0x80 && varint(left, rest)) whole_tag |= rest << 7;
  if (failed()) return false;
  field.number = static_cast<int>(std::min<std::uint64_t>(whole_tag >> 3, 1U << 29));
  field.value = 0;
  switch (whole_tag & 7) {
    case kVarintType:
      field.wire = Wire::kVarint;
      return varint(left, field.value);
    case kFixed64Type:
      field.wire = Wire::kFixed64;
      field.value = 8;
      break;
    case kFixed32Type:
      field.wire = Wire::kFixed32;
      field.value = 4;
      break;
    case kBytesType:
      field.wire = Wire::kBytes;
      if (!varint(left, field.value)) return false;
      break;
    default:
      fail("it has a field of an unknown kind");
      return false;
  }
  if (field.value > left || field.value == kWholeStream) {
    fail("a field is longer than the message around it");
    return false;
  }
  if (left != kWholeStream) left -= field.value;
  return true;
}

std::string ProtobufReader::text(const Field& field, std::size_t limit, const char* what) {
  if (field.wire != Wire::kBytes || field.value > limit) {
    fail(std::string(what) + " is no text of at most " + std::to_string(limit) + " bytes");
    return {};
  }
  auto bytes = read_bytes(stream_, field.value);
  if (bytes) return std::move(*bytes);
  fail(bytes.error().message);
  return {};
}

void ProtobufReader::skip(const Field& field) {
  if (field.wire == Wire::kVarint || failed()) return;
  skipped_ += std::min(field.value, kMaxSkipped + 1);
  if (skipped_ > kMaxSkipped) return fail("it has too much besides tensors");
  for (std::uint64_t left = field.value; left > 0 && !failed();) {
    const std::uint64_t part = std::min(left, kSkippedAtOnce);
    const auto bytes = read_bytes(stream_, part);
    if (!bytes) fail(bytes.error().message);
    left -= part;
  }
}

}  // namespace ponnuki::nn
