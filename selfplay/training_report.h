// The progress of a training run, for people: a table, and a page with pictures.
#pragma once

#include <string>

#include "engine/result.h"
#include "selfplay/run_directory.h"

namespace ponnuki::selfplay {

/// Both are made from the text of metrics.jsonl, of a run with games of its own or with game
/// records. An error if a line is not JSON.
Result<std::string> training_table(const std::string& metrics, int rows);
Result<std::string> training_page(const std::string& metrics, const std::string& name);
/// Writes the page of a run into its folder.
Status write_training_page(const RunDirectory& directory);

}  // namespace ponnuki::selfplay
