// Formats analyses as the lines that clients parse (docs/gtp.md). All values are from the
// perspective of the player to move.
#pragma once

#include <functional>
#include <string>

#include "engine/search/search.h"
#include "gtp/analysis_args.h"

namespace ponnuki::gtp {

/// Writes a vertex in the form that the client wants.
using VertexText = std::function<std::string(Point)>;

/// One line of "info move …" segments; empty while the search has no move to report. `pv` is the
/// last field that all clients know; optional fields follow only if they were requested.
std::string format_analysis(const search::Analysis& analysis, const AnalysisArgs& args,
                            const VertexText& vertex);

/// The JSON line of cgos-genmove_analyze.
std::string format_cgos(const search::Analysis& analysis, const VertexText& vertex);

}  // namespace ponnuki::gtp
