// Room: a table with its engine, its place in the store, and the pages that look at it. Lobby: all
// rooms of a server. A room stays until nobody is there and the engine has answered.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "engine/mutex.h"
#include "web/server/game_store.h"
#include "web/server/opponent.h"
#include "web/server/table.h"

namespace ponnuki::web {

class Room {
 public:
  /// `is_stored`: the store need not get the table before its first change.
  Room(std::string id, std::unique_ptr<Table> table, bool is_stored, GameStore& store,
       const Opponent::Resources& engine);

  const std::string& id() const { return id_; }
  Table& table() { return *table_; }
  /// After a change of the table: stores the game, tells all pages, and lets the engine look.
  void changed();

  /// While it lives, `tell` is called after each change, on any thread. `problem`: why the game
  /// could not be stored; "" as a rule.
  class Visit {
   public:
    using Tell = std::function<void(const std::string& problem)>;
    Visit(std::shared_ptr<Room> room, Tell tell);
    ~Visit();
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
    Room& room() const { return *room_; }

   private:
    friend class Room;
    std::shared_ptr<Room> room_;
    Tell tell_;
  };

 private:
  std::string store();

  const std::string id_;
  std::unique_ptr<Table> table_;
  GameStore& store_;
  Mutex storing_;
  std::uint64_t stored_version_ PONNUKI_GUARDED_BY(storing_);
  Mutex mutex_;
  std::map<const Visit*, const Visit::Tell*> visits_ PONNUKI_GUARDED_BY(mutex_);
  Opponent opponent_;  // its thread ends first
};

class Lobby {
 public:
  static constexpr std::size_t kMostRooms = 1000;

  /// All must outlive the lobby.
  Lobby(GameStore& store, const Opponent::Resources& engine) : store_(store), engine_(engine) {}

  GameStore& store() { return store_; }
  enum class Keep { kAll, kChanges };  // kChanges: stored only if somebody changes it
  Result<std::shared_ptr<Room>> add(std::unique_ptr<Table> table, Keep keep = Keep::kAll);
  /// The room of a stored game.
  Result<std::shared_ptr<Room>> open(const std::string& id);

 private:
  void close_empty_rooms() PONNUKI_REQUIRES(mutex_);
  Result<std::shared_ptr<Room>> make_room(const std::string& id, std::unique_ptr<Table> table,
                                          bool is_stored) PONNUKI_REQUIRES(mutex_);

  GameStore& store_;
  const Opponent::Resources engine_;
  Mutex mutex_;
  std::map<std::string, std::shared_ptr<Room>> rooms_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace ponnuki::web
