#include "selfplay/rows/npz.h"

#include <zlib.h>

#include <limits>

#include "engine/check.h"
#include "selfplay/files/bytes.h"

namespace ponnuki::selfplay {
namespace {

template <typename T>
constexpr const char* kNumpyType = nullptr;
template <>
constexpr const char* kNumpyType<float> = "<f4";
template <>
constexpr const char* kNumpyType<std::uint8_t> = "|u1";
template <>
constexpr const char* kNumpyType<std::int8_t> = "|i1";
template <>
constexpr const char* kNumpyType<std::int16_t> = "<i2";

std::string npy_header(const char* type, std::span<const std::int64_t> shape) {
  std::string text = "{'descr': '" + std::string(type) + "', 'fortran_order': False, 'shape': (";
  for (const std::int64_t side : shape) text += std::to_string(side) + ",";
  text += "), }";
  constexpr std::size_t kFront = 10, kAlignment = 64;
  while ((kFront + text.size() + 1) % kAlignment != 0) text += ' ';
  text += '\n';
  std::string header("\x93NUMPY\x01\x00", 8);
  put(static_cast<std::uint16_t>(text.size()), header);
  return header + text;
}

/// A deflate stream without zlib's header and checksum, as used in zip files.
std::string deflated(const std::string& bytes) {
  z_stream stream{};
  constexpr int kRaw = -15, kMemory = 8;
  PONNUKI_CHECK(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kRaw, kMemory,
                             Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  PONNUKI_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::uint32_t size_of(const std::string& bytes) {
  PONNUKI_CHECK(bytes.size() <= std::numeric_limits<std::uint32_t>::max());
  return static_cast<std::uint32_t>(bytes.size());
}

/// The fields that an entry's local and central headers share (PKWARE's APPNOTE, 4.4).
std::string common_fields(const ZipEntry& entry, const std::string& packed) {
  constexpr std::uint16_t kNeededVersion = 20, kFlags = 0, kDeflated = 8;
  // 1 January 1980, so that files are reproducible.
  constexpr std::uint16_t kTime = 0, kDate = 1 << 5 | 1;
  std::string fields;
  for (const std::uint16_t field : {kNeededVersion, kFlags, kDeflated, kTime, kDate}) put(field, fields);
  put(static_cast<std::uint32_t>(
          crc32_z(0, reinterpret_cast<const Bytef*>(entry.bytes.data()), entry.bytes.size())),
      fields);
  put(size_of(packed), fields);
  put(size_of(entry.bytes), fields);
  put(static_cast<std::uint16_t>(entry.name.size()), fields);
  put(std::uint16_t{0}, fields);  // no extra field
  return fields;
}

}  // namespace

template <typename T>
std::string to_npy(std::span<const std::int64_t> shape, std::span<const T> numbers) {
  std::string bytes = npy_header(kNumpyType<T>, shape);
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
  return bytes;
}
template std::string to_npy(std::span<const std::int64_t>, std::span<const float>);
template std::string to_npy(std::span<const std::int64_t>, std::span<const std::uint8_t>);
template std::string to_npy(std::span<const std::int64_t>, std::span<const std::int8_t>);
template std::string to_npy(std::span<const std::int64_t>, std::span<const std::int16_t>);

std::string to_zip(const std::vector<ZipEntry>& entries) {
  constexpr std::uint32_t kLocal = 0x04034b50, kCentral = 0x02014b50, kEnd = 0x06054b50;
  constexpr std::uint16_t kMadeBy = 20;
  std::string file, directory;
  for (const ZipEntry& entry : entries) {
    const std::string packed = deflated(entry.bytes);
    const std::string fields = common_fields(entry, packed);
    put(kCentral, directory);
    put(kMadeBy, directory);
    directory += fields;
    put(std::uint16_t{0}, directory);  // no comment
    put(std::uint16_t{0}, directory);  // number of the first disk
    put(std::uint16_t{0}, directory);  // the data are binary
    put(std::uint32_t{0}, directory);  // external attributes
    put(size_of(file), directory);     // offset of the local header
    directory += entry.name;
    put(kLocal, file);
    file += fields;
    file += entry.name;
    file += packed;
  }
  const std::uint32_t begin = size_of(file);
  file += directory;
  put(kEnd, file);
  put(std::uint16_t{0}, file);                            // number of this disk
  put(std::uint16_t{0}, file);                            // number of the directory's disk
  put(static_cast<std::uint16_t>(entries.size()), file);  // entries on this disk
  put(static_cast<std::uint16_t>(entries.size()), file);
  put(size_of(directory), file);
  put(begin, file);
  put(std::uint16_t{0}, file);  // no comment
  return file;
}

}  // namespace ponnuki::selfplay
