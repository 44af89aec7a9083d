#include "mpi/launch.h"

#include <dlfcn.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <vector>

#include "engine/text.h"
#include "mpi/module/module.h"

namespace ponnuki::mpi {
namespace {

constexpr int kMostRanks = 1 << 20;

/// The first of these variables that is set to a number from `least` on; else `otherwise`.
int number(const Environment& environment, std::initializer_list<const char*> names, int least,
           int otherwise) {
  for (const char* name : names) {
    const char* text = environment(name);
    const auto value = text == nullptr ? std::nullopt : parse_integer(text);
    if (value && *value >= least && *value <= kMostRanks) return static_cast<int>(*value);
  }
  return otherwise;
}

/// Where the module may be: beside the program, or where it is installed.
std::vector<std::string> module_paths() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const auto folder = program.parent_path();
  return {folder / kModuleFile, folder.parent_path() / "lib/ponnuki" / kModuleFile};
}

/// The function of the module, an OpenLink.
Result<void*> load_module() {
  for (const std::string& path : module_paths()) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) continue;
    // Global: parts of MPI that are loaded later look for its symbols.
    void* const module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
    if (module == nullptr) return Error{path + ": cannot be loaded: " + ::dlerror()};
    void* const function = ::dlsym(module, kOpenLinkName);
    if (function == nullptr) return Error{path + ": is of another version of this program"};
    return function;
  }
  return Error{
      "this program was built without MPI, so it cannot share the learning among the processes of "
      "mpirun; install libopenmpi-dev and build it again, or start it without mpirun"};
}

}  // namespace

int Launch::threads(int usable_cores) const {
  return is_bound ? usable_cores : std::max(1, usable_cores / local_ranks);
}

Launch read_launch(const Environment& environment) {
  Launch launch;
  launch.ranks = number(environment, {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}, 1, 1);
  launch.rank = number(environment, {"OMPI_COMM_WORLD_RANK", "PMI_RANK"}, 0, 0);
  launch.local_ranks = number(environment, {"OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS"}, 1, 1);
  launch.local_rank = number(environment, {"OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID"}, 0, 0);
  return launch;
}

bool is_bound_by_starter() {
#if defined(__linux__)
  cpu_set_t own, starter;
  return ::sched_getaffinity(0, sizeof own, &own) == 0 &&
         ::sched_getaffinity(::getppid(), sizeof starter, &starter) == 0 &&
         CPU_COUNT(&own) < CPU_COUNT(&starter);
#else
  return false;
#endif
}

Result<std::unique_ptr<Link>> open_link(const Launch& launch) {
  PONNUKI_TRY(void* const open, load_module());
  std::unique_ptr<Link> link(reinterpret_cast<OpenLink>(open)());
  if (link->ranks() != launch.ranks || link->rank() != launch.rank)
    return Error{"mpirun is of another MPI than the one that this program was built with"};
  return link;
}

}  // namespace ponnuki::mpi
