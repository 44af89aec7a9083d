// What a training run came to so far, for people: a table, and a page with pictures.
#pragma once

#include <string>

#include "engine/result.h"
#include "selfplay/run_directory.h"

namespace ponnuki::selfplay {

/// Both from the text of metrics.jsonl, of games against itself or of game records; an error if a
/// line of it is no JSON.
Result<std::string> training_table(const std::string& metrics, int rows);
Result<std::string> training_page(const std::string& metrics, const std::string& name);
/// The page of a run, in its folder.
Status write_training_page(const RunDirectory& directory);

}  // namespace ponnuki::selfplay
