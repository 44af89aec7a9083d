// Announcement: what a learner asks of all workers: the net to play with, and how to play.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/result.h"
#include "swarm/canary.h"

namespace ponnuki::swarm {

struct Announcement {
  int wire = 1;                  // of blocks that the learner takes
  std::string net;               // SHA-256 of its file
  std::int64_t cycle = 0;        // of the run, for people
  std::string options;           // options of the games, as a config file
  std::vector<double> komi;      // mean, one for each size of the options
  std::vector<Canary> canaries;  // what the net says of known positions; may be empty
  bool enough = false;           // games wait; workers pause
  std::int64_t at = 0;           // when it was made, in seconds since 1970; the learner repeats it

  friend bool operator==(const Announcement&, const Announcement&) = default;
};

std::string to_json(const Announcement& announcement);
Result<Announcement> read_announcement(const std::string& json);

/// SHA-256 in hexadecimal.
std::string sha256(const std::string& bytes);

}  // namespace ponnuki::swarm
