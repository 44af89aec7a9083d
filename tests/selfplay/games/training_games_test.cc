// Games that make training data.
#include "selfplay/games/training_games.h"

#include <catch2/catch.hpp>
#include <map>

#include "engine/referee/judgement.h"
#include "engine/score.h"
#include "selfplay/records/random_rules.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::selfplay {
namespace {

using Kind = TrainingGamesOptions::SearchKind;

TrainingGamesOptions small_games() {
  TrainingGamesOptions options;
  options.sizes = {{{5, 5}, 1, 1}};
  options.rules = Rules{.multi_stone_suicide = false};
  options.games = 4;
  options.simulations = 4;
  return options;
}

std::vector<std::unique_ptr<GameRecord>> play(const TrainingGamesOptions& options,
                                              std::uint64_t seed, std::size_t count,
                                              Evaluator& evaluator) {
  std::vector<std::unique_ptr<GameRecord>> games;
  TrainingGames pool(options, seed,
                     [&](std::unique_ptr<GameRecord> game) { games.push_back(std::move(game)); });
  while (games.size() < count) pool.step(evaluator);
  return games;
}

std::string bytes_of(const std::vector<std::unique_ptr<GameRecord>>& games) {
  std::string bytes;
  for (const auto& game : games) write_game(*game, bytes);
  return bytes;
}

}  // namespace

TEST_CASE("Training games are legal to the last move and say what is left without the dead") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.search = GENERATE(Kind::kGumbel, Kind::kPuct);
  for (const auto& game : play(options, 1, 30, evaluator)) {
    Position position(game->size, game->rules);
    for (const RecordedTurn& turn : game->turns) {
      const Point move = Point::from_cell(turn.move, game->size);
      REQUIRE(position.is_legal(move));
      position.play(move);
    }
    const bool ended = game->ending == GameRecord::Ending::kPasses;
    CHECK(ended == position.is_over());
    CHECK((ended || game->turns.size() == 62));
    const Score score = ended ? referee::judge_quickly(position).score : score_area(position);
    CHECK(game->white_score == score.white_minus_black);
    std::string bytes;
    write_game(*game, bytes);
    std::string_view rest = bytes;
    CHECK(read_game(rest));
  }
}

TEST_CASE("Training games under territory rules are settled, and count what stones have cost") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.search = GENERATE(Kind::kGumbel, Kind::kPuct);
  options.rules->scoring = ScoringRule::kTerritory;
  options.rules->tax = GENERATE(TaxRule::kNone, TaxRule::kSeki);
  int dead = 0, costs = 0;
  for (const auto& game : play(options, 1, 40, evaluator)) {
    if (game->ending != GameRecord::Ending::kPasses) continue;
    Position end(game->size, game->rules);
    for (const RecordedTurn& turn : game->turns) end.play(Point::from_cell(turn.move, game->size));
    CHECK(end.is_over());
    CHECK(game->white_score == referee::judge_quickly(end).score.white_minus_black);
    int owned = 0;  // White's minus Black's, stones in place included
    for (const Color owner : game->owner)
      owned += owner == Color::kWhite ? 1 : owner == Color::kBlack ? -1 : 0;
    CHECK(game->white_score == static_cast<float>(owned) + game->rules.komi + end.white_bonus());
    costs += end.white_bonus() != 0;
    for (int cell = 0; cell < game->size.area(); ++cell) {
      const Color stone = end.board().at(Point::from_cell(cell, game->size));
      const Color owner = game->owner[static_cast<std::size_t>(cell)];
      dead += is_player(stone) && is_player(owner) && stone != owner;
    }
  }
  CHECK(costs > 3);
  CHECK(dead > 3);
}

TEST_CASE("Training games: rules at random are of every kind, and records keep them") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.rules.reset();
  options.sizes = {{{3, 3}, 1, 1}};
  options.simulations = 2;
  std::map<std::string, int> seen;
  for (const auto& game : play(options, 3, 400, evaluator)) {
    std::string bytes;
    write_game(*game, bytes);
    std::string_view rest = bytes;
    const auto back = read_game(rest);
    REQUIRE(back);
    CHECK(back->rules == game->rules);
    CHECK(back->ending == game->ending);
    ++seen[rules_to_json(game->rules)];
  }
  CHECK(seen.size() > 20);  // of 36
  int chinese = 0, japanese = 0;
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    const Rules rules = random_rules(random);
    CHECK_FALSE(rules.has_button);
    chinese += rules.ko == KoRule::kSimple && rules.scoring == ScoringRule::kArea;
    japanese += rules.scoring == ScoringRule::kTerritory && rules.tax == TaxRule::kSeki;
  }
  CHECK(chinese > 200);
  CHECK(japanese > 150);
}

TEST_CASE("Training games: the same seed plays the same games, another one others") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  const auto games = [&](std::uint64_t seed) {
    return bytes_of(play(options, seed, 10, evaluator));
  };
  for (const auto kind : {Kind::kGumbel, Kind::kPuct}) {
    options.search = kind;
    CHECK(games(1) == games(1));
    CHECK(games(1) != games(2));
  }
}

TEST_CASE("Training games: fast turns have a value, and nothing to learn") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.fast_share = 0.75;
  options.fast_simulations = 2;
  options.opening_moves = options.random_opening_chance = options.fork_chance = 0;
  options.decided = 2;  // never
  for (const auto kind : {Kind::kGumbel, Kind::kPuct}) {
    options.search = kind;
    int fast = 0, full = 0;
    for (const auto& game : play(options, 1, 40, evaluator)) {
      for (const RecordedTurn& turn : game->turns) {
        CHECK(turn.win + turn.loss > 0);
        CHECK(turn.policy.empty() == (turn.weight == 0));
        ++(turn.weight == 0 ? fast : full);
      }
    }
    CHECK(fast == Approx(0.75 * (fast + full)).epsilon(0.1));
    CHECK(full > 100);
  }
}

TEST_CASE("Training games: openings are not learned from, decided games only a little") {
  test::UniformEvaluator sure([](const Position& position, Evaluation& e) {
    e.win = position.to_move() == Color::kBlack ? 0.99F : 0.01F;
    e.loss = 1 - e.win;
  });
  TrainingGamesOptions options = small_games();
  options.opening_moves = 30;  // about 9 on 5 × 5
  options.random_opening_chance = 0;
  options.surprise_share = 0;
  int openings = 0, small = 0, whole = 0;
  for (const auto& game : play(options, 3, 20, sure)) {
    bool begun = false;
    int searched = 0;
    std::size_t left = game->turns.size();
    for (const RecordedTurn& turn : game->turns) {
      const bool is_opening = turn.weight == 0;
      CHECK(turn.policy.size() == (is_opening ? 0U : 26U));
      const bool is_last_pass = left-- <= 2 && turn.move == 25;
      CHECK_FALSE((begun && is_opening && !is_last_pass));
      begun = begun || !is_opening;
      openings += is_opening && !is_last_pass;
      whole += turn.weight == 32;
      small += turn.weight == 8;
      // Until the root's pass makes it an even game again.
      if (!is_opening && ++searched == 4) CHECK(turn.weight == 8);
    }
  }
  CHECK(openings > 40);
  CHECK(small > whole);
  CHECK(whole > 0);
}

TEST_CASE(
    "Training games: they follow openings as far as they are legal, and learn what comes after") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.fork_chance = options.random_opening_chance = options.surprise_share = 0;
  options.opening_moves = 0;
  options.followed_opening_chance = 1;
  const auto opening = GENERATE(std::vector<std::uint16_t>{12, 7, 11, 13},
                                std::vector<std::uint16_t>{12, 7, 7, 13},   // an occupied point
                                std::vector<std::uint16_t>{12, 7, 25, 13},  // a pass
                                std::vector<std::uint16_t>{});
  const std::size_t legal = opening.size() < 4 ? 0 : opening[2] == 11 ? 4 : 2;
  CAPTURE(opening);
  options.openings = [&](BoardSize size, Random&) {
    CHECK(size == BoardSize{5, 5});
    return opening;
  };
  for (const auto& game : play(options, 3, 8, evaluator)) {
    REQUIRE(game->turns.size() > legal);
    for (std::size_t t = 0; t < legal; ++t) {
      CHECK(game->turns[t].move == opening[t]);
      CHECK(game->turns[t].weight == 0);
    }
    CHECK(game->turns[legal].weight > 0);
  }
}

TEST_CASE("Training games: turns that surprised the net weigh more, the game as a whole the same") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.simulations = 16;
  double plain = 0, weighed = 0;
  std::size_t turns = 0;
  int different = 0;
  for (const double share : {0.0, 0.5}) {
    options.surprise_share = share;
    double& sum = share > 0 ? weighed : plain;
    for (const auto& game : play(options, 7, 20, evaluator)) {
      for (const RecordedTurn& turn : game->turns) {
        sum += turn.weight;
        if (share == 0) ++turns;
        if (share > 0 && turn.weight > 0) {
          CHECK(turn.weight >= 4);
          different += turn.weight != 32;
        }
      }
    }
  }
  CHECK(turns > 100);
  CHECK(different > 100);
  CHECK(weighed == Approx(plain).epsilon(0.05));
}

TEST_CASE("Training games: simulations are those of the board, in decided games no more") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.simulations = 4;
  options.decided_simulations = 8;
  const auto simulations_a_turn = [&](std::vector<TrainingGamesOptions::Share> sizes) {
    options.sizes = std::move(sizes);
    TrainingGames pool(options, 3, [](std::unique_ptr<GameRecord>) {});
    while (pool.stats().games < 20) pool.step(evaluator);
    const TrainingGames::Stats& stats = pool.stats();
    return static_cast<double>(stats.simulations) / static_cast<double>(stats.turns);
  };
  for (const double decided : {2.0, -1.0}) {  // never, always
    options.decided = decided;
    CHECK(simulations_a_turn({{{3, 3}, 1}}) == 4);
    CHECK(simulations_a_turn({{{3, 3}, 1, 0, 2}}) == 2);
    const double mixed = simulations_a_turn({{{3, 3}, 1, 0, 2}, {{4, 3}, 1}});
    CHECK(mixed > 2);
    CHECK(mixed < 4);
  }
}

TEST_CASE("Training games: sizes in their shares, komi around its mean") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.sizes = {{{3, 3}, 3, 1}, {{4, 3}, 1, 1}};
  options.simulations = 1;
  int small = 0, count = 0;
  double komi = 0;
  for (const auto& game : play(options, 5, 400, evaluator)) {
    small += game->size == BoardSize{3, 3};
    komi += static_cast<double>(game->rules.komi);
    CHECK(2 * game->rules.komi == static_cast<float>(static_cast<int>(2 * game->rules.komi)));
    ++count;
  }
  CHECK(small == Approx(0.75 * count).epsilon(0.15));
  CHECK(komi / count == Approx(1).margin(0.4));
}

TEST_CASE(
    "Training games: a fork follows the game before, then leaves it, at a komi that evens it out") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.games = 1;
  options.fork_chance = 1;
  options.opening_moves = options.random_opening_chance = 0;
  const auto games = play(options, 6, 20, evaluator);
  int followed = 0;
  for (std::size_t i = 1; i < games.size(); ++i) {
    const GameRecord &before = *games[i - 1], &fork = *games[i];
    std::size_t given = 0;  // turns, of which the last is random
    while (given < fork.turns.size() && fork.turns[given].weight == 0) ++given;
    REQUIRE(given > 0);
    const std::size_t at = given - 1;
    REQUIRE(at < before.turns.size());
    for (std::size_t t = 0; t < at; ++t) CHECK(fork.turns[t].move == before.turns[t].move);
    followed += static_cast<int>(at);
    const double lead = (at % 2 == 0 ? -1 : 1) * before.turns[at].score / 8.0;  // White's
    CHECK(static_cast<double>(fork.rules.komi - before.rules.komi) == Approx(-lead).margin(0.26));
  }
  CHECK(followed > 50);
}

TEST_CASE("Training games: komi given later is that of games that begin then") {
  test::UniformEvaluator evaluator;
  TrainingGamesOptions options = small_games();
  options.komi_stdev = options.wide_komi_chance = options.fork_chance = 0;
  std::vector<float> komi;
  TrainingGames pool(options, 1,
                     [&](std::unique_ptr<GameRecord> game) { komi.push_back(game->rules.komi); });
  pool.set_komi({-3.5});
  while (komi.size() < 20) pool.step(evaluator);
  CHECK(komi.front() == 1);
  CHECK(komi.back() == -3.5F);
}

}  // namespace ponnuki::selfplay
