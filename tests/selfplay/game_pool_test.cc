// Many games at once.
#include "selfplay/game_pool.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/random.h"
#include "tests/support/search_fakes.h"

using namespace ponnuki;

namespace {

/// All legal moves alike, values from a hash; remembers how many positions each call had.
class Judge final : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    calls.push_back(requests.size());
    inner_.evaluate(requests);
  }
  std::string name() const override { return "judge"; }
  std::vector<std::size_t> calls;

 private:
  test::UniformEvaluator inner_{[](const Position& position, Evaluation& e) {
    e.win = static_cast<float>(Random(position.evaluation_key()).uniform());
    e.loss = 1 - e.win;
  }};
};

GamePoolOptions small_games() {
  GamePoolOptions options;
  options.size = {5, 5};
  options.games = 6;
  options.limits.visits = 12;
  options.max_moves = 60;
  return options;
}

/// The moves of the games that finish until there are `count`.
std::vector<std::vector<Move>> play(Evaluator& evaluator, GamePoolOptions options,
                                    std::size_t count) {
  std::vector<std::vector<Move>> games;
  options.finished = [&](const Position& end) { games.push_back(end.moves()); };
  GamePool pool(evaluator, options);
  while (games.size() < count) pool.step();
  CHECK(pool.stats().games == static_cast<std::int64_t>(games.size()));
  return games;
}

}  // namespace

TEST_CASE("Games are played to their end, and others take their place") {
  Judge evaluator;
  const auto games = play(evaluator, small_games(), 20);
  CHECK(games.size() >= 20);
  for (const auto& moves : games) {
    Position position({5, 5});
    for (const Move move : moves) {
      REQUIRE(position.is_legal(move));
      position.play(move);
    }
    CHECK((position.is_over() || moves.size() == 60));
  }
}

TEST_CASE("Games differ by their seeds, and repeat with them") {
  Judge evaluator;
  const auto games = play(evaluator, small_games(), 12);
  CHECK(games == play(evaluator, small_games(), 12));
  std::vector<std::vector<Move>> sorted = games;
  const auto by_text = [](const std::vector<Move>& a, const std::vector<Move>& b) {
    return std::ranges::lexicographical_compare(
        a, b, {}, [](Move m) { return m.point.index(); }, [](Move m) { return m.point.index(); });
  };
  std::ranges::sort(sorted, by_text);
  const auto repeated = std::ranges::unique(sorted);
  CHECK(sorted.size() - repeated.size() > 6);  // small games may meet
}

TEST_CASE("All games share a call of the evaluator") {
  Judge evaluator;
  GamePool pool(evaluator, small_games());
  for (int i = 0; i < 200; ++i) pool.step();
  // Some calls are of a search that asks again for a node's further moves.
  CHECK(std::ranges::count(evaluator.calls, std::size_t{6}) == 200);
  CHECK(pool.stats().moves > 20);
  CHECK(pool.stats().visits > 3 * pool.stats().moves);
  CHECK(pool.stats().visits < 12 * pool.stats().moves);
}

TEST_CASE("A game too long is broken off") {
  Judge evaluator;
  GamePoolOptions options = small_games();
  options.max_moves = 9;
  for (const auto& moves : play(evaluator, options, 10)) CHECK(moves.size() <= 9);
}
