// The answer to GTP's kata-raw-nn, in KataGo's form: the evaluation of a position without search,
// from White's view.
#pragma once

#include <span>
#include <string>

#include "engine/evaluator.h"
#include "engine/result.h"

namespace ponnuki::nn {

struct RawReportArgs {
  Color player = Color::kEmpty;  // to move; kEmpty: whose turn it is
  int symmetry = -1;             // 0 to 7; -1: all eight, one after the other
  float policy_optimism = 0.2F;
};

/// Parses "[b|w] all|0-7 [optimism]", the words behind the command. `defaults` holds the optimism
/// to use where none is named.
Result<RawReportArgs> parse_raw_report_args(std::span<const std::string> words,
                                            const RawReportArgs& defaults = {});

/// Lines without the newline at the end. If `args.player` is not to move, the position is taken as
/// a setup for that player: without ko, passes and earlier moves.
std::string raw_report(Evaluator& evaluator, const Position& position, const RawReportArgs& args);

}  // namespace ponnuki::nn
