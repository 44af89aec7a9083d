// What a hub says of a run: for people.
#pragma once

#include <atomic>
#include <string>

#include "engine/result.h"
#include "swarm/nats_links.h"

namespace ponnuki::swarm {

/// Lines of text. Listens for the workers' reports so many seconds, or until `stop` is set. Blocks.
Result<std::string> hub_status(const HubAddress& address, double seconds,
                               const std::atomic<bool>& stop);

}  // namespace ponnuki::swarm
