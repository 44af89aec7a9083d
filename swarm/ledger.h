// Ledger: which blocks of each worker the learner has stored or refused, as a file in the run's
// folder. Each change is written before the games are: after a crash the size of the file of games
// tells whether they came after all. So no block is lost, and none is there twice.
//
// The file begins with what came of it all so far; then there is a line for each change:
//
//     {"workers":{"ann":{"stored":12,"games":90,"refused":1,"reasons":{…}}},"nets":[…],
//      "withdrawn":{"carla":"its moves are not those of the net"},"crc32":…}
//     {"cycle":2,"offset":900,"of":[["ann",8],["carla",8]],"crc32":…}      (games that came)
//     {"cycle":3,"offset":4711,"blocks":[["ann",13,8],["ben",4,0,"a wrong score"]],"crc32":…}
//     {"net":"SHA-256","at":1790000000,"crc32":…}
//     {"withdrawn":"ben","why":"by hand","crc32":…}
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "selfplay/files/locked_file.h"
#include "swarm/origins.h"

namespace ponnuki::swarm {

/// What is known of a worker.
struct Account {
  std::uint64_t stored = 0;  // the last number; refused blocks count
  std::int64_t games = 0;    // stored
  std::int64_t refused = 0;  // blocks
  std::map<std::string, std::int64_t> reasons;
};

class Ledger {
 public:
  /// Nets that may have played: the last kNets, and those of the last kNetSeconds, kMostNets in all.
  static constexpr std::size_t kNets = 20, kMostNets = 200;
  static constexpr std::int64_t kNetSeconds = 600;

  /// The bytes of a cycle's file of games, without a block at its end that was cut off; nothing if
  /// the file is not there any more.
  using GamesSize = std::function<std::optional<std::int64_t>(std::int64_t cycle)>;
  /// Reads the file, if it exists, forgets games that did not come, and writes it anew. The files of
  /// games of cycles before `cycle`, the one under way, may be gone: their games had come.
  static Result<std::unique_ptr<Ledger>> open(const std::string& path, std::int64_t cycle,
                                              const GamesSize& find_size);

  /// Writes the file anew if it has grown much; forgets origins of games in files that are gone.
  Status tidy(const std::function<bool(std::int64_t cycle)>& has_games);

  struct Entry {
    std::string worker;
    std::uint64_t number = 0;
    std::int64_t games = 0;
    std::string reason;  // it is refused; "" if its games are stored
  };
  /// Before the games of these blocks are appended to the file of games, which is `offset` bytes
  /// long. Synced.
  Status write(std::int64_t cycle, std::int64_t offset, const std::vector<Entry>& entries);

  /// A net that workers may play with from now on, in seconds since 1970. Synced.
  Status add_net(const std::string& net, std::int64_t now);
  /// The nets that may have played, the newest first. Games of the others come too late.
  std::vector<std::string> nets() const;

  /// All games of this worker count no more, and it is not heard again. Synced.
  Status withdraw(const std::string& worker, const std::string& why);
  /// Why each withdrawn worker is so.
  const std::map<std::string, std::string>& withdrawn() const { return withdrawn_; }
  /// Takes the games of withdrawn workers out of what was read from the file of a cycle.
  void take_out_withdrawn(std::int64_t cycle, selfplay::GamesFile& file) const;

  const std::map<std::string, Account>& accounts() const { return accounts_; }
  std::uint64_t stored(const std::string& worker) const;

 private:
  struct Net {
    std::string name;
    std::int64_t at = 0;  // when it was announced
  };
  static Net net_from(const nlohmann::json& json);
  explicit Ledger(std::string path) : path_(std::move(path)) {}
  void read(const std::string& line, std::int64_t cycle, const GamesSize& games_size);
  void read_blocks(const nlohmann::json& json, std::int64_t cycle, const GamesSize& games_size);
  std::string summary() const;
  void note_origins(std::int64_t cycle, std::int64_t offset, const std::vector<Entry>& entries);
  void count(const Entry& entry);
  void count_net(const std::string& net, std::int64_t at);
  Status write_anew();

  std::string path_;
  std::map<std::string, Account> accounts_;
  std::vector<Net> nets_;
  std::map<std::string, std::string> withdrawn_;  // why, by worker
  Origins origins_;
  std::optional<selfplay::LockedFile> file_;
  std::int64_t size_when_new_ = 0;  // of the file, in bytes
};

}  // namespace ponnuki::swarm
