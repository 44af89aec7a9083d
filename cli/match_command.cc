// ponnuki match: two GTP programs play many games; who is stronger?
#include <ostream>

#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "engine/file.h"
#include "selfplay/match.h"
#include "selfplay/match_report.h"

namespace ponnuki::cli {
namespace {

/// Area scoring with positional superko and no suicide: what GNU Go, KataGo and this program all
/// play by.
constexpr const char* kMatchRules =
    R"({"ko":"POSITIONAL","scoring":"AREA","tax":"NONE","suicide":false,"hasButton":false,)"
    R"("whiteHandicapBonus":"0","friendlyPassOk":false})";

class MatchCommand : public Subcommand {
 public:
  std::string name() const override { return "match"; }
  std::string summary() const override { return "games of two GTP programs against each other"; }
  std::string details() const override {
    return "Engines are command lines, run by the shell:\n\n"
           "  ponnuki match --engine1 'ponnuki gtp --visits 200 --no-resign' \\\n"
           "      --engine2 'gnugo --mode gtp' --games 20 --size 9 \\\n"
           "      --results match.jsonl --sgf games\n\n"
           "Each opening is played twice with colours swapped. The referee checks every move and "
           "counts the final board by area; games that a program counts differently are listed.";
  }

  void add_options(OptionSet& options) override {
    rules_.rules = kMatchRules;
    rules_.komi = 7;
    options.heading("Engines");
    options.text({"engine1", "COMMAND", "the first engine"}, &match_.engines[0].command_line);
    options.text({"engine2", "COMMAND", "the second engine"}, &match_.engines[1].command_line);

    options.heading("Games");
    options.integer({"games", "N", "how many; even numbers play each opening with both colours"},
                    &match_.games, {1, 1'000'000});
    options.integer({"parallel", "N", "games at once, each with its own two processes"},
                    &match_.parallel, {1, 256});
    options.text({"size", "N or WxH", "board"}, &size_);
    options.integer({"max-moves", "N", "cut off there; 0: three times the board's area"},
                    &match_.game.max_moves, {0, 100'000});
    options.text({"openings", "FILE", "openings to play, one a line, vertices with blanks between",
                  "random ones"},
                 &openings_);
    options.integer({"seed", "N", "of random openings"}, &seed_, {0});
    add_rules_options(options, &rules_, "area scoring, positional superko, no suicide");

    options.heading("Time");
    options.number({"main-time", "SECONDS", "a clock for each side; 0 and no --byo-time: none"},
                   &match_.game.time.main_seconds, {0, 1e6});
    options.number({"byo-time", "SECONDS", "a period of Canadian byo-yomi"},
                   &match_.game.time.byo_seconds, {0, 1e6});
    options.integer({"byo-stones", "N", "moves in a period"}, &match_.game.time.byo_stones,
                    {0, 1000});
    options.number({"move-timeout", "SECONDS", "longest wait for a move; it loses after that"},
                   &move_timeout_, {0.1, 1e6});
    options.number({"start-timeout", "SECONDS", "longest wait for a program's first answer"},
                   &start_timeout_, {0.1, 1e6});

    options.heading("Results");
    options.text({"results", "FILE", "keep a line of JSON a game"}, &match_.results_path);
    options.flag("resume", "go on with the match in --results", &match_.resume);
    options.text({"sgf", "FOLDER", "keep one SGF a game"}, &match_.sgf_folder);
    options.flag("json", "print the summary as JSON", &json_);
    options.flag("sprt", "stop as soon as a sequential test has decided", &use_sprt_);
    options.number({"elo0", "ELO", "difference that is its null hypothesis"}, &sprt_.elo0,
                   {-1000, 1000});
    options.number({"elo1", "ELO", "and its alternative"}, &sprt_.elo1, {-1000, 1000});
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    if (Status status = prepare(options); !status) return status.error();
    const auto games = selfplay::run_match(match_, [&](const auto& last, const auto& all) {
      streams.err << selfplay::progress_line(last, all) << std::endl;
    });
    if (!games) {
      streams.err << "ponnuki: " << games.error().message << "\n";
      return kExitFailed;
    }
    const selfplay::MatchReport report = selfplay::make_match_report(*games, match_.sprt);
    streams.out << (json_ ? selfplay::to_json(report) + "\n" : selfplay::to_text(report))
                << std::flush;
    return kExitOk;
  }

 private:
  Status prepare(const OptionSet& options) {
    for (const char* engine : {"engine1", "engine2"}) {
      if (!options.given(engine)) {
        return Error{std::string("--") + engine +
                     " is missing: give the command line of a GTP "
                     "program, as in --" +
                     engine + " 'gnugo --mode gtp'"};
      }
    }
    const auto size = parse_board_size(size_);
    if (!size) return size.error().in("--size");
    const auto rules = make_rules(rules_, options.given("komi"));
    if (!rules) return rules.error();
    if (rules->scoring != ScoringRule::kArea) {
      return Error{"--rules: matches are counted by area; give rules with area scoring"};
    }
    if (match_.resume && match_.results_path.empty()) {
      return Error{"--resume needs --results FILE"};
    }
    match_.game.size = *size;
    match_.game.rules = *rules;
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
    if (!openings) return Error{"--openings: " + openings_ + ": " + openings.error().message};
    match_.openings = std::move(*openings);
    return {};
  }

  selfplay::MatchOptions match_;
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
