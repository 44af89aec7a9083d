// Protocol Buffers on the wire (protobuf.dev/programming-guides/encoding), as far as ONNX files
// need it: a writer into memory and a bounded reader out of a stream. Internal to nn/files/.
//
// A message is fields after one another, each a tag (number · 8 + wire type) and its content: a
// varint (7 bits a byte, the lowest first), or a length and that many bytes: a text, or a message
// in its turn.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"

namespace ponnuki::nn {

class ProtobufWriter {
 public:
  /// Each adds one field. A negative number is written in two's complement, as protobuf's int64.
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

/// Errors stick: after the first one there are no more fields.
class ProtobufReader {
 public:
  enum class Wire { kVarint, kFixed64, kBytes, kFixed32 };
  struct Field {
    int number = 0;
    Wire wire = Wire::kVarint;
    std::uint64_t value = 0;  // a varint, or the length of the bytes
  };
  /// How much of a message is left: of the outermost as much as there is.
  using Left = std::uint64_t;
  static constexpr Left kWholeStream = ~std::uint64_t{0};

  explicit ProtobufReader(ByteStream& stream) : stream_(stream) {}

  /// The next field of a message, whose `left` it takes down. False at its end and after an error.
  /// What a kBytes field holds must then be read: by text(), skip(), from stream(), or as a message
  /// with Left{field.value}.
  bool next(Left& left, Field& field);
  /// At most `limit` bytes, else an error that names `what`.
  std::string text(const Field& field, std::size_t limit, const char* what);
  void skip(const Field& field);

  ByteStream& stream() { return stream_; }
  bool failed() const { return !error_.empty(); }
  const std::string& error() const { return error_; }
  /// Remembers the first error only.
  void fail(const std::string& what);

 private:
  bool byte(Left& left, unsigned char& value);
  bool varint(Left& left, std::uint64_t& value);

  ByteStream& stream_;
  std::uint64_t fields_ = 0, skipped_ = 0;
  std::string error_;
};

}  // namespace ponnuki::nn
