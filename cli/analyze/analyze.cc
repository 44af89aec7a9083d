// ponnuki analyze FILE…: whole games, reports on them; or one position. Its options.
#include <cstdlib>
#include <limits>

#include "cli/analyze/analyze_run.h"
#include "cli/options/evaluator_factory.h"
#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/terminal.h"

namespace ponnuki::cli {
namespace {

constexpr std::int64_t kVisitsOfGames = 100;       // a position, when all of a game's are searched
constexpr std::int64_t kVisitsOfPositions = 1000;  // when it is only one
constexpr const char* kProgram = "Ponnuki " PONNUKI_VERSION;

std::string default_cache() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  const char* const home = std::getenv("HOME");
  if (cache != nullptr && *cache != '\0') return std::string(cache) + "/ponnuki/analysis";
  if (home != nullptr && *home != '\0') return std::string(home) + "/.cache/ponnuki/analysis";
  return {};
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
    options.positionals({"GAME", "FILE", "an SGF file, or a folder of them"}, &analyze_.arguments);
    options.heading("Reports");
    options.flag("html", "a page a game: board, graph, mistakes", &analyze_.kinds.html);
    options.flag("sgf", "the record with winrates, marks, comments and better variations",
                 &analyze_.kinds.sgf);
    options.flag("jsonl", "a line of JSON a position, with KataGo's field names",
                 &analyze_.kinds.jsonl);
    options.flag("csv", "a line a position, for spreadsheets", &analyze_.kinds.csv);
    options.flag("svg", "the graph of winrate and lead", &analyze_.kinds.svg);
    options.text({"out", "FOLDER", "where reports go", "beside each record"},
                 &analyze_.records.out);
    options.flag("resume", "leave out games whose reports are all there", &analyze_.resume);
    options.heading("What to show");
    options.integer(
        {"move", "N", "only the position after N moves; 0: the start; -1: the whole game"},
        &analyze_.move, {-1});
    options.integer({"best", "N", "how many moves of a position to list"}, &analyze_.best,
                    {1, review::Assessment::kMostCandidates});
    options.flag("variations", "analyse the records' variations too",
                 &analyze_.records.with_variations);
    options.flag("json", "print what --jsonl writes, instead of text", &analyze_.json);
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
    add_evaluator_options(options, &evaluator_);
    add_rules_options(options, &rules_, "the record's, else tromp-taylor",
                      "the record's, else 7.5");
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    const auto base = make_rules(rules_, options.given("komi"));
    if (!base) return base.error();
    analyze_.records.rules = {*base, options.given("rules"), options.given("komi")};
    analyze_.color = wants_color(color_);
    analyze_.program = kProgram;
    set_up_review();

    AnalyzeRun run(analyze_, streams);
    if (Status status = run.find_games(); !status) return status.error();
    if (!run.has_games()) return run.exit_code();
    auto cache = open_cache(streams);
    if (!cache) return cache.error();
    const auto evaluator = make_evaluator(evaluator_);
    if (!evaluator) return evaluator.error();
    if (Status status = run.review(**evaluator, *cache); !status) return status.error();
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
    const auto judge = evaluator_fingerprint(evaluator_);
    if (!judge) return judge.error();
    auto cache = review::AssessmentCache::open(file, std::string(kProgram) + " " + *judge);
    if (cache) return cache;
    if (!cache_file_.empty()) return cache.error().in("--cache");
    streams.err << "ponnuki: nothing will be remembered: " << cache.error().message << "\n";
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
