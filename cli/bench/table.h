// How the rows of `ponnuki bench` look to people.
#pragma once

#include <iosfwd>

#include "cli/bench/bench.h"

namespace ponnuki::cli {

void print_head(bool with_peer, std::ostream& out);
/// Flushed. Sizes and errors have no second figure, most rows no peer and no memory.
void print_row(const BenchRow& row, std::ostream& out);

}  // namespace ponnuki::cli
