// MatchPart: some games of a match between two nets, as a worker gets them, and what it sends back.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/result.h"
#include "selfplay/match/net_match.h"

namespace ponnuki::swarm {

struct MatchPart {
  std::string match;                // its name; no two are equal
  std::array<std::string, 2> nets;  // SHA-256 of their files
  selfplay::NetMatchTerms terms;    // of the whole match
  int first = 0, games = 0;         // of this part; both are even, unless the match is odd
  std::vector<selfplay::Opening> openings = {};  // of this part
};

struct PlayedPart {
  std::string match;
  std::vector<selfplay::NetMatchGame> games;
  std::string signature = {};  // of signed_text() by its worker's key; "" if there is none
};

std::string signed_text(const PlayedPart& part, const std::string& worker, BoardSize size);

std::string to_json(const MatchPart& part);
std::string to_json(const PlayedPart& part, BoardSize size);
/// What comes from the hub may be hostile: errors also where a value is out of bounds.
Result<MatchPart> read_part(const std::string& json);
Result<PlayedPart> read_played(const std::string& json, BoardSize size);

/// How many games a machine plays well at once.
int games_at_once(int threads);
/// Plays a part; fewer games if `stop` is set. `workers` may be null.
PlayedPart play_part(const MatchPart& part, const std::array<std::shared_ptr<nn::Network>, 2>& nets,
                     int threads, const std::shared_ptr<WorkerPool>& workers,
                     const std::atomic<bool>& stop);

}  // namespace ponnuki::swarm
