// The passes at the end of a game: what they lost, by the referee.
#include "review/last_passes.h"

#include "engine/coord.h"
#include "tests/support/reviews.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::review {
namespace {

using test::Said;

/// A record that begins with the stones of `diagram`; Black moves first.
std::string record(const std::string& diagram, const std::string& properties,
                   const std::string& moves) {
  const Board board = *Board::parse(diagram);
  std::string black, white;
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    const std::string point = {'[', static_cast<char>('a' + p.x()), static_cast<char>('a' + p.y()),
                               ']'};
    if (board.at(p) == Color::kBlack) black += point;
    if (board.at(p) == Color::kWhite) white += point;
  }
  return "(;GM[1]SZ[" + std::to_string(board.size().width) + "]" + properties + "AB" + black +
         "AW" + white + "PL[B]" + moves + ")";
}

/// Black's lead at the end, when it is counted.
void count_end(GameReview& review, double lead) {
  Assessment& end = review.assessments.back();
  end.is_result = true;
  end.lead = lead;
  end.winrate = lead > 0 ? 1 : lead < 0 ? 0 : 0.5;
}

/// Plays at the point that matters, D7 on 7×7 and B9 on 9×9, and passes when it is taken.
void tell_move(const Position& position, Evaluation& evaluation) {
  const Point point = position.size().width == 9 ? Point::at(1, 0) : Point::at(3, 0);
  const bool open = position.is_legal_after_end({position.to_move(), point});
  for (float& prior : evaluation.policy) {
    if (prior > 0) prior = 0.001F;
  }
  evaluation
      .policy[static_cast<std::size_t>((open ? point : Point::pass()).cell(position.size()))] =
      0.9F;
}

/// Knows the owners on 7×7: Black has the columns A to D. On 9×9 Black has the upper five rows, but
/// the corner is White's with a white stone on B9, or if White moves first and B9 is empty.
void tell_owners(const Position& position, Evaluation& evaluation) {
  tell_move(position, evaluation);
  const Color at_vital = position.board().at(Point::at(1, 0));
  const Color corner = at_vital == Color::kEmpty ? position.to_move() : at_vital;
  evaluation.ownership.clear();
  for (int cell = 0; cell < position.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, position.size());
    bool black = p.x() < 4;
    if (position.size().width == 9)
      black = p.x() < 4 && p.y() < 2 ? corner == Color::kBlack : p.y() < 5;
    evaluation.ownership.push_back(black == (position.to_move() == Color::kBlack) ? 1.0F : -1.0F);
  }
}

std::vector<double> losses(GameReview& review) {
  test::UniformEvaluator evaluator(tell_owners);
  review.judged_passes = judge_last_passes(review, evaluator);
  std::vector<double> points;
  for (int node = 1; node <= review.tree.main_moves(); ++node)
    points.push_back(loss_of(review, node)->points);
  return points;
}

// White's stone at B4 is dead.
const char* const kDeadStone =
    ". X . X O . .\n"
    "X X X X O O O\n"
    ". . . X O . .\n"
    ". O . X O O O\n"
    ". . . X O . .\n"
    ". X X X O O O\n"
    "X X . X O . .";

TEST_CASE("Last passes: none is a mistake where only dead stones stand") {
  for (const char* const rules : {"Japanese", "Chinese"}) {
    INFO(rules);
    // The search takes the stone for living, and each pass for a mistake.
    GameReview review =
        test::review_of(record(kDeadStone, "KM[0]RU[" + std::string(rules) + "]", ";B[];W[]"),
                        {{0.9, 8, {"B3", "B5"}}, {0.5, 0, {"A4", "B5", "C5"}}, {0.5, 0}});
    count_end(review, rules[0] == 'J' ? 6 : 7);
    CHECK(losses(review) == std::vector<double>{0, 0});
    CHECK(review.judged_passes.size() == 2);
    CHECK(largest_mistakes(review, 9).empty());
    CHECK(turning_points(review, 9).empty());
    CHECK(summaries_of(review)[0].total() == 0);
  }
}

// Who moves first at B9 saves, or kills, White's corner.
const char* const kVitalPoint =
    ". . . O X . . . .\n"
    "O O O O X . . . .\n"
    "X X X X X . . . .\n"
    ". . . . . . . . .\n"
    "X X X X X X X X X\n"
    "O O O O O O O O O\n"
    ". . . . . . . . .\n"
    ". O O O O O O O .\n"
    ". O . O . O . O .";

TEST_CASE("Last passes: a group that could be saved is lost by the pass") {
  GameReview review = test::review_of(record(kVitalPoint, "KM[0]RU[Japanese]", ";W[];B[]"),
                                      {{0.6, 3, {"B9"}}, {0.6, 3, {"B9", "A9"}}, {1, 18}});
  count_end(review, 18);
  CHECK(losses(review) == std::vector<double>{15, 0});
  CHECK(largest_mistakes(review, 9) == std::vector<int>{1});
}

// D7 is nobody's.
const char* const kNeutralPoint =
    ". X X . O . .\n"
    "X X X X O O O\n"
    ". . . X O . .\n"
    ". . . X O O O\n"
    ". . . X O . .\n"
    ". X X X O O O\n"
    "X X . X O . .";

TEST_CASE("Last passes: a point that is left is lost by both, if it counts") {
  const auto lost = [](const std::string& rules, double lead) {
    GameReview review = test::review_of(record(kNeutralPoint, "KM[0]RU[" + rules + "]", ";B[];W[]"),
                                        {{1, lead + 1, {"D7"}}, {1, lead - 1, {"D7"}}, {1, lead}});
    count_end(review, lead);
    return losses(review);
  };
  CHECK(lost("Chinese", 6) == std::vector<double>{1, 1});
  CHECK(lost("Japanese", 4) == std::vector<double>{0, 0});
}

TEST_CASE("Last passes: a pass that is answered by a resignation") {
  GameReview review = test::review_of(record(kDeadStone, "KM[0]RU[Japanese]RE[B+R]", ";B[]"),
                                      {{0.9, 11, {"B3"}}, {0.5, 0}});
  CHECK(losses(review) == std::vector<double>{0});
}

TEST_CASE("Last passes: on an open board the search's figures stand") {
  GameReview review = test::review_of("(;SZ[9]RU[Japanese];B[ee];W[];B[])",
                                      {{0.5, 0}, {0.5, 0, {"E3"}}, {0.9, 9, {"E3"}}, {0.9, 9}});
  CHECK(losses(review)[1] == 9);
  CHECK(review.judged_passes.empty());
}

TEST_CASE("Last passes: where dead stones must be captured, the count shows what was left") {
  GameReview review = test::review_of(record(kDeadStone, "KM[0]RU[Tromp-Taylor]", ";W[];B[]"),
                                      {{0.9, 11, {"A4"}}, {0.9, 11, {"B3"}}, {0.9, 3}});
  count_end(review, 3);
  CHECK(losses(review) == std::vector<double>{0, 8});
}

TEST_CASE("Last passes: the search's own first choice is no mistake") {
  GameReview review = test::review_of(record(kVitalPoint, "KM[0]RU[Japanese]", ";W[];B[]"),
                                      {{1, 18, {"pass", "B9"}}, {1, 18, {"pass"}}, {1, 18}});
  count_end(review, 18);
  CHECK(losses(review) == std::vector<double>{0, 0});
}

}  // namespace
}  // namespace ponnuki::review
