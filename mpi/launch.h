// How this process was started by mpirun, and the link to the others.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/result.h"
#include "mpi/link.h"

namespace ponnuki::mpi {

/// One process of several. Without mpirun: rank 0 of 1.
struct Launch {
  int rank = 0, ranks = 1;
  int local_rank = 0, local_ranks = 1;  // on this machine
  bool is_bound = false;                // to processors of its own, as by is_bound_by_starter()

  /// The threads of this process, where it may use this many cores: its part of the machine's.
  int threads(int usable_cores) const;
};

/// A variable of the environment; null: not set.
using Environment = std::function<const char*(const char* name)>;

/// Reads what Open MPI and starters with PMI (MPICH, Slurm) tell.
Launch read_launch(const Environment& environment);

/// Whether this process may use fewer processors than the one that has started it: mpirun has bound
/// it. It does so with two processes, and with more unless it is told --bind-to none.
bool is_bound_by_starter();

/// Connects the processes. Loads the module with MPI. Returns an error if the program was built
/// without MPI, or with another one than that of mpirun.
Result<std::unique_ptr<Link>> open_link(const Launch& launch);

}  // namespace ponnuki::mpi
