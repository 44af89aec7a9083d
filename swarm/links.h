// The hub as a learner and a worker see it. What is behind (swarm/nats_links.h) may be another one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "swarm/announcement.h"
#include "swarm/block.h"
#include "swarm/match_desk.h"

namespace ponnuki::swarm {

/// Errors: the hub cannot be reached for now, unless it says more.
class LearnerLink {
 public:
  virtual ~LearnerLink() = default;
  /// Workers get the file of the net first, then the announcement.
  virtual Status announce(const Announcement& announcement, const std::string& net_file) = 0;
  /// The same announcement again, so that workers see that somebody learns.
  virtual Status repeat(const Announcement& announcement) = 0;
  struct Delivery {
    GameBlock block;
    std::uint64_t ticket = 0;  // for done()
  };
  /// The next blocks, in each worker's order. Waits for the first one, at most so long. A block that
  /// is not done comes again later. After an error the next call begins anew, also with a hub that
  /// has lost everything.
  virtual Result<std::vector<Delivery>> fetch(int most, double seconds) = 0;
  /// These blocks are stored or refused: they will not come again.
  virtual Status done(const std::vector<Delivery>& deliveries) = 0;
  /// The worker may forget its blocks up to this number. It may not hear it, and then sends some
  /// again.
  virtual Status tell_stored(const std::string& worker, std::uint64_t number) = 0;
  /// The number of blocks that have not been fetched. Thread-safe.
  virtual Result<std::uint64_t> waiting() = 0;
  /// Workers whose games somebody wants to be taken out (`ponnuki hub withdraw`).
  virtual Result<std::vector<std::string>> withdrawn() = 0;
  /// What the learner knows of each worker, for `ponnuki hub status`.
  virtual Status report(const std::string& json) = 0;
};

/// The hub as those see it who have a match played.
class MatchLink {
 public:
  virtual ~MatchLink() = default;
  /// Workers get a net of a match as they get that of the run.
  virtual Status offer_net(const std::string& net, const std::string& file) = 0;
  /// Lets workers take parts and bring games for so long. After an error the next call begins anew.
  virtual Status serve(MatchDesk& desk, double seconds) = 0;
  /// The match is over: workers need not ask.
  virtual void stop_serving() = 0;
};

class WorkerLink {
 public:
  virtual ~WorkerLink() = default;
  /// The newest announcement; nothing if there is none yet.
  virtual Result<std::optional<Announcement>> announcement() = 0;
  /// The bytes of a net's file. The caller checks them.
  virtual Result<std::string> net_file(const std::string& net) = 0;
  /// Returns when the hub has the block; sending it again is no harm.
  virtual Status send(const GameBlock& block) = 0;
  /// Grows when the hub was reached anew: then it may have lost what it had.
  virtual std::uint64_t connections() = 0;
  /// The last of this worker's numbers that the learner has stored.
  virtual Result<std::uint64_t> stored() = 0;
  /// For `ponnuki hub status`.
  virtual Status report(const std::string& json) = 0;
  /// A part of a match with about so many games; nothing if there is none for this worker.
  virtual Result<std::optional<MatchPart>> take_part(int games) = 0;
  /// It still plays what it has taken.
  virtual Status tell_progress() = 0;
  /// Returns when whoever has the match played has the games, or refuses them: an error is that
  /// nobody was heard.
  virtual Status bring(const PlayedPart& part, BoardSize size) = 0;
};

}  // namespace ponnuki::swarm
