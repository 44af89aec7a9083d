// The options of a connection to the hub.
#pragma once

#include <string>

#include "engine/result.h"
#include "swarm/nats_hub.h"

namespace ponnuki::swarm {

/// `name` is that of the client. `address` must live as long as connections with these options.
/// Returns an error if a file of TLS cannot be used.
Result<NatsOptions> nats_options(const HubAddress& address, const std::string& name);

}  // namespace ponnuki::swarm
