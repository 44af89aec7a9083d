// ponnuki match: lets two GTP programs play many games and says which is stronger.
#include <ostream>

#include "cli/options/evaluator_factory.h"
#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "engine/file.h"
#include "engine/search/final_judgement.h"
#include "selfplay/match/match.h"
#include "selfplay/match/match_report.h"

namespace ponnuki::cli {
namespace {

/// Area scoring with positional superko and no suicide. GNU Go, KataGo and this program all support
/// these rules.
constexpr const char* kMatchRules =
    R"({"ko":"POSITIONAL","scoring":"AREA","tax":"NONE","suicide":false,"hasButton":false,)"
    R"("whiteHandicapBonus":"0","friendlyPassOk":false})";

class MatchCommand : public Subcommand {
 public:
  std::string name() const override { return "match"; }
  std::string summary() const override {
    return "plays games of two GTP programs against each other";
  }
  std::string details() const override {
    return "The engines are command lines, which the shell runs:\n\n"
           "  ponnuki match --engine1 'ponnuki gtp --visits 200 --no-resign' \\\n"
           "      --engine2 'gnugo --mode gtp' --games 20 --size 9 \\\n"
           "      --results match.jsonl --sgf games\n\n"
           "Each opening is played twice, with colours swapped. The referee checks every move and "
           "scores the final board. Under rules by which dead stones are not captured (territory "
           "scoring, friendly passing) --net says which are dead. Games that a program scores "
           "differently are listed.";
  }

  void add_options(OptionSet& options) override {
    rules_.rules = kMatchRules;
    rules_.komi = 7;
    options.heading("Engines");
    options.text({"engine1", "COMMAND", "command line of the first engine"},
                 &match_.engines[0].command_line);
    options.text({"engine2", "COMMAND", "command line of the second engine"},
                 &match_.engines[1].command_line);

    add_game_options(options);
    add_rules_options(options, &rules_, "area scoring, positional superko, no suicide");
    options.text({"net", "FILE", "the net that finds dead stones; 'built-in': the one inside"},
                 &net_.net);
    add_time_options(options);
    add_result_options(options);
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    PONNUKI_TRY(prepare(options));
    if (match_.game.rules.leaves_dead_stones()) {
      PONNUKI_TRY(judge_, make_evaluator(net_));
      if (Status fits = check_size(*judge_, match_.game.size); !fits)
        return fits.error().in("--size");
      match_.game.judge = [this](const Position& end) { return score(end); };
    }
    const auto games = selfplay::run_match(match_, [&](const auto& last, const auto& all) {
      streams.err << selfplay::progress_line(last, all) << std::endl;
    });
    if (!games) return failed(games.error(), streams);
    const selfplay::MatchReport report = selfplay::make_match_report(*games, match_.sprt);
    streams.out << (json_ ? selfplay::to_json(report) + "\n" : selfplay::to_text(report))
                << std::flush;
    return kExitOk;
  }

 private:
  Score score(const Position& end) const {
    const auto judgement = search::final_judgement(end, *judge_);
    return judgement ? judgement->score : score_area(end);
  }

  void add_game_options(OptionSet& options) {
    options.heading("Games");
    options.integer(
        {"games", "N", "number of games; if even, each opening is played with both colours"},
        &match_.games, {1, 1'000'000});
    options.integer({"parallel", "N", "games at a time, each with two processes of its own"},
                    &match_.parallel, {1, 256});
    options.text({"size", "N or WxH", "board size"}, &size_);
    options.integer({"max-moves", "N", "end a game after N moves; 0: three times the board's area"},
                    &match_.game.max_moves, {0, 100'000});
    options.text({"openings", "FILE", "openings, one per line, vertices separated by blanks",
                  "random openings"},
                 &openings_);
    options.integer({"seed", "N", "seed of the random openings"}, &seed_, {0});
  }

  void add_time_options(OptionSet& options) {
    options.heading("Time");
    options.number(
        {"main-time", "SECONDS", "main time of each side; 0 and no --byo-time: no clock"},
        &match_.game.time.main_seconds, {0, 1e6});
    options.number({"byo-time", "SECONDS", "length of a period of Canadian byo-yomi"},
                   &match_.game.time.byo_seconds, {0, 1e6});
    options.integer({"byo-stones", "N", "moves per period"}, &match_.game.time.byo_stones,
                    {0, 1000});
    options.number(
        {"move-timeout", "SECONDS", "longest wait for a move; the program loses after that"},
        &move_timeout_, {0.1, 1e6});
    options.number({"start-timeout", "SECONDS", "longest wait for the first answer of a program"},
                   &start_timeout_, {0.1, 1e6});
  }

  void add_result_options(OptionSet& options) {
    options.heading("Results");
    options.text({"results", "FILE", "write a line of JSON per game to this file"},
                 &match_.results_path);
    options.flag("resume", "continue the match in --results", &match_.resume);
    options.text({"sgf", "FOLDER", "write one SGF file per game to this folder"},
                 &match_.sgf_folder);
    options.flag("json", "print the summary as JSON", &json_);
    options.flag("sprt", "stop as soon as a sequential test (SPRT) has decided", &use_sprt_);
    options.number({"elo0", "ELO", "Elo difference of its null hypothesis"}, &sprt_.elo0,
                   {-1000, 1000});
    options.number({"elo1", "ELO", "Elo difference of its alternative"}, &sprt_.elo1,
                   {-1000, 1000});
  }

  Status prepare(const OptionSet& options) {
    for (const char* engine : {"engine1", "engine2"}) {
      if (!options.given(engine)) {
        return Error{std::string("--") + engine +
                     " is missing: give the command line of a GTP program, as in --" + engine +
                     " 'gnugo --mode gtp'"};
      }
    }
    const auto size = parse_board_size(size_);
    if (!size) return size.error().in("--size");
    PONNUKI_TRY(const auto rules, make_rules(rules_, options.given("komi")));
    if (match_.resume && match_.results_path.empty()) {
      return Error{"--resume needs --results FILE"};
    }
    match_.game.size = *size;
    match_.game.rules = rules;
    match_.seed = static_cast<std::uint64_t>(seed_);
    for (selfplay::GtpPlayerOptions& engine : match_.engines) {
      engine.move_seconds = move_timeout_;
      engine.start_seconds = start_timeout_;
    }
    if (use_sprt_) match_.sprt = sprt_;
    return read_openings();
  }

  Status read_openings() {
    if (openings_.empty()) return {};
    const auto text = read_file(openings_, std::size_t{16} << 20);
    if (!text) return text.error().in("--openings");
    auto openings = selfplay::parse_openings(*text, match_.game.size, match_.game.rules);
    if (!openings) return openings.error().in(openings_).in("--openings");
    match_.openings = std::move(*openings);
    return {};
  }

  selfplay::MatchOptions match_;
  EvaluatorOptions net_;
  std::shared_ptr<Evaluator> judge_;
  RulesOptions rules_;
  selfplay::Sprt sprt_;
  std::string size_ = "9";
  std::string openings_;
  std::int64_t seed_ = 1;
  double move_timeout_ = 300;
  double start_timeout_ = 120;
  bool json_ = false;
  bool use_sprt_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_match() { return std::make_unique<MatchCommand>(); }

}  // namespace ponnuki::cli
