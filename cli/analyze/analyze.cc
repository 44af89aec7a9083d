// ponnuki analyze FILE…: analyses whole games and reports on them, or analyses one position. This
// file defines the options; analyze_run.h does the work.
#include <limits>

#include "cli/analyze/analyze_run.h"
#include "cli/options/evaluator_factory.h"
#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/terminal.h"
#include "engine/user_folders.h"
#include "review/record_check.h"

namespace ponnuki::cli {
namespace {

constexpr std::int64_t kVisitsOfGames = 100;       // per position of a game
constexpr std::int64_t kVisitsOfPositions = 1000;  // for a single position
constexpr const char* kProgram = "Ponnuki " PONNUKI_VERSION;

std::string default_cache() {
  const std::string cache = user_cache_folder();
  return cache.empty() ? "" : cache + "/analysis";
}

search::SearchLimits times(search::SearchLimits limits, double factor) {
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
    return "analyses games (SGF): winrate, score, mistakes, reports";
  }
  std::string details() const override {
    return "Searches every position of the games, and those around the worst moves for longer. "
           "Prints what each move lost, the points lost by player and phase, and the turning "
           "points. With --move N it analyses only the position after N moves.\n\n"
           "Reports are files beside each record, or in the folder --out, named "
           "GAME.analyzed.html and so on. Searches are remembered: a second run, or a run after "
           "an interruption, repeats none of them. Records that are such reports themselves are "
           "left out. No report overwrites a file of yours, or the report of another game.\n\n"
           "Exit codes: 0 if all is done; 1 if one of several records was broken or a report could "
           "not be written (all others are done); 2 if no record was found, or if the only record "
           "is broken.";
  }

  void add_options(OptionSet& options) override {
    options.positionals(
        {"GAME", "FILE",
         "a game record (SGF, GIB, NGF, UGF), a folder of records, or - for standard "
         "input"},
        &analyze_.arguments);
    options.heading("Reports");
    options.flag("html", "write a page per game: board, graph, mistakes", &analyze_.kinds.html);
    options.flag("sgf", "write the record with winrates, marks, comments and better variations",
                 &analyze_.kinds.sgf);
    options.flag("jsonl", "write a line of JSON per position, with KataGo's field names",
                 &analyze_.kinds.jsonl);
    options.flag("csv", "write a line per position, for spreadsheets", &analyze_.kinds.csv);
    options.flag("svg", "write the graph of winrate and lead", &analyze_.kinds.svg);
    options.text({"out", "FOLDER", "folder for the reports", "beside each record"},
                 &analyze_.records.out);
    options.flag("resume", "leave out games whose reports all exist", &analyze_.resume);
    options.heading("What to show");
    options.integer(
        {"move", "N", "analyse only the position after N moves; 0: the start; -1: the whole game"},
        &analyze_.move, {-1});
    options.integer({"best", "N", "number of moves to list for a position"}, &analyze_.best,
                    {1, review::Assessment::kMostCandidates});
    options.flag("variations", "analyse the variations of the records too",
                 &analyze_.records.with_variations);
    options.flag("rank",
                 "print only about which rank each player showed, and the same over all games",
                 &analyze_.rank);
    options.flag("json", "print what --jsonl writes instead of text", &analyze_.json);
    add_color_option(options, &color_);
    add_search_options(
        options, &search_,
        "if no limit is given: 100 per position of a game, 1000 for a single position");
    options.number({"second-pass", "N",
                    "search the positions around the worst moves N times as long; 0: no second "
                    "pass"},
                   &second_pass_, {0, 1e6});
    options.text({"cache", "FILE", "file that remembers searches; 'none': no file",
                  "~/.cache/ponnuki/analysis"},
                 &cache_file_);
    add_evaluator_options(options, &evaluator_);
    add_rules_options(options, &rules_, "the record's, else japanese or chinese by the komi",
                      "the record's, else 7.5");
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    if (analyze_.rank && (analyze_.json || analyze_.move >= 0))
      return Error{"--rank: not with --json or --move"};
    review::RecordRules rules = review::assumed_rules();
    if (!options.given("rules")) rules_.rules = rules_to_name(rules.base);
    rules.rules_given = options.given("rules");
    rules.komi_given = options.given("komi");
    PONNUKI_TRY(rules.base, make_rules(rules_, rules.komi_given));
    analyze_.records.rules = rules;
    analyze_.color = wants_color(color_);
    analyze_.program = kProgram;
    set_up_review();

    AnalyzeRun run(analyze_, streams);
    PONNUKI_TRY(run.find_games());
    if (!run.has_games()) return run.exit_code();
    if (Status can = run.check_outputs(); !can) return failed(can.error(), streams);
    PONNUKI_TRY(auto cache, open_cache(streams));
    PONNUKI_TRY(const auto evaluator, make_evaluator(evaluator_));
    PONNUKI_TRY(run.review(*evaluator, cache));
    return run.exit_code();
  }

 private:
  void set_up_review() {
    review::ReviewOptions& review = analyze_.review;
    review.params = search_.params(evaluator_.threads);
    review.threads = evaluator_.threads;
    review.limits = search_.limits(analyze_.move >= 0 ? kVisitsOfPositions : kVisitsOfGames);
    if (second_pass_ > 1) review.second_limits = times(review.limits, second_pass_);
  }

  Result<review::AssessmentCache> open_cache(Streams& streams) const {
    const std::string file = cache_file_.empty() ? default_cache() : cache_file_;
    if (file.empty() || file == "none") return review::AssessmentCache();
    PONNUKI_TRY(const auto judge, evaluator_fingerprint(evaluator_));
    auto cache = review::AssessmentCache::open(file, std::string(kProgram) + " " + judge);
    if (cache) {
      if (const std::string damage = cache->damage(); !damage.empty())
        streams.err << "ponnuki: " << damage << "; their positions are searched again\n";
      return cache;
    }
    if (!cache_file_.empty() && !review::AssessmentCache::may_be(file))
      return cache.error().in("--cache");
    streams.err << "ponnuki: searches will not be remembered: " << cache.error().message << "\n";
    return review::AssessmentCache();
  }

  AnalyzeOptions analyze_;
  std::string color_ = "auto";
  double second_pass_ = 5;
  std::string cache_file_;
  SearchOptions search_;
  EvaluatorOptions evaluator_;
  RulesOptions rules_;
};

}  // namespace

std::unique_ptr<Subcommand> make_analyze() { return std::make_unique<Analyze>(); }

}  // namespace ponnuki::cli
