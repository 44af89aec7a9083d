// The wire format of Protocol Buffers (protobuf.dev/programming-guides/encoding), as far as ONNX
// files need it: a writer to memory and a bounded reader from a stream. Internal to nn/files/.
//
// A message is a sequence of fields. Each field is a tag (number · 8 + wire type) and its content:
// a varint (7 bits in each byte, the lowest first), or a length and that many bytes, which hold a
// text or another message.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"

namespace ponnuki::nn {

class ProtobufWriter {
 public:
  /// Each function adds one field. A negative number is written in two's complement, like
  /// protobuf's int64.
  void number(int field, std::int64_t value);
  void real(int field, float value);
  void text(int field, std::string_view bytes);
  void message(int field, const ProtobufWriter& message) { text(field, message.bytes()); }

  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  void varint(std::uint64_t value);

  std::string bytes_;
};

/// Errors are sticky: after the first one next() finds no more fields.
class ProtobufReader {
 public:
  enum class Wire { kVarint, kFixed64, kBytes, kFixed32 };
  struct Field {
    int number = 0;
    Wire wire = Wire::kVarint;
    std::uint64_t value = 0;  // a varint, or the length of the bytes
  };
  /// The bytes left in a message. For the outermost message: all bytes of the stream.
  using Left = std::uint64_t;
  static constexpr Left kWholeStream = ~std::uint64_t{0};

  explicit ProtobufReader(ByteStream& stream) : stream_(stream) {}

  /// Reads the next field of a message and subtracts its size from `left`. Returns false at the end
  /// of the message and after an error. The caller must then read the content of a kBytes field: by
  /// text(), by skip(), from stream(), or as a message with Left{field.value}.
  bool next(Left& left, Field& field);
  /// Reads a text of at most `limit` bytes; a longer one is an error that names `what`.
  std::string text(const Field& field, std::size_t limit, const char* what);
  void skip(const Field& field);

  ByteStream& stream() { return stream_; }
  bool failed() const { return !error_.empty(); }
  const std::string& error() const { return error_; }
  /// Records an error, unless there is one already.
  void fail(const std::string& what);

 private:
  bool byte(Left& left, unsigned char& value);
  bool varint(Left& left, std::uint64_t& value);

  ByteStream& stream_;
  std::uint64_t fields_ = 0, skipped_ = 0;
  std::string error_;
};

}  // namespace ponnuki::nn
