// Origins: whose games the blocks of a run's files are. So the games of a worker can be taken out
// after they were stored.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "selfplay/records/record_file.h"

namespace ponnuki::swarm {

class Origins {
 public:
  /// Games of one worker, one behind the other in a block.
  struct Part {
    std::string worker;
    std::int64_t games = 0;
  };
  /// The parts of a block that lies at `offset` (BlockPlace) in the file of a cycle.
  void add(std::int64_t cycle, std::int64_t offset, std::vector<Part> parts);
  /// Forgets cycles whose files are gone.
  void forget_unless(const std::function<bool(std::int64_t cycle)>& is_there);
  void for_each(const std::function<void(std::int64_t cycle, std::int64_t offset,
                                         const std::vector<Part>& parts)>& act) const;
  /// Takes the games of these workers out of what was read from the file of a cycle. Games of an
  /// unknown origin stay.
  void take_out(std::int64_t cycle, const std::set<std::string>& workers,
                selfplay::GamesFile& file) const;

 private:
  const std::vector<Part>* parts_of(std::int64_t cycle, const selfplay::BlockPlace& block) const;

  std::map<std::int64_t, std::map<std::int64_t, std::vector<Part>>> blocks_;  // by cycle, by offset
};

}  // namespace ponnuki::swarm
