#include "swarm/origins.h"

#include <utility>

namespace ponnuki::swarm {

void Origins::add(std::int64_t cycle, std::int64_t offset, std::vector<Part> parts) {
  blocks_[cycle][offset] = std::move(parts);
}

void Origins::forget_unless(const std::function<bool(std::int64_t)>& is_there) {
  std::erase_if(blocks_, [&](const auto& entry) { return !is_there(entry.first); });
}

void Origins::for_each(
    const std::function<void(std::int64_t, std::int64_t, const std::vector<Part>&)>& act) const {
  for (const auto& [cycle, blocks] : blocks_)
    for (const auto& [offset, parts] : blocks) act(cycle, offset, parts);
}

/// Null if it is not known. A file that was repaired may have other blocks at the same places.
const std::vector<Origins::Part>* Origins::parts_of(std::int64_t cycle,
                                                    const selfplay::BlockPlace& block) const {
  const auto of_cycle = blocks_.find(cycle);
  if (of_cycle == blocks_.end()) return nullptr;
  const auto found = of_cycle->second.find(block.offset);
  if (found == of_cycle->second.end()) return nullptr;
  std::int64_t games = 0;
  for (const Part& part : found->second) games += part.games;
  return games == static_cast<std::int64_t>(block.games) ? &found->second : nullptr;
}

void Origins::take_out(std::int64_t cycle, const std::set<std::string>& workers,
                       selfplay::GamesFile& file) const {
  if (workers.empty()) return;
  selfplay::GamesFile kept;
  auto game = file.games.begin();
  const auto take = [&](std::int64_t count, bool stays) {
    if (stays) kept.games.insert(kept.games.end(), game, game + count);
    game += count;
  };
  for (const selfplay::BlockPlace& block : file.blocks) {
    const std::size_t before = kept.games.size();
    if (const std::vector<Part>* const parts = parts_of(cycle, block)) {
      for (const Part& part : *parts) take(part.games, !workers.contains(part.worker));
    } else {
      take(static_cast<std::int64_t>(block.games), true);
    }
    kept.blocks.push_back({block.offset, kept.games.size() - before});
  }
  kept.damage = std::move(file.damage);
  file = std::move(kept);
}

}  // namespace ponnuki::swarm
