// The hub is a server of NATS with JetStream (nats.io). Of a run "club" there are
//
//     stream GAMES_club   games.club.WORKER          blocks that are not stored yet
//     stream NETS_club    nets.club.SHA256.I         parts of the newest nets
//     stream RUN_club     run.club.announcement      the last one
//                         run.club.stored.WORKER     the last one
//                         run.club.withdrawn         names of workers, the last list
//                         run.club.workers           what the learner knows of them
//     no stream           stats.club.WORKER          reports
//
// The broker decides by its credentials who may publish where: so a subject tells whose block it is.
#pragma once

#include <memory>
#include <string>

#include "engine/result.h"
#include "swarm/links.h"

namespace ponnuki::swarm {

struct HubAddress {
  std::string url;             // nats://HOST:PORT
  std::string user, password;  // "": none
  std::string run = "main";
};

/// Makes the streams of the run if they are missing. Returns an error if the hub cannot be reached.
/// Thread-safe. Reconnects by itself later.
Result<std::unique_ptr<LearnerLink>> connect_learner(const HubAddress& address);
/// A worker may start before the hub: it connects as soon as that is there.
Result<std::unique_ptr<WorkerLink>> connect_worker(const HubAddress& address,
                                                   const std::string& worker);

/// Asks the learner to take out all games of a worker, now or when it is there. Returns the names
/// of all such workers.
Result<std::vector<std::string>> withdraw(const HubAddress& address, const std::string& worker);
/// Where LearnerLink::report() is.
std::string workers_subject(const std::string& run);

}  // namespace ponnuki::swarm
