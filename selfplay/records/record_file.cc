#include "selfplay/records/record_file.h"

#include "engine/file.h"

namespace ponnuki::selfplay {
namespace {

// What a file may grow by beyond the limit, so that no game that was played is lost.
constexpr std::int64_t kLastAppend = std::int64_t{256} << 20;

std::string block_of(const Games& games) {
  std::string body;
  for (const auto& game : games) write_game(*game, body);
  return games_block(body);
}

/// Adds the games of a block. Returns false, and adds none, if one of them is impossible.
bool read_block(std::string_view block, Games& games) {
  Games read;
  while (!block.empty()) {
    auto game = read_game(block);
    if (!game) return false;
    read.push_back(std::make_shared<const GameRecord>(std::move(*game)));
  }
  games.insert(games.end(), read.begin(), read.end());
  return true;
}

std::int64_t place_of(std::string_view block, const std::string& bytes) {
  const auto place = static_cast<std::size_t>(block.data() - bytes.data()) - kBlockFront;
  return place == games_header().size() ? 0 : static_cast<std::int64_t>(place);
}

std::string joined(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += (text.empty() ? "" : "; ") + note;
  return text;
}

Error no_games(const std::string& path) { return Error{path + ": no file of games of self-play"}; }

}  // namespace

Result<GamesWriter> GamesWriter::open(const std::string& path, std::int64_t most_bytes) {
  const std::string busy =
      path + ": another process adds games to it; stop that one first, or give another file";
  PONNUKI_TRY(LockedFile file, LockedFile::open(path, busy));
  GamesWriter writer(std::move(file), most_bytes);
  PONNUKI_TRY(writer.expect_room());
  PONNUKI_TRY(const std::string bytes,
              writer.file_.read(0, static_cast<std::size_t>(writer.file_.size())));
  const BlockScan scan = scan_blocks(bytes);
  if (!scan.is_games_file) return no_games(path);
  if (scan.damage.empty()) {
    PONNUKI_TRY(writer.cut_last_block(scan.end));
    return writer;
  }
  PONNUKI_TRY(const std::string aside, set_aside(path));
  std::string whole = games_header();
  for (const std::string_view block : scan.blocks) whole += games_block(block);
  PONNUKI_TRY(write_file_atomically(path, whole));
  PONNUKI_TRY(writer.file_, LockedFile::open(path, busy));
  writer.damage_ = path + ": " + joined(scan.damage) + "; the file as it was is now " + aside;
  return writer;
}

Status GamesWriter::cut_last_block(std::size_t end) {
  if (static_cast<std::int64_t>(end) == file_.size()) return {};
  // Where a header was cut off, nothing is lost.
  if (end > 0) damage_ = file_.path() + ": the last block is cut off";
  return file_.cut(static_cast<std::int64_t>(end));
}

Status GamesWriter::expect_room() const {
  if (file_.size() < most_bytes_) return {};
  return Error{file_.path() + ": is full, it has " + std::to_string(file_.size() >> 20) +
               " MiB; give another file"};
}

Status GamesWriter::append(const Games& games) {
  PONNUKI_TRY(expect_room());
  return file_.append((file_.size() == 0 ? games_header() : "") + block_of(games));
}

std::string games_file(const Games& games) {
  return games_header() + (games.empty() ? "" : block_of(games));
}

Result<GamesFile> read_games(const std::string& path) {
  constexpr auto kLongest = static_cast<std::size_t>(GamesWriter::kMostBytes + kLastAppend);
  PONNUKI_TRY(const std::string bytes, read_plain_file(path, kLongest));
  BlockScan scan = scan_blocks(bytes);
  if (!scan.is_games_file) return no_games(path);
  GamesFile file;
  for (const std::string_view block : scan.blocks) {
    const std::size_t before = file.games.size();
    if (read_block(block, file.games))
      file.blocks.push_back({place_of(block, bytes), file.games.size() - before});
    else
      scan.damage.push_back("a block has impossible games and is left out");
  }
  if (scan.end > 0 && scan.end < bytes.size()) scan.damage.push_back("the last block is cut off");
  if (!scan.damage.empty()) file.damage = path + ": " + joined(scan.damage);
  return file;
}

}  // namespace ponnuki::selfplay
