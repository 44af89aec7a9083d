// The text of metrics.jsonl as lines, those that are damaged apart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ponnuki::selfplay {

struct MetricsText {
  struct Line {
    std::int64_t cycle;
    // An object of numbers, and of objects of numbers, and perhaps its checksum (checksum.h). null
    // stands for a number that is not finite.
    std::string json;
  };
  std::vector<Line> lines;
  std::vector<std::int64_t> damaged;  // their numbers in the text, from 1
};
MetricsText split_metrics(const std::string& text);

/// "lines 2, 5 and 6 are damaged and left out"; "" if there are none.
std::string damage_text(const MetricsText& metrics);

}  // namespace ponnuki::selfplay
