// AnalysisSettings: what a config file, the command line or a query's overrideSettings may say,
// under the names of KataGo's analysis configuration.
#pragma once

#include <string_view>

#include "engine/result.h"
#include "gtp/options.h"

namespace ponnuki::analysis {

/// Whose winrates and scores answers tell.
enum class Perspective { kBlack, kWhite, kSideToMove };

struct AnalysisSettings {
  AnalysisSettings();

  gtp::GtpOptions knobs;  // limits and knobs of the search, as in gtp/params.h
  Perspective perspective = Perspective::kBlack;
  bool warn_unused_fields = true;
  /// Judge a position without the moves that led to it (KataGo's default for analysis): a move is
  /// then not thought better for having been played.
  bool ignore_pre_root_history = true;
};

/// False where there is no such setting; true as well for those of KataGo's that mean nothing here,
/// such as where to log. An error says which values are possible.
Result<bool> set_setting(AnalysisSettings& settings, std::string_view name, std::string_view value);

}  // namespace ponnuki::analysis
