#include "review/report_files.h"

#include <algorithm>
#include <filesystem>
#include <functional>

#include "engine/file.h"
#include "review/graph.h"
#include "review/html_report.h"
#include "review/sgf_report.h"
#include "review/table_report.h"

namespace ponnuki::review {
namespace {

using Writer = std::string (*)(const GameReview&, const std::string& program);

struct Kind {
  bool ReportKinds::*wanted;
  const char* ending;
  Writer write;
  bool (*is_report)(const std::string& text);
};
constexpr Kind kKinds[] = {
    {&ReportKinds::sgf, ".analyzed.sgf", sgf_report, is_sgf_report_text},
    {&ReportKinds::jsonl, ".analyzed.jsonl",
     [](const GameReview& review, const std::string&) { return jsonl_report(review); },
     is_jsonl_report},
    {&ReportKinds::csv, ".analyzed.csv",
     [](const GameReview& review, const std::string&) { return csv_report(review); },
     is_csv_report},
    {&ReportKinds::html, ".analyzed.html", html_report, is_html_report},
    {&ReportKinds::svg, ".analyzed.svg",
     [](const GameReview& review, const std::string&) { return graph_svg(review); }, is_graph_svg},
};

}  // namespace

std::vector<std::string> report_files(const ReportKinds& kinds, const std::string& stem) {
  std::vector<std::string> files;
  for (const Kind& kind : kKinds) {
    if (kinds.*kind.wanted) files.push_back(stem + kind.ending);
  }
  return files;
}

bool may_overwrite(const std::string& report_file) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(report_file, error);
  if (!std::filesystem::exists(status)) return true;
  if (!std::filesystem::is_regular_file(report_file, error)) return false;
  const auto text = read_file(report_file);
  if (!text) return false;
  if (text->empty()) return true;
  const auto* const kind = std::ranges::find_if(
      kKinds, [&](const Kind& known) { return report_file.ends_with(known.ending); });
  return kind != std::end(kKinds) && kind->is_report(*text);
}

Status write_reports(const GameReview& review, const ReportKinds& kinds, const std::string& stem,
                     const std::string& program) {
  const auto folder = std::filesystem::path(stem).parent_path();
  std::error_code error;
  if (kinds.any() && !folder.empty()) std::filesystem::create_directories(folder, error);
  if (error) return Error{"cannot make folder '" + folder.string() + "': " + error.message()};
  for (const Kind& kind : kKinds) {
    if (!(kinds.*kind.wanted)) continue;
    PONNUKI_TRY(write_file_atomically(stem + kind.ending, kind.write(review, program)));
  }
  return {};
}

}  // namespace ponnuki::review
