// The net that ships with the program.
#include "nn/files/built_in_nets.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "nn/evaluators/net_evaluator.h"
#include "nn/kernels/fast_network.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::nn {
namespace {

Evaluation judge(const Position& position) {
  auto model = load_named_model(kBuiltInNet);
  INFO((model ? "" : model.error().message));
  REQUIRE(model);
  REQUIRE(NetEvaluator::check(*model));
  auto network = kernels::make_fast_network(std::make_shared<Model>(std::move(*model)), {});
  REQUIRE(network);
  NetEvaluator evaluator(std::shared_ptr<Network>(std::move(*network)));
  return evaluate_one(evaluator, position, {.with_ownership = true});
}

}  // namespace

TEST_CASE("The net inside takes an empty board for an even game, and does not begin at the edge") {
  Rules rules;
  rules.komi = 7;
  const Evaluation e = judge(Position(BoardSize{9, 9}, rules));
  CHECK(e.win > 0.25F);
  CHECK(e.win < 0.75F);
  const auto best = std::max_element(e.policy.begin(), e.policy.end()) - e.policy.begin();
  const Point point = Point::from_cell(static_cast<int>(best), {9, 9});
  REQUIRE(!point.is_pass());
  CHECK(std::min({point.x(), point.y(), 8 - point.x(), 8 - point.y()}) >= 2);
}

TEST_CASE("The net inside judges alike under all rule sets that people play by") {
  Rules base;
  base.komi = 7;
  Position opening(BoardSize{9, 9}, base);
  for (const Point p : {Point::at(4, 4), Point::at(2, 3), Point::at(6, 3)}) opening.play(p);
  const Evaluation known = judge(opening);
  for (const char* name : {"tromp-taylor", "chinese", "japanese", "korean", "aga", "new-zealand"}) {
    CAPTURE(name);
    Rules rules = *parse_rules(name, base);
    rules.komi = 7;
    Position position(BoardSize{9, 9}, rules);
    for (const Move move : opening.moves()) position.play(move);
    const Evaluation e = judge(position);
    CHECK(e.win == Approx(known.win).margin(0.15));
    // It has never been without the planes of area, which territory rules do not show.
    CHECK(e.lead == Approx(known.lead).margin(rules.scoring == ScoringRule::kArea ? 1 : 3.5));
    const auto best = std::max_element(e.policy.begin(), e.policy.end()) - e.policy.begin();
    CHECK(e.policy[static_cast<std::size_t>(best)] ==
          Approx(known.policy[static_cast<std::size_t>(best)]).margin(0.2));
  }
}

TEST_CASE("The net inside knows whose points are whose, and who has won") {
  Rules rules;
  rules.komi = 7;
  const Position position = test::position(R"(
      . X . X O O . O .
      X . X X O . O . O
      . X . X O O . O .
      X X X X X O O O O
      . . X . X O . . .
      X X X X X O O . .
      . X . X X O . O O
      X . X X X O O . .
      . X . X X O . O .
  )",
                                           Color::kWhite, rules);
  const Evaluation e = judge(position);  // Black leads by less than komi
  CHECK(e.win > 0.8F);
  int right = 0;
  for (int cell = 0; cell < 81; ++cell) {
    const bool is_whites = cell % 9 >= 5 || (cell % 9 == 4 && cell / 9 < 3);
    right += (e.ownership[static_cast<std::size_t>(cell)] > 0) == is_whites;
  }
  CHECK(right >= 74);
}

TEST_CASE("Nets are named by file but for those inside") {
  CHECK(load_named_model("missing.bin.gz").error().message.find("missing.bin.gz") !=
        std::string::npos);
  CHECK(!built_in_net(kZeroNet).empty());
  for (const char* name : {kBuiltInNet, kZeroNet, kRecordsNet}) CHECK(is_built_in_net(name));
  CHECK_FALSE(is_built_in_net("zero.bin.gz"));
  CHECK_FALSE(is_built_in_net(""));
}

TEST_CASE("Small boards are those of the net that taught itself") {
  for (const BoardSize size : {BoardSize{5, 5}, BoardSize{9, 9}, BoardSize{13, 13}})
    CHECK_FALSE(takes_records_net(size));
  // Where there is no other net, it plays on all boards.
  const bool has_records = !built_in_net(kRecordsNet).empty();
  for (const BoardSize size : {BoardSize{14, 14}, BoardSize{19, 19}, BoardSize{9, 19}})
    CHECK(takes_records_net(size) == has_records);
  CHECK(static_cast<bool>(load_named_model(kRecordsNet)) == has_records);
}

}  // namespace ponnuki::nn
