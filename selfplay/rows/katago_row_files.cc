#include "selfplay/rows/katago_row_files.h"

#include <cstdlib>
#include <filesystem>

#include "engine/coord.h"
#include "engine/file.h"
#include "engine/format.h"

namespace ponnuki::selfplay {
namespace {

constexpr const char* kUnwritten = "unwritten.games";
constexpr const char* kStarts = "starts";

/// The contents of the file `starts`: the number and its checksum.
std::string starts_text(std::int64_t starts) {
  const std::string number = std::to_string(starts);
  return number + format(" crc32:%08x\n", static_cast<unsigned>(checksum(number)));
}

/// Whether this class writes files of that name.
bool is_own(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const bool is_rows =
      name.size() == 16 + 4 && name.ends_with(".npz") && name.find_first_not_of(kDigits) == 16;
  return is_rows || name == kUnwritten || name == kStarts;
}

}  // namespace

Result<KatagoRowFiles> KatagoRowFiles::open(const std::string& folder, int length) {
  PONNUKI_TRY(make_folder(folder));
  PONNUKI_TRY(LockedFile lock,
              LockedFile::open(folder, folder + ": another process writes rows there; stop it "
                                                "first, or give another folder"));
  KatagoRowFiles files(std::move(lock), length);
  remove_temporary_files(folder, is_own);
  PONNUKI_TRY(files.take_over());
  if (file_exists(files.path(kUnwritten))) PONNUKI_TRY(files.open_unwritten());
  PONNUKI_TRY(files.count_start());
  return files;
}

std::string KatagoRowFiles::npz_path() const {
  return folder_.path() + format("/%016llX.npz", static_cast<unsigned long long>(name_));
}

Status KatagoRowFiles::count_start() {
  if (file_exists(path(kStarts))) {
    PONNUKI_TRY(const std::string text, read_plain_file(path(kStarts), 100));
    char* end = nullptr;
    earlier_starts_ = std::strtoll(text.c_str(), &end, 10);
    // The number alone is of an earlier version, or a user has written it.
    const bool is_right =
        text == starts_text(earlier_starts_) || text == std::to_string(earlier_starts_) + "\n";
    if (end == text.c_str() || earlier_starts_ < 0 || !is_right)
      return Error{path(kStarts) + ": is damaged; write the number of earlier starts into it"};
  }
  return write_file_atomically(path(kStarts), starts_text(earlier_starts_ + 1));
}

/// Makes the rows of the games that a killed process has left. If it was killed between writing a
/// file of rows and forgetting their games, that file is there.
Status KatagoRowFiles::take_over() {
  if (!file_exists(path(kUnwritten))) return {};
  const auto file = read_games(path(kUnwritten));
  if (!file) {
    PONNUKI_TRY(const std::string aside, set_aside(path(kUnwritten)));
    damage_.push_back(file.error().message + "; it is now " + aside);
    return {};
  }
  for (const auto& game : file->games) {
    if (std::max(game->size.width, game->size.height) > rows_.length()) {
      return Error{path(kUnwritten) + ": has a game of " + size_text(game->size) +
                   ", which is larger than --pos-len"};
    }
    ++left_over_;
    add_rows(*game);
    if (!file_exists(npz_path())) continue;
    rows_.clear();
    name_ = 0;
    left_over_ = 0;
  }
  return {};
}

/// Sets a damaged file aside.
Status KatagoRowFiles::open_unwritten() {
  PONNUKI_TRY(unwritten_, GamesWriter::open(path(kUnwritten)));
  if (!unwritten_->damage().empty()) damage_.push_back(unwritten_->damage());
  return {};
}

void KatagoRowFiles::add_rows(const GameRecord& game) {
  constexpr std::uint64_t kRowsSalt = 2, kNameSalt = 3;
  // Depends on the game alone: whichever process makes the rows, they are the same.
  Random random(record_hash(game, kRowsSalt));
  rows_.add(game, random);
  name_ = splitmix64(name_ ^ record_hash(game, kNameSalt));
}

Status KatagoRowFiles::add(const Games& games) {
  PONNUKI_TRY(folder_.expect_in_place());
  if (!unwritten_) PONNUKI_TRY(open_unwritten());
  PONNUKI_TRY(unwritten_->append(games));
  for (auto game = games.begin(); game != games.end(); ++game) {
    add_rows(**game);
    if (rows_.rows() < kRowsPerFile) continue;
    PONNUKI_TRY(write_rows());
    PONNUKI_TRY(keep_unwritten(Games(game + 1, games.end())));
  }
  return {};
}

Status KatagoRowFiles::flush() {
  PONNUKI_TRY(write_rows());
  return keep_unwritten({});
}

Status KatagoRowFiles::write_rows() {
  if (rows_.rows() > 0) {
    PONNUKI_TRY(folder_.expect_in_place());
    PONNUKI_TRY(write_file_atomically(npz_path(), rows_.to_npz()));
    written_ += rows_.rows();
  }
  rows_.clear();
  name_ = 0;
  return {};
}

/// Forgets all other games.
Status KatagoRowFiles::keep_unwritten(const Games& games) {
  unwritten_.reset();  // this is another file from now on
  if (!games.empty()) return write_file_atomically(path(kUnwritten), games_file(games));
  std::error_code error;
  std::filesystem::remove(path(kUnwritten), error);
  return error ? Status(Error{path(kUnwritten) + ": cannot be removed: " + error.message()})
               : Status();
}

}  // namespace ponnuki::selfplay
