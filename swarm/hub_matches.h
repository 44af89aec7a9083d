// HubMatches: matches between nets that workers play as well. This machine plays too, so that a
// match ends also where nobody works; at its end it plays what others are late with.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "selfplay/run/match_player.h"
#include "swarm/hub_users.h"
#include "swarm/links.h"

namespace ponnuki::swarm {

class HubMatches : public selfplay::MatchPlayer {
 public:
  struct Options {
    nn::kernels::Precision precision = nn::kernels::auto_precision();  // of this machine
    std::function<bool(const std::string& worker)> is_trusted;         // on the thread of play()
    std::function<void(const std::string& line)> say;
    std::optional<WorkerKeys> keys = {};  // games count only if their worker has signed them
  };
  HubMatches(std::unique_ptr<MatchLink> link, Options options)
      : link_(std::move(link)), options_(std::move(options)) {}

  /// Says at the end how many games workers have played. Troubles with the hub are told and pass:
  /// then this machine plays alone.
  Result<selfplay::Tally> play(std::array<nn::Model, 2> models,
                               const selfplay::NetMatchOptions& match) override;

 private:
  Result<MatchPart> offer(const std::array<nn::Model, 2>& models,
                          const selfplay::NetMatchOptions& match);
  MatchDesk::Checks checks(BoardSize size);
  void say_trouble(const Error& error);
  void say_shares(const MatchDesk& desk) const;

  const std::unique_ptr<MatchLink> link_;
  Options options_;
  std::set<std::string> troubles_;  // that were told in this match
};

}  // namespace ponnuki::swarm
