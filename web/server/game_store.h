// GameStore: the games of a user, as SGF files in one folder. Thread-safe.
//
//     FOLDER/20261130-081500-3f2a.sgf      the name without its ending is the game's id
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/mutex.h"
#include "engine/result.h"

namespace ponnuki::web {

class GameStore {
 public:
  static constexpr std::size_t kMostGames = 10'000;

  /// Makes the folder if it is missing. Returns an error if it takes no files.
  static Result<std::unique_ptr<GameStore>> open(const std::string& folder);

  /// A new id, which no other game has. Returns an error if there are too many games.
  Result<std::string> new_id();
  /// The ids of stored games, newest first.
  std::vector<std::string> ids() const;
  /// True for the id of a game that has a file.
  bool has(const std::string& id) const;
  /// The text of a game. Ids come from pages: only those of the folder's own files are known.
  Result<std::string> load(const std::string& id) const;
  /// Writes atomically. Requires an id of new_id() or ids().
  Status save(const std::string& id, const std::string& sgf);
  Status remove(const std::string& id);

 private:
  explicit GameStore(std::string folder) : folder_(std::move(folder)) {}
  std::string path_of(const std::string& id) const { return folder_ + "/" + id + ".sgf"; }

  const std::string folder_;
  mutable Mutex mutex_;
  std::map<std::string, bool> ids_ PONNUKI_GUARDED_BY(mutex_);  // whether it has a file
};

/// Where games are stored unless the user says otherwise: $XDG_DATA_HOME/ponnuki/games, or
/// ~/.local/share/ponnuki/games.
std::string default_game_folder();

}  // namespace ponnuki::web
