// The progress of a training run as a table, and as a page with pictures.
#pragma once

#include <string>

#include "engine/result.h"
#include "selfplay/run/run_directory.h"

namespace ponnuki::selfplay {

/// Both are computed from the text of metrics.jsonl, for a run with self-play or with game records.
/// Damaged lines (metrics_text.h) are left out.
std::string training_table(const std::string& metrics, int rows);
std::string training_page(const std::string& metrics, const std::string& name);
/// A line about the cycle that is under way; "" if it has not begun to learn.
std::string under_way(const TrainingState& state);
/// Writes the page of a run to its folder.
Status write_training_page(const RunDirectory& directory);

}  // namespace ponnuki::selfplay
