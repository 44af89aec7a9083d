// KatagoRowFiles: rows of games for KataGo's trainer, as files of many rows each in one folder.
//
//     0123456789ABCDEF.npz   10,000 rows or a few more; the last file of a process has fewer
//     unwritten.games        the games whose rows are in no such file yet
//     starts                 how many processes have written rows here
//
// Games are in unwritten.games as soon as they are added. A process that goes on after a killed one
// writes their rows, so that each game is in the files once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "selfplay/files/locked_file.h"
#include "selfplay/records/record_file.h"
#include "selfplay/rows/katago_rows.h"

namespace ponnuki::selfplay {

class KatagoRowFiles {
 public:
  /// Opens the folder, which is created if it is missing, for this process alone. `length` is that
  /// of KatagoRows. Returns an error if another process writes rows there, or if an unwritten game
  /// does not fit.
  static Result<KatagoRowFiles> open(const std::string& folder, int length);

  const std::string& folder() const { return folder_.path(); }
  /// How many processes have written rows to the folder before this one.
  std::int64_t earlier_starts() const { return earlier_starts_; }
  /// What open() found damaged: lines for the user.
  const std::vector<std::string>& damage() const { return damage_; }
  /// The games that a killed process has left without rows.
  std::int64_t left_over() const { return left_over_; }
  /// Adds the rows of these games. Writes files when there are enough rows.
  Status add(const Games& games);
  /// Writes the remaining rows. File names are hashes, so that older files stay.
  Status flush();
  std::int64_t written() const { return written_; }  // rows written to files

  static constexpr std::int64_t kRowsPerFile = 10000;

 private:
  KatagoRowFiles(LockedFile folder, int length) : folder_(std::move(folder)), rows_(length) {}
  std::string path(const char* name) const { return folder_.path() + "/" + name; }
  std::string npz_path() const;
  Status count_start();
  Status take_over();
  Status open_unwritten();
  void add_rows(const GameRecord& game);
  Status write_rows();
  Status keep_unwritten(const Games& games);

  LockedFile folder_;
  std::optional<GamesWriter> unwritten_;
  std::vector<std::string> damage_;
  std::int64_t earlier_starts_ = 0, left_over_ = 0, written_ = 0;
  KatagoRows rows_;         // those of the games in unwritten.games
  std::uint64_t name_ = 0;  // a hash of these games
};

}  // namespace ponnuki::selfplay
