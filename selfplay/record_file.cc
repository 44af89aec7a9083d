#include "selfplay/record_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine/file.h"
#include "selfplay/bytes.h"

namespace ponnuki::selfplay {
namespace {

constexpr std::string_view kMagic = "PNKGAMES";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

std::string header() {
  std::string bytes(kMagic);
  put(kVersion, bytes);
  return bytes;
}

Error file_error(const std::string& path, const std::string& what) {
  return Error{path + ": " + what + ": " + std::strerror(errno)};
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// What a file begins with may be cut off, but nothing else may stand there.
Status check_begin(std::string_view bytes, const std::string& path) {
  const std::string expected = header();
  const std::size_t length = std::min(bytes.size(), expected.size());
  if (bytes.substr(0, length) == std::string_view(expected).substr(0, length)) return {};
  return Error{path + ": is no file of games of self-play; give another name"};
}

/// The end of the last complete block, according to the lengths of blocks.
std::size_t end_of_blocks(std::string_view bytes) {
  std::size_t end = header().size();
  while (end + 8 <= bytes.size()) {
    ByteReader reader(bytes.substr(end));
    const std::size_t next = end + 8 + reader.get<std::uint32_t>();
    if (next > bytes.size()) break;
    end = next;
  }
  return end;
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

Status append_games(const Games& games, const std::string& path) {
  std::string body;
  for (const auto& game : games) write_game(*game, body);
  std::string block;
  put(static_cast<std::uint32_t>(body.size()), block);
  put(checksum(body), block);
  block += body;

  const Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (file.get() < 0) return file_error(path, "cannot be opened");
  off_t end = 0;
  PONNUKI_TRY(const std::string before, read_file(path, kMostBytes));
  PONNUKI_TRY(check_begin(before, path));
  if (before.size() < header().size()) {
    block = header() + block;
  } else {
    end = static_cast<off_t>(end_of_blocks(before));
  }
  if (::ftruncate(file.get(), end) != 0 || ::lseek(file.get(), end, SEEK_SET) != end ||
      !write_all(file.get(), block) || ::fsync(file.get()) != 0) {
    const Error error = file_error(path, "cannot be written");
    if (::ftruncate(file.get(), end) != 0) return error;  // removes what was written
    return error;
  }
  return {};
}

Status check_can_append(const std::string& path) {
  if (!file_exists(path)) return check_can_write(path);
  const Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  if (file.get() < 0) return file_error(path, "cannot be opened");
  if (is_stream(path)) return Error{path + ": games are added to a file, not to a device or pipe"};
  PONNUKI_TRY(const std::string before, read_file(path, kMostBytes));
  return check_begin(before, path);
}

Result<GamesFile> read_games(const std::string& path) {
  PONNUKI_TRY(const std::string bytes, read_file(path, kMostBytes));
  std::string_view rest = bytes;
  GamesFile file;
  if (rest.size() < header().size() && std::string_view(header()).starts_with(rest)) return file;
  if (!rest.starts_with(kMagic)) return Error{path + ": no file of games of self-play"};
  if (!rest.starts_with(header()))
    return Error{path + ": games in a format that this version does not know"};
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
    rest.remove_prefix(8 + length);
  }
  return file;
}

}  // namespace ponnuki::selfplay
