// The hub is a server of NATS with JetStream (nats.io). Of a run "club" there are
//
//     stream GAMES_club   games.club.WORKER          blocks that are not stored yet
//     stream NETS_club    nets.club.SHA256.I         parts of the newest nets
//     stream RUN_club     run.club.announcement      the last one
//                         run.club.stored.WORKER     the last one
//                         run.club.withdrawn         names of workers, the last list
//                         run.club.workers           what the learner knows of them
//                         run.club.standby           who wants a copy of the run
//     stream JOURNAL_club journal.club               swarm/journal_link.h
//     no stream           stats.club.WORKER          reports
//                         match.club.take.WORKER     it wants a part of a match, and gets one
//                         match.club.progress.WORKER it plays its part
//                         match.club.games.WORKER    the games of its part
//
// The broker decides by its credentials who may publish where: so a subject tells whose block it is.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "swarm/journal_link.h"
#include "swarm/links.h"
#include "swarm/signing_key.h"

namespace ponnuki::swarm {

struct HubAddress {
  std::string urls;  // nats://HOST:PORT or tls://…; those of a cluster with commas between
  std::string run = "main";
  // Who this is; "": nobody. A user has a key, or a password if an older program has added it.
  std::string user = {}, password = {};
  std::optional<SigningKey> user_key = {};
  std::string authority = {};              // files of TLS: "" is the system's
  std::string certificate = {}, key = {};  // "": none
};
std::vector<std::string> urls_of(const std::string& text);

/// Makes the streams of the run if they are missing. Returns an error if the hub cannot be reached.
/// Thread-safe. Reconnects by itself later.
Result<std::unique_ptr<LearnerLink>> connect_learner(const HubAddress& address);
/// A worker may start before the hub: it connects as soon as that is there.
std::unique_ptr<WorkerLink> worker_link(const HubAddress& address, const std::string& worker);

/// For matches that workers play. `name` is that of this connection.
std::unique_ptr<MatchLink> match_link(const HubAddress& address, const std::string& name);

/// The journal of a run. `name` is that of this connection.
Result<std::unique_ptr<JournalLink>> connect_journal(const HubAddress& address,
                                                     const std::string& name);

/// Makes a hub of a site, a leaf node, keep what workers read: announcements and nets. `domain` is
/// that of the JetStream of the run's hub. Then workers of the site use the address of the leaf.
Status mirror_run(const HubAddress& leaf, const std::string& domain);

/// Asks the learner to take out all games of a worker, now or when it is there.
Status withdraw(const HubAddress& address, const std::string& worker);
}  // namespace ponnuki::swarm
