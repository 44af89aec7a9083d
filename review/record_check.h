// What a record says and what is odd about it, without any search.
#pragma once

#include <string>
#include <vector>

#include "review/game_tree.h"

namespace ponnuki::review {

struct GameCheck {
  std::string name;                // the file; with "#2" for its second game
  std::string reading;             // "19x19, japanese, komi 6.5, 211 moves, result B+R, UTF-8"
  std::vector<std::string> notes;  // what is odd
};
struct FileCheck {
  std::vector<GameCheck> games;
  std::vector<std::string> errors;  // for a broken file, and for each broken game
};
/// Reads all games of a file, with their variations.
FileCheck check_file(const std::string& path);

}  // namespace ponnuki::review
