// GameBlock: games that a worker has played, as they travel to the learner. A worker numbers its
// blocks 1, 2, 3, … for ever: so none is lost, and none counts twice.
//
//     body    gzip of games, one behind the other (selfplay/records/game_record.h)
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/result.h"
#include "selfplay/records/record_file.h"

namespace ponnuki::swarm {

/// Grows when old and new programs would misunderstand each other.
inline constexpr int kWire = 1;
/// The most that a message may have: brokers refuse larger ones.
inline constexpr std::size_t kMostBody = 512 * 1024;

struct GameBlock {
  int wire = kWire;
  std::string worker;        // its name, as the broker has let it in
  std::uint64_t number = 0;  // from 1
  std::uint64_t oldest = 0;  // the first number that the worker still has; 0: it does not say
  std::string net;           // SHA-256 of the file of the net that played
  std::string options;       // fingerprint of the options of the games
  std::string body;
  std::string signature = {};  // of signed_text() by the worker's key; "" if there is none
};

/// All that the block says, in other words.
std::string signed_text(const GameBlock& block);

/// Names of runs and workers: letters, digits, '-' and '_', at most 40.
bool is_name(const std::string& text);

/// The bodies of one or more blocks with these games.
Result<std::vector<std::string>> pack(const selfplay::Games& games);
/// Returns an error if the body is damaged, breaks the rules of a game, or is too long.
Result<selfplay::Games> unpack_games(const std::string& body);

}  // namespace ponnuki::swarm
