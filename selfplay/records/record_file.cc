#include "selfplay/records/record_file.h"

#include <zlib.h>

#include "engine/file.h"
#include "selfplay/files/bytes.h"

namespace ponnuki::selfplay {
namespace {

constexpr std::string_view kMagic = "PNKGAMES";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kBlockFront = 8;  // length and checksum
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

std::string header() {
  std::string bytes(kMagic);
  put(kVersion, bytes);
  return bytes;
}

/// Returns an error if the bytes are not the beginning of a file of games. A file that was cut off
/// in the header is a file without games.
Status check_header(std::string_view bytes, const std::string& path) {
  const std::string expected = header();
  if (bytes.size() < expected.size() && std::string_view(expected).starts_with(bytes)) return {};
  if (!bytes.starts_with(kMagic)) return Error{path + ": no file of games of self-play"};
  if (!bytes.starts_with(expected))
    return Error{path + ": games in a format that this version does not know"};
  return {};
}

std::string block_of(const Games& games) {
  std::string body;
  for (const auto& game : games) write_game(*game, body);
  std::string block;
  put(static_cast<std::uint32_t>(body.size()), block);
  put(checksum(body), block);
  return block + body;
}

/// Adds the games of a block. Returns false if the block is damaged.
bool read_block(std::string_view block, std::uint32_t expected, Games& games) {
  if (checksum(block) != expected) return false;
  while (!block.empty()) {
    auto game = read_game(block);
    if (!game) return false;
    games.push_back(std::make_shared<const GameRecord>(std::move(*game)));
  }
  return true;
}

}  // namespace

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

Result<GamesWriter> GamesWriter::open(const std::string& path) {
  PONNUKI_TRY(LockedFile file,
              LockedFile::open(path, path + ": another process adds games to it; stop that one "
                                            "first, or give another file"));
  PONNUKI_TRY(const std::string front, file.read(0, header().size()));
  PONNUKI_TRY(check_header(front, path));
  GamesWriter writer(std::move(file));
  PONNUKI_TRY(writer.cut_half_block());
  return writer;
}

/// Walks from block to block by their lengths.
Status GamesWriter::cut_half_block() {
  std::int64_t end = 0;
  auto next = static_cast<std::int64_t>(header().size());
  while (next <= file_.size()) {
    end = next;
    PONNUKI_TRY(const std::string front, file_.read(end, kBlockFront));
    next = end + static_cast<std::int64_t>(kBlockFront) + ByteReader(front).get<std::uint32_t>();
  }
  return end == file_.size() ? Status() : file_.cut(end);
}

Status GamesWriter::append(const Games& games) {
  return file_.append((file_.size() == 0 ? header() : "") + block_of(games));
}

std::string games_file(const Games& games) {
  return header() + (games.empty() ? "" : block_of(games));
}

Result<GamesFile> read_games(const std::string& path) {
  PONNUKI_TRY(const std::string bytes, read_plain_file(path, kMostBytes));
  std::string_view rest = bytes;
  GamesFile file;
  PONNUKI_TRY(check_header(rest, path));
  if (rest.size() < header().size()) return file;
  rest.remove_prefix(header().size());
  for (int number = 1; !rest.empty(); ++number) {
    ByteReader reader(rest);
    const auto length = reader.get<std::uint32_t>();
    const auto expected = reader.get<std::uint32_t>();
    const std::string_view block = reader.take(length);
    if (reader.failed()) {
      file.damage = path + ": the last block is cut off";
      break;
    }
    if (!read_block(block, expected, file.games))
      file.damage = path + ": block " + std::to_string(number) + " is damaged and left out";
    rest.remove_prefix(kBlockFront + length);
  }
  return file;
}

}  // namespace ponnuki::selfplay
