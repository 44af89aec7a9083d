#include "cli/options/core_count.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <thread>

namespace ponnuki::cli {
namespace {

std::vector<int> allowed_cpus() {
  std::vector<int> cpus;
#if defined(__linux__)
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0) {
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
      if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
    }
  }
#endif
  // The affinity is unknown, or the set is too small.
  for (int cpu = 0; cpus.empty() && cpu < static_cast<int>(std::thread::hardware_concurrency());)
    cpus.push_back(cpu++);
  return cpus;
}

/// Identifies the core of a logical processor: the list of the core's logical processors, as Linux
/// writes it.
std::string core_of(int cpu, const std::string& sys) {
  std::ifstream file(sys + "/devices/system/cpu/cpu" + std::to_string(cpu) +
                     "/topology/thread_siblings_list");
  std::string siblings;
  return std::getline(file, siblings) ? siblings : "cpu " + std::to_string(cpu);
}

/// Parses "max 100000" or "150000 100000": microseconds of CPU time in each period of so many
/// microseconds.
int quota_of_container(const std::string& sys, int otherwise) {
  std::ifstream file(sys + "/fs/cgroup/cpu.max");
  double quota = 0, period = 0;
  if (!(file >> quota >> period) || quota <= 0 || period <= 0) return otherwise;
  return static_cast<int>(std::min<double>(otherwise, std::ceil(quota / period)));
}

}  // namespace

int usable_cores(const std::vector<int>& cpus, const std::string& sys) {
  std::set<std::string> cores;
  for (const int cpu : cpus) cores.insert(core_of(cpu, sys));
  const int count = static_cast<int>(cores.size());
  return std::max(1, quota_of_container(sys, count));
}

int usable_cores() { return usable_cores(allowed_cpus(), "/sys"); }

}  // namespace ponnuki::cli
