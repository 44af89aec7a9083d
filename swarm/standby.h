// A process that stands by: it keeps a copy of the learner's folder, and takes over when the learner
// is not heard any more.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "swarm/journal_link.h"

namespace ponnuki::swarm {

/// Follows the journal until the holder has been silent for kLeaseSeconds and this process has
/// become the holder; then a run can go on in `folder`. Blocks. Returns false if it was stopped
/// before that, and an error if the folder cannot be used. Troubles with the hub are told and pass.
Result<bool> stand_by(JournalLink& link, const std::string& folder, const std::atomic<bool>& stop,
                      const std::function<void(const std::string& line)>& say);

}  // namespace ponnuki::swarm
