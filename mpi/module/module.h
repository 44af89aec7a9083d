// The module with MPI: a file of its own, which the program loads (mpi/link.h tells why).
#pragma once

#include "mpi/link.h"

namespace ponnuki::mpi {

inline constexpr const char* kModuleFile = "ponnuki_mpi.so";
inline constexpr const char* kOpenLinkName = "ponnuki_open_mpi_link";

/// Starts MPI. The caller owns the result. To be called once in a process.
using OpenLink = Link* (*)();

}  // namespace ponnuki::mpi
