// ponnuki analyze GAME: a game record, move by move or at one move.
#include <optional>
#include <ostream>

#include "cli/analysis_report.h"
#include "cli/evaluator_factory.h"
#include "cli/final_score.h"
#include "cli/search_options.h"
#include "cli/subcommand.h"
#include "cli/terminal.h"
#include "engine/check.h"
#include "engine/sgf/sgf.h"

namespace ponnuki {
namespace {

constexpr std::int64_t kVisitsOfGames = 100;       // a position, when all of a game's are searched
constexpr std::int64_t kVisitsOfPositions = 1000;  // when it is only one

/// Whoever judges positions, with what it needs for it.
class Analyst {
 public:
  Analyst(Evaluator& evaluator, const SearchParams& params, const SearchOptions& options)
      : evaluator_(evaluator), search_(evaluator, params), options_(options) {}

  /// Each position on its own: what is said of it does not depend on where we came from.
  Analysis think(const Position& position, std::int64_t visits, int moves) {
    search_.clear();
    search_.set_position(position);
    search_.run(options_.limits(visits));
    return search_.analysis({.max_moves = moves});
  }
  /// Of a finished game; nothing if it has no result.
  std::optional<Score> score(const Position& position) {
    if (position.is_no_result()) return {};
    const auto score = final_score(position, evaluator_, search_.params());
    return score ? std::optional(*score) : std::nullopt;
  }
  GamePoint judge(const Position& position) {
    GamePoint point;
    if (position.is_over()) {
      const Score result = score(position).value_or(Score{});
      point.is_result = true;
      point.black_lead = -result.white_minus_black;
      point.black_winrate = result.winner() == Color::kBlack   ? 1
                            : result.winner() == Color::kWhite ? 0
                                                               : 0.5;
      return point;
    }
    const double sign = position.to_move() == Color::kBlack ? 1 : -1;
    const Analysis analysis = think(position, kVisitsOfGames, 1);
    point.black_winrate = 0.5 + sign * (analysis.root.winrate - 0.5);
    point.black_lead = sign * analysis.root.score_lead;
    if (!analysis.moves.empty()) point.best = analysis.moves.front().move;
    return point;
  }

 private:
  Evaluator& evaluator_;
  Search search_;
  const SearchOptions& options_;
};

class Analyze : public Subcommand {
 public:
  std::string name() const override { return "analyze"; }
  std::string summary() const override {
    return "judges a game record (SGF): winrate, score and best moves";
  }
  std::string details() const override {
    return "Prints every move of the game with what it lost, then the last position with its "
           "best moves. With --move N only the position after N moves.";
  }

  void add_options(OptionSet& options) override {
    options.positional({"GAME", "FILE", "an SGF file"}, &file_);
    options.heading("What to show");
    options.integer(
        {"move", "N", "only the position after N moves; 0: the start; -1: the whole game"}, &move_,
        {-1});
    options.integer({"best", "N", "how many moves to list"}, &best_, {1, 1000});
    options.flag("json", "one line of JSON a position, with KataGo's field names", &json_);
    add_color_option(options, &color_);
    add_search_options(
        options, &search_,
        "where no limit is given 100 for each position of a game, 1000 for one alone");
    add_evaluator_options(options, &evaluator_options_);
    add_rules_options(options, &rules_, "the record's, else tromp-taylor",
                      "the record's, else 7.5");
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    const auto base = make_rules(rules_, options.given("komi"));
    if (!base) return Error{base.error()};
    const auto tree = load_sgf_file(file_);
    if (!tree) return Error{tree.error()};
    const auto moves = count_moves(*tree, *base);
    if (!moves) return Error{file_ + ": " + moves.error()};
    if (move_ > *moves) return Error{"--move: the game has " + std::to_string(*moves) + " moves"};

    auto replay = SgfReplay::start(*tree, tree->roots().front(), *base);
    std::optional<Rules> other_rules;
    if (options.given("rules") || options.given("komi")) {
      other_rules = options.given("rules") ? *base : replay->info().rules;
      other_rules->komi = options.given("komi") ? base->komi : replay->info().rules.komi;
    }
    const auto evaluator = make_evaluator(evaluator_options_);
    if (!evaluator) return Error{evaluator.error()};
    Analyst analyst(**evaluator, search_.params(evaluator_options_.threads), search_);
    GameWalk walk{*replay, other_rules};
    if (!json_) print_head(replay->info(), walk.position(), **evaluator, streams.out);
    if (move_ < 0) {
      show_game(analyst, walk, *moves, streams.out);
    } else {
      while (walk.move_number() < move_) walk.advance();
    }
    if (move_ >= 0 || !json_) show(analyst, walk.position(), kVisitsOfPositions, streams.out);
    return kExitOk;
  }

 private:
  /// A record that was read without an error before, position by position.
  class GameWalk {
   public:
    GameWalk(SgfReplay& replay, const std::optional<Rules>& other_rules)
        : replay_(replay), rules_(other_rules) {}
    int move_number() const { return replay_.move_number(); }
    void advance() { PONNUKI_CHECK(replay_.next().ok()); }
    Position position() const {
      if (!rules_) return replay_.game().position();
      Game game = replay_.game();
      game.set_rules(*rules_);
      return game.position();
    }

   private:
    SgfReplay& replay_;
    std::optional<Rules> rules_;
  };

  /// Reads the whole main line, so that what is wrong with it is said before any work is done.
  static Result<int> count_moves(const SgfTree& tree, const Rules& base) {
    auto replay = SgfReplay::start(tree, tree.roots().front(), base);
    if (!replay) return Error{replay.error()};
    while (true) {
      const auto move = replay->next();
      if (!move) return Error{move.error()};
      if (!*move) return replay->move_number();
    }
  }

  void print_head(const GameInfo& info, const Position& start, const Evaluator& evaluator,
                  std::ostream& out) const {
    const BoardSize size = start.size();
    out << file_ << ": " << int{size.width} << "x" << int{size.height} << ", "
        << rules_to_name(start.rules()) << ", komi " << start.rules().komi;
    if (start.handicap() > 0) out << ", handicap " << start.handicap();
    if (!info.black.empty() || !info.white.empty())
      out << "\nBlack " << info.black << ", White " << info.white;
    if (info.result.kind != SgfResult::Kind::kUnknown) out << ", result " << to_string(info.result);
    out << "\nJudged by " << evaluator.name() << "\n\n";
  }

  /// Reports one position; searches it unless the game is over there.
  void show(Analyst& analyst, const Position& position, std::int64_t visits,
            std::ostream& out) const {
    const bool color = wants_color(color_);
    if (position.is_over()) {
      const auto score = analyst.score(position);
      out << (json_ ? finished_json(position, score) : finished_report(position, score, color));
    } else {
      const Analysis analysis = analyst.think(position, visits, best_);
      out << (json_ ? position_json(position, analysis, best_)
                    : position_report(position, analysis, best_, color));
    }
    out << std::flush;
  }

  /// Rows, or lines of JSON, appear as they are known.
  void show_game(Analyst& analyst, GameWalk& walk, int moves, std::ostream& out) const {
    GamePoint before;
    if (!json_) out << game_report_head();
    for (int i = 0; i <= moves; ++i) {
      if (i > 0) walk.advance();
      const Position position = walk.position();
      if (json_) {
        show(analyst, position, kVisitsOfGames, out);
        continue;
      }
      const GamePoint after = analyst.judge(position);
      out << (i == 0 ? game_report_start(after)
                     : game_report_row(position.move_ago(1), i, before, after, position.size()))
          << std::flush;
      before = after;
    }
    if (!json_) out << '\n';
  }

  std::string file_;
  int move_ = -1;
  int best_ = 5;
  bool json_ = false;
  std::string color_ = "auto";
  SearchOptions search_;
  EvaluatorOptions evaluator_options_;
  RulesOptions rules_;
};

}  // namespace

std::unique_ptr<Subcommand> make_analyze() { return std::make_unique<Analyze>(); }

}  // namespace ponnuki
