#include "review/report_files.h"

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
};
constexpr Kind kKinds[] = {
    {&ReportKinds::sgf, ".analyzed.sgf", sgf_report},
    {&ReportKinds::jsonl, ".analyzed.jsonl",
     [](const GameReview& review, const std::string&) { return jsonl_report(review); }},
    {&ReportKinds::csv, ".analyzed.csv",
     [](const GameReview& review, const std::string&) { return csv_report(review); }},
    {&ReportKinds::html, ".analyzed.html", html_report},
    {&ReportKinds::svg, ".analyzed.svg",
     [](const GameReview& review, const std::string&) { return graph_svg(review); }},
};

}  // namespace

std::vector<std::string> report_files(const ReportKinds& kinds, const std::string& stem) {
  std::vector<std::string> files;
  for (const Kind& kind : kKinds) {
    if (kinds.*kind.wanted) files.push_back(stem + kind.ending);
  }
  return files;
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
