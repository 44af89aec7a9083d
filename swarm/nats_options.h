// The options of a connection to the hub.
#pragma once

#include <string>

#include "engine/result.h"
#include "swarm/nats_hub.h"

namespace ponnuki::swarm {

/// `name` is that of the client. Returns an error if a file of TLS cannot be used.
Result<NatsOptions> nats_options(const HubAddress& address, const std::string& name);

}  // namespace ponnuki::swarm
