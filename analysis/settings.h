// AnalysisSettings: the settings that a config file, the command line or the overrideSettings of a
// query may give, under the names of KataGo's analysis configuration.
#pragma once

#include <string_view>

#include "engine/result.h"
#include "engine/search/settings.h"

namespace ponnuki::analysis {

/// Whose winrates and scores answers tell.
enum class Perspective { kBlack, kWhite, kSideToMove };

struct AnalysisSettings {
  AnalysisSettings();

  search::Settings search;
  Perspective perspective = Perspective::kBlack;
  bool warn_unused_fields = true;
  /// Judge a position without the moves that led to it (KataGo's default for analysis). Then a move
  /// does not look better because it was played.
  bool ignore_pre_root_history = true;
};

/// False where there is no such setting. True also for settings of KataGo's that have no meaning
/// here, such as where to log. An error says which values are possible.
Result<bool> set_setting(AnalysisSettings& settings, std::string_view name, std::string_view value);

}  // namespace ponnuki::analysis
