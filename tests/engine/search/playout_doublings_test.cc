// Handicap play: whose playouts the evaluator is told are doubled.
#include <catch2/catch.hpp>
#include <set>

#include "engine/search/search.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::search {
namespace {

/// Notes the doublings of all requests, by the player to move.
class NotingEvaluator final : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    uniform_.evaluate(requests);
    for (const EvalRequest& request : requests) {
      ++calls;
      of[request.position->to_move() == Color::kWhite].insert(request.playout_doublings);
    }
  }
  std::string name() const override { return "noting"; }

  std::set<float> of[2];  // Black's, White's
  int calls = 0;

 private:
  test::UniformEvaluator uniform_;
};

SearchParams doubled(double doublings, std::optional<Color> player = {}) {
  SearchParams params = test::cold_search();
  params.playout_doublings = doublings;
  params.playout_doublings_for = player;
  return params;
}

TEST_CASE("Playouts are doubled for the player at the root, or for the one who is named") {
  const std::set<float> more{1.5F}, less{-1.5F}, none{0};
  const auto expect = [](const SearchParams& params, Color root, const std::set<float>& black,
                         const std::set<float>& white) {
    NotingEvaluator evaluator;
    Search search(evaluator, params);
    Position position({5, 5});
    position.set_to_move(root);
    search.set_position(position);
    search.run(test::visits(60));
    CHECK(evaluator.of[0] == black);
    CHECK(evaluator.of[1] == white);
  };
  expect(doubled(0), Color::kBlack, none, none);
  expect(doubled(1.5), Color::kBlack, more, less);
  expect(doubled(1.5), Color::kWhite, less, more);
  expect(doubled(-1.5), Color::kWhite, more, less);
  expect(doubled(1.5, Color::kBlack), Color::kWhite, more, less);
  expect(doubled(1.5, Color::kWhite), Color::kWhite, less, more);
}

TEST_CASE("A tree is kept as long as the same player is favoured") {
  NotingEvaluator evaluator;
  Position position({5, 5});
  const auto visits_after = [&](const SearchParams& first, const SearchParams& then, int moves) {
    Search search(evaluator, first);
    search.set_position(position);
    search.run(test::visits(200));
    Position next = position;
    for (int i = 0; i < moves; ++i) {
      next.play({next.to_move(), search.choose_move().move});
      search.set_params(then);
      search.set_position(next);
    }
    if (moves == 0) search.set_params(then);
    return search.run(test::visits(1)).root_visits;
  };
  const SearchParams plain = doubled(0), root = doubled(1), black = doubled(1, Color::kBlack),
                     white = doubled(1, Color::kWhite);
  CHECK(visits_after(plain, plain, 1) > 1);
  CHECK(visits_after(black, black, 1) > 1);
  CHECK(visits_after(root, root, 1) == 1);
  CHECK(visits_after(plain, doubled(0, Color::kWhite), 0) == 200);
  CHECK(visits_after(plain, black, 0) == 1);
  CHECK(visits_after(black, white, 0) == 1);
  CHECK(visits_after(black, doubled(2, Color::kBlack), 0) == 1);
}

}  // namespace
}  // namespace ponnuki::search
