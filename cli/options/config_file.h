// Config files of lines "key = value". Comments begin with "#" (docs/formats.md).
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"

namespace ponnuki::cli {

struct ConfigEntry {
  std::string key;
  std::string value;
  int line = 0;  // from 1
};

/// Reads a file of at most 1 MB. Errors name the file and the line, and suggest a fix.
Result<std::vector<ConfigEntry>> read_config_file(const std::string& path);

/// Parses a text; `name` stands for the file in errors. Values may be in double quotes, which are
/// removed.
Result<std::vector<ConfigEntry>> parse_config(const std::string& text, const std::string& name);

}  // namespace ponnuki::cli
