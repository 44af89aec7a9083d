// What a process with a rank above 0 does: it computes gradients for rank 0 until it is told to
// end.
#pragma once

#include "engine/result.h"
#include "mpi/link.h"

namespace ponnuki::mpi {

/// Blocks. `threads` is how many compute if the learner does not say. Returns an error if rank 0
/// sends what makes no sense; the link must then be aborted.
Status help(Link& link, int threads);

}  // namespace ponnuki::mpi
