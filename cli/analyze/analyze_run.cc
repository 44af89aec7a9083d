#include "cli/analyze/analyze_run.h"

#include <algorithm>
#include <ostream>

#include "cli/terminal/terminal.h"
#include "engine/file.h"
#include "engine/printable.h"
#include "review/report_names.h"
#include "review/table_report.h"
#include "review/text_report.h"

namespace ponnuki::cli {
namespace {

constexpr int kTurningPoints = 5;

/// The node of the main line after `move` moves, and after setups that no further move follows.
int node_after(const review::GameTree& tree, int move) {
  return move == tree.main_moves() ? tree.last_main_node() : move;
}

}  // namespace

AnalyzeRun::AnalyzeRun(const AnalyzeOptions& options, Streams& streams)
    : options_(options),
      streams_(streams),
      bar_(streams.err, errors_go_to_terminal()),
      reader_(options.records) {}

Status AnalyzeRun::find_games() {
  PONNUKI_TRY(const auto files, review::find_records(options_.arguments, options_.records.out));
  for (const review::Record& file : files) {
    review::RecordScan scan = review::scan_record(file, options_.records);
    if (files.size() == 1 && scan.games.empty() && !scan.errors.empty())
      return Error{scan.errors.front()};
    for (const std::string& error : scan.errors) fail(error);
    for (const std::string& report : scan.reports)
      complain(report + ": is a report itself; left out");
    for (review::Record& game : scan.games) games_.push_back(std::move(game));
  }
  review::name_reports(games_);
  PONNUKI_TRY(review::check_nothing_is_lost(games_, options_.kinds));
  if (options_.resume)
    std::erase_if(games_, [this](const review::Record& game) { return is_done(game); });
  for (const review::Record& game : games_) positions_ += static_cast<std::int64_t>(game.positions);
  if (options_.move >= 0 && games_.size() > 1) return Error{"--move: give one game only"};
  return {};
}

Status AnalyzeRun::check_outputs() const {
  return review::check_reports_can_be_written(games_, options_.kinds, options_.records.out);
}

bool AnalyzeRun::is_done(const review::Record& game) const {
  const auto files = review::report_files(options_.kinds, game.stem);
  return !files.empty() && std::all_of(files.begin(), files.end(), file_exists);
}

Status AnalyzeRun::review(Evaluator& evaluator, review::AssessmentCache& cache) {
  if (options_.move >= 0) positions_ = 1;
  review::review_games(
      evaluator, options_.review, cache,
      {.next = [&] { return next_task(evaluator); },
       .done = [this](const review::GameReview& game) { tell(game); },
       .progress = [this](const review::ReviewProgress& progress) { show_progress(progress); },
       .warn =
           [this](const std::string& error) {
             complain("further searches will not be remembered: " + error);
           }});
  if (options_.rank) streams_.out << ranks_.table();
  return fits_;
}

std::optional<review::ReviewTask> AnalyzeRun::next_task(const Evaluator& evaluator) {
  while (next_ < games_.size()) {
    const review::Record& record = games_[next_++];
    auto tree = reader_.read(record);
    if (!tree) {
      fail(tree.error().message);
      continue;
    }
    const BoardSize size = tree->position(0).size();
    if (const Status accepted = check_size(evaluator, size); !accepted) {
      fail(record.name + ": " + accepted.error().message);
      continue;
    }
    if (options_.move > tree->main_moves()) {
      fits_ = Error{"--move: the game has " + std::to_string(tree->main_moves()) + " moves"};
      return {};
    }
    begun_.push_back(&record);
    review::ReviewTask task{{record.name, {}, std::move(*tree), {}}, {}};
    if (options_.move >= 0) task.only = node_after(task.review.tree, options_.move);
    return task;
  }
  return {};
}

void AnalyzeRun::show_progress(const review::ReviewProgress& progress) {
  const std::int64_t positions = positions_ + progress.second_pass;
  bar_.show(progress.positions, positions, progress.searched,
            out_of(progress.games, static_cast<std::int64_t>(games_.size())) + " games, " +
                out_of(progress.positions, positions) + " positions");
}

void AnalyzeRun::tell(const review::GameReview& game) {
  const review::Record& record = *begun_[done_++];
  bar_.clear();
  const Status written = review::write_reports(game, options_.kinds, record.stem, options_.program);
  if (!written) fail(written.error().message);
  if (options_.rank) ranks_.add(game);
  if (options_.json)
    streams_.out << review::jsonl_report(game);
  else if (options_.move >= 0)
    streams_.out << review::game_head(game) << board_at(game, node_after(game.tree, options_.move));
  else
    streams_.out << text(game, record, written.ok());
  streams_.out << std::flush;
}

std::string AnalyzeRun::text(const review::GameReview& game, const review::Record& record,
                             bool written) const {
  std::string text = review::game_head(game);
  text += options_.rank ? review::ranks_table(game) + "\n" : whole_text(game);
  if (!written) return text;
  for (const std::string& file : review::report_files(options_.kinds, record.stem))
    text += "wrote " + printable(file) + "\n";
  return text;
}

/// If this is the only game, it includes the table of its moves and a board.
std::string AnalyzeRun::whole_text(const review::GameReview& game) const {
  const bool alone = games_.size() == 1;
  std::string text;
  if (alone) text += review::moves_table(game) + "\n";
  text += review::losses_table(game) + "\n" + review::ranks_table(game) + "\n";
  const std::string turns = review::turning_points_list(game, kTurningPoints);
  if (!turns.empty()) text += "turning points\n" + turns + "\n";
  if (alone) text += key_position(game) + "\n";
  return text;
}

/// The board before the greatest turning point, or at the end if there is none.
std::string AnalyzeRun::key_position(const review::GameReview& game) const {
  const auto turns = review::turning_points(game, 1);
  if (turns.empty()) return board_at(game, game.tree.last_main_node());
  return "Before move " + std::to_string(turns.front()) + ":\n" +
         board_at(game, game.tree.node(turns.front()).parent);
}

std::string AnalyzeRun::board_at(const review::GameReview& game, int node) const {
  return review::position_report(game.tree.position(node), game.at(node), options_.best,
                                 options_.color);
}

void AnalyzeRun::complain(const std::string& about) {
  bar_.clear();
  streams_.err << "ponnuki: " << printable(about) << std::endl;
}

void AnalyzeRun::fail(const std::string& error) {
  ++failures_;
  complain(error);
}

}  // namespace ponnuki::cli
