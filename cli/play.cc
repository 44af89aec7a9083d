// ponnuki play: plays one game of the engine against itself and saves it as SGF.
#include <cmath>
#include <cstdio>
#include <ostream>

#include "cli/options/evaluator_factory.h"
#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/terminal.h"
#include "engine/board_view.h"
#include "engine/coord.h"
#include "engine/file.h"
#include "engine/printable.h"
#include "engine/search/final_judgement.h"
#include "engine/sgf/sgf.h"
#include "review/text.h"

namespace ponnuki::cli {
namespace {

constexpr std::int64_t kVisits = 200;  // for each move, if no limit is given

class Play : public Subcommand {
 public:
  std::string name() const override { return "play"; }
  std::string summary() const override {
    return "plays one game against itself; --out saves it as SGF";
  }

  void add_options(OptionSet& options) override {
    options.heading("Game");
    options.text({"size", "N or WxH", "board size"}, &size_);
    options.text({"out", "FILE", "save the game as this SGF file"}, &out_);
    options.integer(
        {"max-moves", "N", "stop after N moves without a result; 0: three per point of the board"},
        &max_moves_, {0, 100000});
    options.flag("quiet", "print only the result", &quiet_);
    add_color_option(options, &color_);
    add_search_options(options, &search_, "200 if no limit is given");
    add_evaluator_options(options, &evaluator_options_);
    add_rules_options(options, &rules_);
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    PONNUKI_TRY(const auto rules, make_rules(rules_, options.given("komi")));
    const auto size = parse_board_size(size_);
    if (!size) return size.error().in("--size");
    if (Status can = out_.empty() ? Status() : check_can_write(out_); !can)
      return failed(can.error().in("--out"), streams);
    PONNUKI_TRY(const auto evaluator, make_evaluator(evaluator_options_));
    if (Status fits = check_size(*evaluator, *size); !fits) return fits.error().in("--size");

    Game game(*size, rules);
    search::Search search(*evaluator, search_.params(evaluator_options_.threads));
    play_out(game, search, streams.out);
    const sgf::SgfResult result = judge(game.position(), *evaluator);
    if (!quiet_)
      streams.out << '\n' << draw_board(game.position(), {wants_color(color_), {}}) << '\n';
    streams.out << "Result after " << game.position().move_count()
                << " moves: " << sgf::to_string(result) << '\n';
    if (out_.empty()) return kExitOk;
    return save(game, result, evaluator->name(), streams);
  }

 private:
  void play_out(Game& game, search::Search& search, std::ostream& out) const {
    const int most = max_moves_ > 0 ? max_moves_ : 3 * game.position().size().area();
    while (!game.position().is_over() && game.position().move_count() < most) {
      search.set_position(game.position());
      search.run(search_.limits(kVisits));
      const search::Search::Choice choice = search.choose_move();
      const Move move{game.position().to_move(), choice.move};
      game.play(move);
      if (!quiet_) report(game.position(), move, choice, out);
    }
    if (!quiet_) out << '\n';
  }

  /// Prints three moves on each line: "12 W D4   W+1.5  45.0 %".
  static void report(const Position& position, Move move, const search::Search::Choice& choice,
                     std::ostream& out) {
    const int number = position.move_count();
    char text[64];
    std::snprintf(
        text, sizeof text, "%4d %-7s %7s  %5.1f %%", number,
        review::move_text(move, position.size()).c_str(),
        review::score_text(move.color == Color::kBlack ? choice.score_lead : -choice.score_lead)
            .c_str(),
        100 * choice.winrate);
    out << (number == 1 ? "" : number % 3 == 1 ? "\n" : "  |") << text << std::flush;
  }

  static sgf::SgfResult judge(const Position& position, Evaluator& evaluator);
  Result<int> save(const Game& game, const sgf::SgfResult& result, const std::string& player,
                   Streams& streams) const {
    sgf::GameInfo info;
    info.black = info.white = "Ponnuki";
    info.program = "Ponnuki:" PONNUKI_VERSION;
    info.comment = "Played against itself, judged by " + player;
    info.result = result;
    if (Status status = sgf::save_sgf_file(sgf::make_sgf(game, info), out_); !status)
      return failed(status.error().in("--out"), streams);
    streams.out << "Saved as " << printable(out_) << '\n';
    return kExitOk;
  }

  std::string size_ = "9";
  std::string out_;
  int max_moves_ = 0;
  bool quiet_ = false;
  std::string color_ = "auto";
  SearchOptions search_;
  EvaluatorOptions evaluator_options_;
  RulesOptions rules_;
};

sgf::SgfResult Play::judge(const Position& position, Evaluator& evaluator) {
  if (!position.is_over() || position.is_no_result()) return {.kind = sgf::SgfResult::Kind::kVoid};
  const auto judgement = search::final_judgement(position, evaluator);
  if (!judgement) return {};
  const Score& score = judgement->score;
  const Color winner = score.winner();
  if (winner == Color::kEmpty) return {.kind = sgf::SgfResult::Kind::kDraw};
  return {sgf::SgfResult::Kind::kScore, winner, std::abs(score.white_minus_black)};
}

}  // namespace

std::unique_ptr<Subcommand> make_play() { return std::make_unique<Play>(); }

}  // namespace ponnuki::cli
