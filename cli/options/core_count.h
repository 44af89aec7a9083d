// The number of threads that can compute at full speed on this machine.
#pragma once

#include <string>
#include <vector>

namespace ponnuki::cli {

/// The number of cores that the process may use, at least 1. Logical processors of the same core
/// count once, since they share its arithmetic units and caches. A container's quota, rounded up,
/// is an upper limit.
int usable_cores();

/// Like usable_cores(), for the logical processors `cpus`, as Linux describes them in the folder
/// `sys` (CPU topology, and the quota in fs/cgroup/cpu.max). A processor without a description
/// counts as a core.
int usable_cores(const std::vector<int>& cpus, const std::string& sys);

}  // namespace ponnuki::cli
