// Files of rows as numpy reads them.
#include <zlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <memory>

#include "engine/file.h"
#include "selfplay/files/bytes.h"
#include "selfplay/rows/katago_row_files.h"
#include "selfplay/rows/npz.h"
#include "tests/support/short_game_record.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

/// Entries of a zip file by their local headers; checks sizes and checksums.
std::map<std::string, std::string> read_zip(const std::string& zip) {
  std::map<std::string, std::string> entries;
  ByteReader reader(zip);
  while (reader.get<std::uint32_t>() == 0x04034b50) {
    reader.take(4);
    REQUIRE(reader.get<std::uint16_t>() == 8);
    reader.take(4);
    const auto crc = reader.get<std::uint32_t>();
    const auto packed_size = reader.get<std::uint32_t>(), size = reader.get<std::uint32_t>();
    const auto name_size = reader.get<std::uint16_t>();
    REQUIRE(reader.get<std::uint16_t>() == 0);
    const std::string name(reader.take(name_size));
    std::string packed(reader.take(packed_size)), bytes(size, '\0');
    REQUIRE(!reader.failed());
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, -15) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = packed_size;
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = size;
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    CHECK(stream.total_out == size);
    inflateEnd(&stream);
    CHECK(checksum(bytes) == crc);
    entries[name] = bytes;
  }
  return entries;
}

std::vector<std::string> row_files(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".npz") paths.push_back(entry.path().string());
  return paths;
}

}  // namespace

TEST_CASE("KataGo's rows: files hold the arrays as numpy reads them") {
  const test::TemporaryFolder folder;
  const std::string npz = folder / "npz";
  const auto record = [](BoardSize size) {
    return std::make_shared<const GameRecord>(test::short_game(size));
  };
  {
    auto files = KatagoRowFiles::open(npz, 9);
    REQUIRE(files);
    REQUIRE(files->add({record({9, 9}), record({7, 5})}));
    REQUIRE(files->flush());
    REQUIRE(files->flush());  // nothing is left
    CHECK(files->written() == 8);
  }
  const std::vector<std::string> paths = row_files(npz);
  REQUIRE(paths.size() == 1);
  const auto bytes = read_file(paths.front());
  REQUIRE(bytes);
  const auto entries = read_zip(*bytes);
  const std::map<std::string, std::pair<std::string, std::size_t>> expected = {
      {"binaryInputNCHWPacked.npy",
       {"'|u1', 'fortran_order': False, 'shape': (8,22,11,)", 8 * 242}},
      {"globalInputNC.npy", {"'<f4', 'fortran_order': False, 'shape': (8,19,)", 4 * 8 * 19}},
      {"policyTargetsNCMove.npy",
       {"'<i2', 'fortran_order': False, 'shape': (8,2,82,)", 2 * 8 * 164}},
      {"globalTargetsNC.npy", {"'<f4', 'fortran_order': False, 'shape': (8,80,)", 4 * 8 * 80}},
      {"scoreDistrN.npy", {"'|i1', 'fortran_order': False, 'shape': (8,282,)", 8 * 282}},
      {"valueTargetsNCHW.npy", {"'|i1', 'fortran_order': False, 'shape': (8,5,9,9,)", 8 * 405}},
      {"qValueTargetsNCMove.npy",
       {"'<i2', 'fortran_order': False, 'shape': (8,3,82,)", 2 * 8 * 246}}};
  REQUIRE(entries.size() == expected.size());
  for (const auto& [name, array] : entries) {
    CAPTURE(name);
    REQUIRE(expected.contains(name));
    ByteReader reader(array);
    CHECK(reader.take(8) == std::string_view("\x93NUMPY\x01\x00", 8));
    const auto length = reader.get<std::uint16_t>();
    const std::string header(reader.take(length));
    CHECK((10 + length) % 64 == 0);
    CHECK(header.back() == '\n');
    CHECK(header.find(expected.at(name).first) != std::string::npos);
    CHECK(reader.left() == expected.at(name).second);
  }
  // As many entries in the directory at the end, which points back to the first header.
  const std::string end = bytes->substr(bytes->size() - 22);
  CHECK(end.starts_with("PK\x05\x06"));
  CHECK(end[10] == 7);

  // Other games get a file of their own.
  auto more = KatagoRowFiles::open(npz, 9);
  REQUIRE(more);
  REQUIRE(more->add({record({9, 8})}));
  REQUIRE(more->flush());
  CHECK(row_files(npz).size() == 2);
}

}  // namespace ponnuki::selfplay
