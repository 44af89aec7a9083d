// The entry point of GTP for cli/: serves sessions until the client leaves.
#pragma once

#include "gtp/options.h"
#include "server/evaluator_provider.h"

namespace ponnuki::gtp {

/// Serves GTP on standard input and output, or on the address options.listen, until quit or the end
/// of input. Blocks. Logs to stderr. Returns the exit code: 0, or 2 if the factory or the address
/// failed (then one line on stderr states the reason).
int run_gtp(const GtpOptions& options, const server::EvaluatorFactory& factory);

/// Serves GTP on other file descriptors. For tests and for embedding.
int run_gtp_on(const GtpOptions& options, const server::EvaluatorFactory& factory, int in_fd,
               int out_fd);

}  // namespace ponnuki::gtp
