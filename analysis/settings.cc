#include "analysis/settings.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/text.h"

namespace ponnuki::analysis {
namespace {

constexpr std::int64_t kVisits = 500;
constexpr double kWideRootNoise = 0.04;

/// Settings of KataGo's internals that do not affect any answer.
bool is_machinery(std::string_view name) {
  constexpr std::array kNames = {"logDir",
                                 "logFile",
                                 "logDirDated",
                                 "logToStderr",
                                 "logToStdout",
                                 "logTimeStamp",
                                 "logAllRequests",
                                 "logAllResponses",
                                 "logErrorsAndWarnings",
                                 "logSearchInfo",
                                 "logConfigContents",
                                 "homeDataDir",
                                 "numAnalysisThreads",
                                 "numSearchThreadsPerAnalysisThread",
                                 "nnMaxBatchSize",
                                 "nnCacheSizePowerOfTwo",
                                 "nnMutexPoolSizePowerOfTwo",
                                 "nnRandomize",
                                 "numNNServerThreadsPerModel",
                                 "searchRandSeed",
                                 "nodeTableShardsPowerOfTwo",
                                 "numVirtualLossesPerThread",
                                 "numEigenThreadsPerModel",
                                 "forDeterministicTesting"};
  constexpr std::array kPrefixes = {"cuda", "trt", "opencl", "eigen", "deviceToUse"};
  return std::ranges::find(kNames, name) != kNames.end() ||
         std::ranges::any_of(kPrefixes, [&](const char* p) { return name.starts_with(p); });
}

Status set_perspective(AnalysisSettings& settings, std::string_view value) {
  const std::string text = to_lower(value);
  if (text == "black" || text == "b") {
    settings.perspective = Perspective::kBlack;
  } else if (text == "white" || text == "w") {
    settings.perspective = Perspective::kWhite;
  } else if (text == "sidetomove") {
    settings.perspective = Perspective::kSideToMove;
  } else {
    return Error{"reportAnalysisWinratesAs: '" + std::string(value) +
                 "' is none of BLACK, WHITE, SIDETOMOVE"};
  }
  return {};
}

Status set_flag(bool& flag, std::string_view name, std::string_view value) {
  const auto parsed = parse_bool(value);
  if (!parsed)
    return Error{std::string(name) + ": '" + std::string(value) + "' is not true or false"};
  flag = *parsed;
  return {};
}

}  // namespace

AnalysisSettings::AnalysisSettings() {
  search.visits = kVisits;
  search.analysis_wide_root_noise = kWideRootNoise;
}

Result<bool> set_setting(AnalysisSettings& settings, std::string_view name,
                         std::string_view value) {
  if (is_machinery(name)) return true;
  Status status;
  if (name == "reportAnalysisWinratesAs") {
    status = set_perspective(settings, value);
  } else if (name == "warnUnusedFields") {
    status = set_flag(settings.warn_unused_fields, name, value);
  } else if (name == "preventCleanupPhase") {
    status = set_flag(settings.prevent_cleanup_phase, name, value);
  } else if (name == "ignorePreRootHistory") {
    status = set_flag(settings.ignore_pre_root_history, name, value);
  } else {
    if (name == "wideRootNoise") name = "analysisWideRootNoise";
    if (!search::is_setting(name)) return false;
    status = search::set_setting(settings.search, name, value);
  }
  PONNUKI_TRY(status);
  return true;
}

}  // namespace ponnuki::analysis
