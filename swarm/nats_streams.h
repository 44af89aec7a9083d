// The streams and subjects of a run at the hub (swarm/nats_links.h), and blocks of games as messages.
#pragma once

#include <functional>
#include <string>

#include "swarm/block.h"
#include "swarm/nats_hub.h"

namespace ponnuki::swarm {

/// Makes a stream of the run if it is missing, on all servers of the hub, and gives it these limits.
Status make_stream(const NatsHub& hub, const char* kind, const std::string& subject,
                   const std::function<void(jsStreamConfig&)>& set);

/// "run.club.announcement" for "announcement".
std::string run_subject(const std::string& run, const std::string& what);
/// A part of a net's file; "parts" is their number.
std::string net_subject(const std::string& run, const std::string& net, const std::string& part);
/// The blocks of a worker; "*" for all.
std::string games_subject(const std::string& run, const std::string& worker);
std::string stats_subject(const std::string& run, const std::string& worker);
/// What a worker says in a match: "take", "progress" or "games".
std::string match_subject(const std::string& run, const char* what, const std::string& worker);

/// Puts a net's file into the stream NETS, in parts.
Status publish_net(NatsHub& hub, const std::string& net, const std::string& file);

Result<NatsMessage> message_of(const GameBlock& block, const std::string& run);
GameBlock block_of(natsMsg* message);

}  // namespace ponnuki::swarm
