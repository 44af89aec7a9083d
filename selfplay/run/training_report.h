// The progress of a training run as a table, and as a page with pictures.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/result.h"
#include "selfplay/run/run_directory.h"

namespace ponnuki::selfplay {

/// All are computed from the text of metrics.jsonl, for a run with self-play or with game records.
/// Damaged lines (metrics_text.h) are left out.
std::string training_table(const std::string& metrics, int rows);
/// `text` follows behind the table.
std::string training_page(const std::string& metrics, const std::string& name,
                          const std::string& text = {});
/// A picture of the run: curves of some numbers over its minutes.
struct TrainingPlot {
  struct Curve {
    std::string name;  // of the number in the metrics, such as "loss/policy"
    std::vector<std::pair<double, double>> points;
  };
  std::string title;
  std::vector<Curve> curves;
};
/// Of long runs some cycles, spread evenly over the run; the last one is always there.
std::vector<TrainingPlot> training_plots(const std::string& metrics, std::size_t most_points);
/// A line about the cycle that is under way; "" if it has not begun to learn.
std::string under_way(const TrainingState& state);
/// Writes the page of a run to its folder.
Status write_training_page(const RunDirectory& directory, const std::string& text = {});

}  // namespace ponnuki::selfplay
