// ponnuki analyze FILE…: whole games, reports on them; or one position.
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <ostream>

#include "cli/evaluator_factory.h"
#include "cli/progress_bar.h"
#include "cli/search_options.h"
#include "cli/subcommand.h"
#include "cli/terminal.h"
#include "review/records.h"
#include "review/report_files.h"
#include "review/reviewer.h"
#include "review/table_report.h"
#include "review/text_report.h"

namespace ponnuki {
namespace {

constexpr std::int64_t kVisitsOfGames = 100;       // a position, when all of a game's are searched
constexpr std::int64_t kVisitsOfPositions = 1000;  // when it is only one
constexpr int kTurningPoints = 5;
constexpr const char* kProgram = "Ponnuki " PONNUKI_VERSION;

std::string default_cache() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  const char* const home = std::getenv("HOME");
  if (cache != nullptr && *cache != '\0') return std::string(cache) + "/ponnuki/analysis";
  if (home != nullptr && *home != '\0') return std::string(home) + "/.cache/ponnuki/analysis";
  return {};
}

SearchLimits times(SearchLimits limits, double factor) {
  const auto more = [&](std::int64_t& number) {
    constexpr auto kNoLimit = std::numeric_limits<std::int64_t>::max();
    const double product = static_cast<double>(number) * factor;
    if (number != kNoLimit) number = product < 1e18 ? static_cast<std::int64_t>(product) : kNoLimit;
  };
  more(limits.visits);
  more(limits.playouts);
  limits.seconds *= factor;
  return limits;
}

class Analyze : public Subcommand {
 public:
  std::string name() const override { return "analyze"; }
  std::string summary() const override {
    return "judges games (SGF): winrate, score, mistakes; reports";
  }
  std::string details() const override {
    return "Searches every position of the games, those around the worst moves for longer, and "
           "prints what each move lost, points lost by player and phase, and the turning points. "
           "With --move N only the position after N moves.\n\n"
           "Reports are files beside each record, or in the folder --out, named "
           "GAME.analyzed.html and so on. What was searched is remembered: a second run, or one "
           "after a break, goes on where the first was. Records that are reports already are left "
           "out.\n\n"
           "Exit code: 0; 1 if some of the records were broken or reports could not be written "
           "(the others are there); 2 if there was nothing to do.";
  }

  void add_options(OptionSet& options) override {
    options.positionals({"GAME", "FILE", "an SGF file, or a folder of them"}, &arguments_);
    options.heading("Reports");
    options.flag("html", "a page a game: board, graph, mistakes", &kinds_.html);
    options.flag("sgf", "the record with winrates, marks, comments and better variations",
                 &kinds_.sgf);
    options.flag("jsonl", "a line of JSON a position, with KataGo's field names", &kinds_.jsonl);
    options.flag("csv", "a line a position, for spreadsheets", &kinds_.csv);
    options.flag("svg", "the graph of winrate and lead", &kinds_.svg);
    options.text({"out", "FOLDER", "where reports go", "beside each record"}, &records_.out);
    options.flag("resume", "leave out games whose reports are all there", &resume_);
    options.heading("What to show");
    options.integer(
        {"move", "N", "only the position after N moves; 0: the start; -1: the whole game"}, &move_,
        {-1});
    options.integer({"best", "N", "how many moves of a position to list"}, &best_,
                    {1, Assessment::kMostCandidates});
    options.flag("variations", "analyse the records' variations too", &records_.with_variations);
    options.flag("json", "print what --jsonl writes, instead of text", &json_);
    add_color_option(options, &color_);
    add_search_options(
        options, &search_,
        "where no limit is given 100 for each position of a game, 1000 for one alone");
    options.number({"second-pass", "N",
                    "search the positions around the worst moves for so many times as long; 0: no "
                    "second pass"},
                   &second_pass_, {0, 1e6});
    options.text({"cache", "FILE", "where searches are remembered; 'none': nowhere",
                  "~/.cache/ponnuki/analysis"},
                 &cache_file_);
    add_evaluator_options(options, &evaluator_options_);
    add_rules_options(options, &rules_, "the record's, else tromp-taylor",
                      "the record's, else 7.5");
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    const auto base = make_rules(rules_, options.given("komi"));
    if (!base) return Error{base.error()};
    records_.rules = {*base, options.given("rules"), options.given("komi")};
    if (Status status = find(streams); !status) return Error{status.error()};
    if (games_.empty()) return failures_ > 0 ? kExitFailed : kExitOk;
    if (move_ >= 0 && games_.size() > 1) return Error{"--move: give one game only"};

    auto cache = open_cache(streams);
    if (!cache) return Error{cache.error()};
    const auto evaluator = make_evaluator(evaluator_options_);
    if (!evaluator) return Error{evaluator.error()};
    return review(**evaluator, *cache, streams);
  }

 private:
  /// Reads all records, so that what is wrong with them is said before any work is done.
  Status find(Streams& streams) {
    const auto files = find_records(arguments_, records_.out);
    if (!files) return Error{files.error()};
    for (const Record& file : *files) {
      RecordScan scan = scan_record(file, records_);
      if (files->size() == 1 && scan.games.empty() && !scan.errors.empty())
        return Error{scan.errors.front()};
      for (const std::string& error : scan.errors) fail(error, streams);
      for (const std::string& report : scan.reports)
        streams.err << "ponnuki: " << report << ": is such a report already; left out\n";
      for (Record& game : scan.games) {
        if (resume_ && is_done(game)) continue;
        positions_ += static_cast<std::int64_t>(game.positions);
        games_.push_back(std::move(game));
      }
    }
    return {};
  }
  bool is_done(const Record& game) const {
    const auto files = report_files(kinds_, game.stem);
    return !files.empty() && std::all_of(files.begin(), files.end(), [](const std::string& file) {
      return std::filesystem::exists(file);
    });
  }

  Result<AssessmentCache> open_cache(Streams& streams) const {
    const std::string file = cache_file_.empty() ? default_cache() : cache_file_;
    if (file.empty() || file == "none") return AssessmentCache();
    const auto judge = evaluator_fingerprint(evaluator_options_);
    if (!judge) return Error{judge.error()};
    auto cache = AssessmentCache::open(file, std::string(kProgram) + " " + *judge);
    if (cache) return cache;
    if (!cache_file_.empty()) return Error{"--cache: " + cache.error()};
    streams.err << "ponnuki: nothing will be remembered: " << cache.error() << "\n";
    return AssessmentCache();
  }

  Result<int> review(Evaluator& evaluator, AssessmentCache& cache, Streams& streams) {
    ReviewOptions options;
    options.params = search_.params(evaluator_options_.threads);
    options.threads = evaluator_options_.threads;
    options.limits = search_.limits(move_ >= 0 ? kVisitsOfPositions : kVisitsOfGames);
    if (second_pass_ > 1) options.second_limits = times(options.limits, second_pass_);

    ProgressBar bar(streams.err, errors_go_to_terminal());
    std::size_t next = 0, done = 0;
    std::vector<const Record*> begun;
    std::string bad_move;
    ReviewHandlers handlers;
    handlers.next = [&]() -> std::optional<ReviewTask> {
      while (next < games_.size()) {
        const Record& record = games_[next++];
        auto tree = read_record(record, records_);
        if (!tree) {
          bar.clear();
          fail(tree.error(), streams);
          continue;
        }
        if (move_ > tree->main_moves()) {
          bad_move = "--move: the game has " + std::to_string(tree->main_moves()) + " moves";
          return {};
        }
        begun.push_back(&record);
        return ReviewTask{{record.name, {}, std::move(*tree), {}},
                          move_ >= 0 ? std::optional(move_) : std::nullopt};
      }
      return {};
    };
    handlers.done = [&](const GameReview& game) {
      bar.clear();
      tell(game, *begun[done++], streams);
    };
    handlers.progress = [&](const ReviewProgress& progress) {
      bar.show(progress.positions, positions_ + progress.second_pass, progress.searched,
               std::to_string(progress.games) + "/" + std::to_string(games_.size()) + " games, " +
                   std::to_string(progress.positions) + "/" +
                   std::to_string(positions_ + progress.second_pass) + " positions");
    };
    handlers.warn = [&](const std::string& error) {
      bar.clear();
      streams.err << "ponnuki: nothing more will be remembered: " << error << "\n";
    };
    review_games(evaluator, options, cache, handlers);
    if (!bad_move.empty()) return Error{bad_move};
    return failures_ > 0 ? kExitFailed : kExitOk;
  }

  void tell(const GameReview& game, const Record& record, Streams& streams) {
    const Status written = write_reports(game, kinds_, record.stem, kProgram);
    if (!written) fail(written.error(), streams);
    if (json_)
      streams.out << jsonl_report(game) << std::flush;
    else if (move_ >= 0)
      streams.out << game_head(game) << board_at(game, move_) << std::flush;
    else
      streams.out << text(game, record, written.ok()) << std::flush;
  }

  std::string text(const GameReview& game, const Record& record, bool written) const {
    std::string text = game_head(game);
    if (games_.size() == 1) text += moves_table(game) + "\n";
    text += losses_table(game) + "\n";
    const std::string turns = turning_points_list(game, kTurningPoints);
    if (!turns.empty()) text += "turning points\n" + turns + "\n";
    if (games_.size() == 1) text += key_position(game) + "\n";
    if (written) {
      for (const std::string& file : report_files(kinds_, record.stem))
        text += "wrote " + file + "\n";
    }
    return text;
  }
  /// The board before the move that turned the game most, else at its end.
  std::string key_position(const GameReview& game) const {
    const auto turns = turning_points(game, 1);
    if (turns.empty()) return board_at(game, game.tree.main_moves());
    return "Before move " + std::to_string(turns.front()) + ":\n" +
           board_at(game, game.tree.node(turns.front()).parent);
  }
  std::string board_at(const GameReview& game, int node) const {
    return position_report(game.tree.position(node), game.at(node), best_, wants_color(color_));
  }

  void fail(const std::string& error, Streams& streams) {
    ++failures_;
    streams.err << "ponnuki: " << error << std::endl;
  }

  std::vector<std::string> arguments_;
  ReportKinds kinds_;
  RecordOptions records_;
  bool resume_ = false;
  int move_ = -1;
  int best_ = 5;
  bool json_ = false;
  std::string color_ = "auto";
  double second_pass_ = 5;
  std::string cache_file_;
  SearchOptions search_;
  EvaluatorOptions evaluator_options_;
  RulesOptions rules_;

  std::vector<Record> games_;
  std::int64_t positions_ = 0;
  int failures_ = 0;
};

}  // namespace

std::unique_ptr<Subcommand> make_analyze() { return std::make_unique<Analyze>(); }

}  // namespace ponnuki
