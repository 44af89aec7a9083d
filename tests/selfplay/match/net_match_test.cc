// Matches of nets in one process.
#include "selfplay/match/net_match.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "nn/kernels/fast_network.h"
#include "nn/model/initial_model.h"

namespace ponnuki::selfplay {
namespace {

std::shared_ptr<nn::Network> random_net(std::uint64_t seed) {
  auto network = nn::kernels::make_fast_network(
      std::make_shared<nn::Model>(nn::make_initial_model({1, 8}, seed)), {});
  REQUIRE(network);
  return std::move(*network);
}

NetMatchOptions small_match() {
  NetMatchOptions options;
  options.size = {5, 5};
  options.komi = 0;
  options.games = 20;
  options.simulations = 4;
  return options;
}

}  // namespace

TEST_CASE("Net match: against itself a net wins as much as it loses") {
  const std::shared_ptr<nn::Network> net = random_net(1);
  const Tally tally = play_net_match({net, net}, small_match());
  CHECK(tally.games() == 20);
  // The same game twice with colours swapped, but for the symmetries shown.
  CHECK(tally.score() == Approx(0.5).margin(0.35));
}

TEST_CASE("Net match: who has the better komi wins, whichever colour begins") {
  NetMatchOptions options = small_match();
  options.komi = 30;  // more than the board: White wins every game
  const Tally tally = play_net_match({random_net(1), random_net(2)}, options);
  CHECK(tally.wins == 10);
  CHECK(tally.losses == 10);
  CHECK(tally.draws == 0);
}

TEST_CASE("Net match: each net moves by its own judgement") {
  // One net passes wherever it may, the other one hardly ever: on a board with komi 0 it wins all.
  const auto biased = [](float pass_logit) {
    nn::Model model = nn::make_initial_model({1, 8}, 3);
    std::ranges::fill(model.policy.gpool_to_pass.weights, pass_logit);
    return std::shared_ptr<nn::Network>(std::move(
        *nn::kernels::make_fast_network(std::make_shared<nn::Model>(std::move(model)), {})));
  };
  NetMatchOptions options = small_match();
  options.simulations = 1;  // after which the other net has seen what comes next
  const Tally tally = play_net_match({biased(-50), biased(50)}, options);
  CHECK(tally.wins == 20);
}

TEST_CASE("Net match: the same result again, and with more threads as many games") {
  const std::array nets = {random_net(1), random_net(2)};
  NetMatchOptions options = small_match();
  const Tally once = play_net_match(nets, options), again = play_net_match(nets, options);
  CHECK(once.wins == again.wins);
  CHECK(once.draws == again.draws);
  options.threads = 3;
  CHECK(play_net_match(nets, options).games() == 20);
  const std::atomic<bool> stop{true};
  options.stop = &stop;
  CHECK(play_net_match(nets, options).games() == 0);
}

TEST_CASE("Net match: parts of a match are together the match, and can be replayed") {
  const std::array nets = {random_net(1), random_net(2)};
  NetMatchOptions options = small_match();
  options.games = 21;
  std::vector<NetMatchGame> games;
  const NetMatchTerms terms = options;
  const Tally whole = play_net_match(nets, options);
  options.ended = [&](NetMatchGame game) { games.push_back(std::move(game)); };
  for (const auto& [first, count] : {std::pair(0, 6), {6, 2}, {8, 13}}) {
    options.first = first;
    options.games = count;
    if (first == 6) options.openings = {generate_openings(options.size, 4, options.seed).back()};
    if (first == 8) options.openings.clear();
    CHECK(play_net_match(nets, options).games() == count);
  }
  REQUIRE(games.size() == 21);
  std::ranges::sort(games, {}, &NetMatchGame::number);
  for (int i = 0; i < 21; ++i) CHECK(games[static_cast<std::size_t>(i)].number == i);
  const auto openings = generate_openings(terms.size, 11, terms.seed);
  const auto replayed = tally_of(games, terms, openings);
  REQUIRE(replayed);
  CHECK(replayed->wins == whole.wins);
  CHECK(replayed->draws == whole.draws);
  CHECK(replayed->losses == whole.losses);
  games.front().number = 21;
  CHECK(tally_of(games, terms, openings).error().message == "game 21 is not of the match");
}

}  // namespace ponnuki::selfplay
