// The files of a review: STEM.analyzed.sgf, .jsonl, .csv, .html, .svg.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "review/game_review.h"

namespace ponnuki::review {

struct ReportKinds {
  bool sgf = false, jsonl = false, csv = false, html = false, svg = false;
  bool any() const { return sgf || jsonl || csv || html || svg; }
};

/// The paths of the report files.
std::vector<std::string> report_files(const ReportKinds& kinds, const std::string& stem);
/// True if there is no such file, if it is empty, or if it is a report of the kind that its name
/// says, which this program wrote. False for what is no file.
bool may_overwrite(const std::string& report_file);
/// Writes the report files, each atomically, and creates their folder if it is missing. `program`
/// is the name and version of this program.
Status write_reports(const GameReview& review, const ReportKinds& kinds, const std::string& stem,
                     const std::string& program);

}  // namespace ponnuki::review
