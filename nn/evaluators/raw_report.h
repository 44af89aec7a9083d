// The answer to the GTP command kata-raw-nn, in KataGo's format: the evaluation of a position
// without search, from White's perspective.
#pragma once

#include <span>
#include <string>

#include "engine/evaluator.h"
#include "engine/result.h"

namespace ponnuki::nn {

struct RawReportArgs {
  Color player = Color::kEmpty;  // to move; kEmpty: the player whose turn it is
  int symmetry = -1;             // 0 to 7, or -1 for all eight, one after another
  float policy_optimism = 0.2F;
  float playout_doublings = 0;  // of that player, as in EvalRequest
};

/// Parses "[b|w] all|0-7 [optimism]", the arguments of the command. `defaults` holds the optimism
/// to use if the arguments contain none.
Result<RawReportArgs> parse_raw_report_args(std::span<const std::string> words,
                                            const RawReportArgs& defaults = {});

/// Lines without a final newline. If `args.player` is not to move, the position is treated as a
/// setup with that player to move: without ko, passes and earlier moves.
std::string raw_report(Evaluator& evaluator, const Position& position, const RawReportArgs& args);

}  // namespace ponnuki::nn
