#include "web/server/room.h"

namespace ponnuki::web {
Room::Room(std::string id, std::unique_ptr<Table> table, bool is_stored, GameStore& store,
           const Opponent::Resources& engine)
    : id_(std::move(id)),
      table_(std::move(table)),
      store_(store),
      stored_version_(is_stored ? table_->version() : 0),
      opponent_(engine, *table_, [this] { changed(); }) {}

void Room::changed() {
  const std::string problem = store();
  {
    const MutexLock lock(mutex_);
    for (const auto& [visit, tell] : visits_) (*tell)(problem);
  }
  opponent_.look();
}

/// Stores the newest state, unless another thread has.
std::string Room::store() {
  const MutexLock lock(storing_);
  const std::uint64_t version = table_->version();
  if (version == stored_version_) return "";
  const Status status = store_.save(id_, table_->sgf());
  if (!status) return status.error().message;
  stored_version_ = version;
  return "";
}

Room::Visit::Visit(std::shared_ptr<Room> room, Tell tell)
    : room_(std::move(room)), tell_(std::move(tell)) {
  const MutexLock lock(room_->mutex_);
  room_->visits_[this] = &tell_;
}

Room::Visit::~Visit() {
  const MutexLock lock(room_->mutex_);
  room_->visits_.erase(this);
}

Result<std::shared_ptr<Room>> Lobby::add(std::unique_ptr<Table> table, Keep keep) {
  PONNUKI_TRY(const std::string id, store_.new_id());
  const MutexLock lock(mutex_);
  return make_room(id, std::move(table), keep == Keep::kChanges);
}

Result<std::shared_ptr<Room>> Lobby::open(const std::string& id) {
  const MutexLock lock(mutex_);
  if (const auto found = rooms_.find(id); found != rooms_.end()) return found->second;
  PONNUKI_TRY(const std::string sgf, store_.load(id));
  PONNUKI_TRY(auto table, Table::read(sgf));
  return make_room(id, std::move(table), true);
}

Result<std::shared_ptr<Room>> Lobby::make_room(const std::string& id, std::unique_ptr<Table> table,
                                               bool is_stored) {
  close_empty_rooms();
  if (rooms_.size() >= kMostRooms)
    return Error{"too many games are open on this server; close some"};
  return rooms_[id] = std::make_shared<Room>(id, std::move(table), is_stored, store_, engine_);
}

void Lobby::close_empty_rooms() {
  std::erase_if(rooms_, [](const auto& each) {
    const auto& [id, room] = each;
    return room.use_count() == 1 && room->table().engine_task().kind == EngineTask::Kind::kNone;
  });
}

}  // namespace ponnuki::web
