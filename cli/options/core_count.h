// How many threads compute at full speed on this machine.
#pragma once

#include <string>
#include <vector>

namespace ponnuki::cli {

/// Cores that the process may use, 1 at least: of the logical processors that it is bound to, those
/// that share a core count once (two threads of a core would share its arithmetic and its caches),
/// and no more than the quota of a container, rounded up.
int usable_cores();

/// The same for logical processors `cpus`, as Linux describes them under `sys` (cpu topology, and
/// the quota in fs/cgroup/cpu.max); what is not described there counts in full.
int usable_cores(const std::vector<int>& cpus, const std::string& sys);

}  // namespace ponnuki::cli
