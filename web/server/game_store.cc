#include "web/server/game_store.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <random>

#include "engine/file.h"
#include "engine/user_folders.h"

namespace ponnuki::web {
namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 20;  // of a game

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

std::string timestamp() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", &local);
  return text;
}

}  // namespace

Result<std::unique_ptr<GameStore>> GameStore::open(const std::string& folder) {
  PONNUKI_TRY(make_folder_for_files(folder));
  std::unique_ptr<GameStore> store(new GameStore(folder));
  const MutexLock lock(store->mutex_);
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    const std::string stem = entry.path().stem().string();
    if (entry.path().extension() == ".sgf" && is_id(stem)) store->ids_[stem] = true;
  }
  if (failure) return Error{"cannot read the folder '" + folder + "': " + failure.message()};
  remove_temporary_files(folder, [](std::string_view target) { return target.ends_with(".sgf"); });
  return store;
}

Result<std::string> GameStore::new_id() {
  const MutexLock lock(mutex_);
  if (ids_.size() >= kMostGames)
    return Error{"the folder '" + folder_ + "' has " + std::to_string(ids_.size()) +
                 " games, the most it may have; move some elsewhere"};
  std::random_device device;
  while (true) {
    char tail[8];
    std::snprintf(tail, sizeof tail, "-%04x", device() & 0xFFFFU);
    const std::string id = timestamp() + tail;
    if (ids_.emplace(id, false).second) return id;
  }
}

std::vector<std::string> GameStore::ids() const {
  const MutexLock lock(mutex_);
  std::vector<std::string> ids;
  for (auto each = ids_.rbegin(); each != ids_.rend(); ++each) {
    if (each->second) ids.push_back(each->first);
  }
  return ids;
}

bool GameStore::has(const std::string& id) const {
  const MutexLock lock(mutex_);
  const auto found = ids_.find(id);
  return found != ids_.end() && found->second;
}

Result<std::string> GameStore::load(const std::string& id) const {
  if (!has(id)) return Error{"there is no such game"};
  return read_plain_file(path_of(id), kMostBytes);
}

Status GameStore::save(const std::string& id, const std::string& sgf) {
  if (sgf.size() > kMostBytes) return Error{"the game is too long to be stored"};
  PONNUKI_TRY(write_file_atomically(path_of(id), sgf));
  const MutexLock lock(mutex_);
  ids_[id] = true;
  return {};
}

Status GameStore::remove(const std::string& id) {
  const MutexLock lock(mutex_);
  const auto found = ids_.find(id);
  if (found == ids_.end()) return Error{"there is no such game"};
  std::error_code failure;
  std::filesystem::remove(path_of(id), failure);
  if (failure) return Error{"cannot remove '" + path_of(id) + "': " + failure.message()};
  ids_.erase(found);
  return {};
}

std::string default_game_folder() {
  const std::string data = user_data_folder();
  return (data.empty() ? "./.local/share/ponnuki" : data) + "/games";
}

}  // namespace ponnuki::web
