// Games assessed side by side: all positions, in order, from the cache where they are known.
#include <atomic>
#include <set>

#include "review/reviewer.h"
#include "review/table_report.h"
#include "review/text_report.h"
#include "tests/support/reviews.h"
#include "tests/support/search_fakes.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::review {
namespace {

/// Uniform, counting what it is asked, and sure that White wins once there is a stone on C3.
class Judge final : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    asked += static_cast<int>(requests.size());
    uniform_.evaluate(requests);
    for (const EvalRequest& request : requests) {
      const Position& position = *request.position;
      if (position.board().at(Point::at(2, 2)) != Color::kBlack) continue;
      const bool white = position.to_move() == Color::kWhite;
      request.result->win = white ? 0.95F : 0.05F;
      request.result->loss = 1 - request.result->win;
      request.result->lead = white ? 9 : -9;
    }
  }
  std::string name() const override { return "a judge"; }
  std::atomic<int> asked{0};

 private:
  test::UniformEvaluator uniform_;
};

ReviewTask task_of(const std::string& sgf, bool with_variations = false) {
  auto tree = test::read_game(sgf, with_variations);
  REQUIRE(tree.ok());
  return {{"game.sgf", {}, std::move(*tree), {}}, {}};
}

struct Outcome {
  std::vector<GameReview> games;
  ReviewProgress progress;
};

Outcome review(Judge& judge, const std::vector<std::string>& games, const ReviewOptions& options,
               AssessmentCache& cache, bool with_variations = false,
               std::optional<int> only = std::nullopt) {
  Outcome outcome;
  std::size_t next = 0;
  ReviewHandlers handlers;
  handlers.next = [&]() -> std::optional<ReviewTask> {
    if (next == games.size()) return {};
    ReviewTask task = task_of(games[next++], with_variations);
    task.only = only;
    return task;
  };
  handlers.done = [&](const GameReview& game) { outcome.games.push_back(game); };
  handlers.progress = [&](const ReviewProgress& progress) { outcome.progress = progress; };
  review_games(judge, options, cache, handlers);
  return outcome;
}

ReviewOptions options_of(int threads, std::int64_t visits) {
  ReviewOptions options;
  options.threads = threads;
  options.limits.visits = visits;
  return options;
}

const char* const kGame = "(;SZ[5];B[bb];W[dd];B[cc];W[db])";

TEST_CASE("Reviewer: every position of every game, games in their order") {
  std::vector<std::string> games;
  for (int moves = 0; moves < 40; ++moves) {
    std::string sgf = "(;SZ[5]";
    for (int move = 0; move < moves % 7; ++move)
      sgf += std::string(move % 2 == 0 ? ";B[" : ";W[") + static_cast<char>('a' + move % 4) +
             static_cast<char>('a' + 2 * (move / 4)) + "]";
    games.push_back(sgf + ")");
  }
  for (const int threads : {1, 2}) {
    Judge judge;
    AssessmentCache cache;
    const Outcome outcome = review(judge, games, options_of(threads, 20), cache);
    REQUIRE(outcome.games.size() == games.size());
    std::int64_t positions = 0;
    std::set<std::uint64_t> different;
    for (std::size_t i = 0; i < games.size(); ++i) {
      const GameReview& game = outcome.games[i];
      CHECK(game.judge == "a judge");
      REQUIRE(game.tree.main_moves() == static_cast<int>(i) % 7);
      REQUIRE(game.assessments.size() == i % 7 + 1);
      for (const Assessment& assessment : game.assessments) {
        CHECK(assessment.visits >= 20);
        CHECK(assessment.effort.visits == 20);
        CHECK_FALSE(assessment.moves.empty());
        CHECK(assessment.ownership.size() == 25);
        ++positions;
      }
      for (int move = 0; move <= game.tree.main_moves(); ++move)
        different.insert(game.tree.position(move).evaluation_key());
    }
    CHECK(outcome.progress.positions == positions);
    // Games have openings in common.
    CHECK(outcome.progress.searched <= positions);
    CHECK(outcome.progress.searched >= static_cast<std::int64_t>(different.size()));
  }
}

TEST_CASE("Reviewer: what several games have in common is searched once") {
  Judge judge;
  AssessmentCache cache;
  const std::vector<std::string> games(5, "(;SZ[5];B[bb])");
  const Outcome outcome = review(judge, games, options_of(4, 10), cache);
  REQUIRE(outcome.games.size() == 5);
  for (const GameReview& game : outcome.games) {
    CHECK(game.at(0).visits >= 10);
    CHECK(game.at(1).visits == outcome.games[0].at(1).visits);
  }
  CHECK(outcome.progress.positions == 10);
  CHECK(outcome.progress.searched == 2);
}

TEST_CASE("Reviewer: variations, one position alone, a game that is over") {
  Judge judge;
  AssessmentCache cache;
  const ReviewOptions options = options_of(2, 10);
  const auto variations =
      review(judge, {"(;SZ[5];B[bb](;W[dd])(;W[cc];B[dd]))"}, options, cache, true);
  REQUIRE(variations.games.size() == 1);
  REQUIRE(variations.games[0].assessments.size() == 5);
  for (const Assessment& assessment : variations.games[0].assessments)
    CHECK(assessment.visits >= 10);

  const auto one = review(judge, {kGame}, options, cache, false, 2);
  CHECK(one.games[0].at(2).visits >= 10);
  CHECK(one.games[0].at(1).empty());
  CHECK(one.progress.positions == 1);

  const auto over =
      review(judge, {"(;SZ[5]KM[0.5]RU[Tromp-Taylor];B[cc];W[];B[])"}, options, cache);
  const Assessment& end = over.games[0].assessments.back();
  CHECK(end.is_result);
  CHECK(end.winrate == 1);
  CHECK(end.lead == Approx(24.5));
}

TEST_CASE("Reviewer: two passes end a game only where the record ends") {
  Judge judge;
  AssessmentCache cache;
  const auto resumed = review(judge, {"(;SZ[5]RU[Japanese];B[bb];W[];B[];W[dd];B[db];W[];B[])"},
                              options_of(1, 10), cache);
  const GameReview& game = resumed.games[0];
  CHECK_FALSE(game.at(3).is_result);
  CHECK(game.at(3).visits >= 10);
  CHECK(game.at(7).is_result);
}

TEST_CASE("Reviewer: a third repetition is no result where the record ends") {
  Judge judge;
  AssessmentCache cache;
  // Three kos on a board of 4×9, and the cycle through them, twice.
  std::string sgf =
      "(;SZ[4:9]RU[Japanese]AB[ba][ab][bc][bd][ae][ce][bf][bg][ah][bi]"
      "AW[ca][bb][db][cc][cd][de][cf][cg][bh][dh][ci]PL[B]";
  for (int round = 0; round < 2; ++round) sgf += ";B[cb];W[be];B[ch];W[bb];B[ce];W[bh]";

  const auto over = review(judge, {sgf + ")"}, options_of(1, 10), cache);
  const GameReview& game = over.games[0];
  CHECK(game.at(12).is_result);
  CHECK(game.at(12).no_result);
  CHECK(loss_of(game, 12)->points == 0);
  CHECK(moves_table(game).find("no result") != std::string::npos);
  CHECK(jsonl_report(game).find("\"score\":\"no result\"") != std::string::npos);

  const auto resumed = review(judge, {sgf + ";B[cb])"}, options_of(1, 10), cache);
  CHECK_FALSE(resumed.games[0].at(12).is_result);
  CHECK(resumed.games[0].at(12).visits >= 10);
}

TEST_CASE("Reviewer: what the cache knows is not searched again, unless by other limits") {
  const test::TemporaryFolder folder;
  {
    Judge judge;
    auto cache = AssessmentCache::open(folder / "cache", "judge");
    REQUIRE(cache.ok());
    CHECK(review(judge, {kGame}, options_of(1, 20), *cache).progress.searched == 5);
    CHECK(review(judge, {kGame, kGame}, options_of(1, 20), *cache).progress.searched == 0);
    CHECK(review(judge, {kGame}, options_of(1, 30), *cache).progress.searched == 5);
  }
  Judge judge;
  auto cache = AssessmentCache::open(folder / "cache", "judge");  // after a break
  REQUIRE(cache.ok());
  const Outcome again = review(judge, {kGame}, options_of(1, 30), *cache);
  CHECK(again.progress.searched == 0);
  CHECK(judge.asked == 0);
  CHECK(again.games[0].at(4).visits >= 30);
}

TEST_CASE("Reviewer: the positions around the worst move are searched for longer") {
  Judge judge;
  AssessmentCache cache;
  ReviewOptions options = options_of(2, 20);
  options.second_limits = search::SearchLimits{.visits = 60};
  const Outcome outcome = review(judge, {kGame}, options, cache);
  // Black's move to C3 is a blunder to this judge; a tenth of four moves is one.
  const GameReview& game = outcome.games[0];
  CHECK(loss_of(game, 3)->verdict() == Verdict::kBlunder);
  const std::int64_t visits[] = {20, 20, 60, 60, 20};
  for (int node = 0; node <= 4; ++node) {
    CAPTURE(node);
    CHECK(game.at(node).visits >= visits[node]);
    CHECK(game.at(node).visits < visits[node] + 20);
  }
  CHECK(outcome.progress.second_pass == 2);
}

}  // namespace
}  // namespace ponnuki::review
