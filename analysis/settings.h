// AnalysisSettings: the settings that a config file, the command line or a query's overrideSettings
// can set, with the names of KataGo's analysis configuration.
#pragma once

#include <string_view>

#include "engine/result.h"
#include "engine/search/settings.h"

namespace ponnuki::analysis {

/// The perspective of the winrates and scores in answers.
enum class Perspective { kBlack, kWhite, kSideToMove };

struct AnalysisSettings {
  AnalysisSettings();

  search::Settings search;
  Perspective perspective = Perspective::kBlack;
  bool warn_unused_fields = true;
  /// Evaluates a position without the moves that led to it (KataGo's default for analysis). A move
  /// then does not look better just because it was played.
  bool ignore_pre_root_history = true;
  /// Two passes end a game under territory rules, and the referee finds the dead stones. If false,
  /// they lead to KataGo's clean-up phases (engine/encore.h).
  bool prevent_cleanup_phase = true;
};

/// Returns false if the setting does not exist. Returns true also for settings of KataGo that have
/// no meaning here, such as where to log. The error lists the valid values.
Result<bool> set_setting(AnalysisSettings& settings, std::string_view name, std::string_view value);

}  // namespace ponnuki::analysis
