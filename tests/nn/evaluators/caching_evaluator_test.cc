// The cache answers what the evaluator would, within its memory, for requests that are really the
// same.
#include "nn/evaluators/caching_evaluator.h"

#include <catch2/catch.hpp>

#include "tests/support/fake_evaluator.h"

namespace ponnuki::nn {
namespace {

struct Fixture {
  explicit Fixture(std::size_t bytes = 1 << 20) {
    auto inner = std::make_unique<test::HashEvaluator>();
    fake = inner.get();
    cache = std::make_unique<CachingEvaluator>(std::move(inner), bytes);
  }
  Evaluation ask(const Position& position, EvalRequest request = {}) {
    return evaluate_one(*cache, position, request);
  }
  std::size_t calls() const { return fake->calls().size(); }

  test::HashEvaluator* fake;
  std::unique_ptr<CachingEvaluator> cache;
};

bool same(const Evaluation& a, const Evaluation& b) {
  return a.win == b.win && a.lead == b.lead && a.policy == b.policy && a.ownership == b.ownership;
}

TEST_CASE("a known position is not asked again, and the answer does not change") {
  Fixture f;
  const Position position({9, 9});
  const Evaluation first = f.ask(position), second = f.ask(position);
  CHECK(f.calls() == 1);
  CHECK(same(first, second));
  CHECK(f.cache->stats().hits == 1);
  CHECK(f.cache->stats().misses == 1);

  Evaluation exact;
  test::HashEvaluator::answer({&position, &exact});
  CHECK(first.win == exact.win);
  CHECK(first.lead == exact.lead);
  for (std::size_t i = 0; i < exact.policy.size(); ++i) {
    if (exact.policy[i] < 0) {
      CHECK(first.policy[i] == -1);
    } else {
      CHECK(first.policy[i] == Approx(exact.policy[i]).epsilon(2.5e-4));
    }
  }
}

TEST_CASE("what a network may see tells requests apart") {
  Fixture f;
  Position position({9, 9});
  f.ask(position);
  SECTION("symmetry") { f.ask(position, {.symmetry = Symmetry(3)}); }
  SECTION("optimism") { f.ask(position, {.policy_optimism = 0.5F}); }
  SECTION("temperature") { f.ask(position, {.policy_temperature = 1.5F}); }
  SECTION("doublings") { f.ask(position, {.playout_doublings = -1}); }
  SECTION("company") { f.ask(position, {.alone = true}); }
  SECTION("komi") {
    position.set_komi(0.5F);
    f.ask(position);
  }
  SECTION("player") {
    position.set_to_move(Color::kWhite);
    f.ask(position);
  }
  SECTION("stones") {
    position.play(Point::at(4, 4));
    f.ask(position);
  }
  SECTION("size") { f.ask(Position({9, 10})); }
  CHECK(f.calls() == 2);
}

TEST_CASE("ownership is asked for when it is first wanted") {
  Fixture f;
  const Position position({9, 9});
  CHECK(f.ask(position).ownership.empty());
  const Evaluation full = f.ask(position, {.with_ownership = true});
  CHECK(f.calls() == 2);
  CHECK(full.ownership.size() == 81);
  CHECK(same(f.ask(position, {.with_ownership = true}), full));
  CHECK(f.ask(position).ownership.empty());
  CHECK(f.calls() == 2);

  Evaluation exact;
  test::HashEvaluator::answer({&position, &exact, {}, true});
  for (std::size_t i = 0; i < 81; ++i)
    CHECK(full.ownership[i] == Approx(exact.ownership[i]).margin(2e-5));
}

TEST_CASE("one call carries all that is unknown, in order") {
  Fixture f;
  std::vector<Position> positions;
  for (int i = 0; i < 5; ++i) {
    positions.emplace_back(BoardSize{9, 9});
    positions.back().play(Point::at(i, 0));
  }
  const Evaluation known = f.ask(positions[2]);
  std::vector<Evaluation> results(5);
  std::vector<EvalRequest> requests;
  for (std::size_t i = 0; i < 5; ++i) requests.push_back({&positions[i], &results[i]});
  f.cache->evaluate(requests);
  CHECK(f.fake->calls() == std::vector<std::size_t>{1, 4});
  CHECK(same(results[2], known));
  for (std::size_t i = 0; i < 5; ++i) CHECK(same(results[i], f.ask(positions[i])));
}

TEST_CASE("memory is bounded, and what was used last stays") {
  constexpr std::size_t kBytes = 64 * 1024;
  Fixture f(kBytes);
  Position favourite({9, 9});
  f.ask(favourite);
  Position position({9, 9});
  Random random(5);
  for (int i = 0; i < 2000; ++i) {
    Position next({9, 9});
    next.set_komi(static_cast<float>(i) * 0.5F - 300);
    next.play(Point::at(static_cast<int>(random.below(9)), static_cast<int>(random.below(9))));
    f.ask(next);
    f.ask(favourite);
    REQUIRE(f.cache->stats().bytes <= kBytes);
  }
  CHECK(f.calls() == 2001);
  CHECK(f.cache->stats().entries > 64);
}

TEST_CASE("a cache without memory only passes on") {
  Fixture f(0);
  const Position position({9, 9});
  f.ask(position);
  f.ask(position);
  CHECK(f.calls() == 2);
  CHECK(f.cache->stats().entries == 0);
}

TEST_CASE("clearing forgets, here and behind") {
  Fixture f;
  const Position position({9, 9});
  f.ask(position);
  f.cache->clear_cache();
  CHECK(f.cache->stats().entries == 0);
  CHECK(f.cache->stats().bytes == 0);
  f.ask(position);
  CHECK(f.calls() == 2);
  CHECK(f.fake->clears == 1);
}

TEST_CASE("packing keeps the ends of probabilities and ownership") {
  Evaluation e;
  e.policy = {1, 0, -1, 1e-30F, 1e-6F, 0.5F};
  e.ownership = {-1, 1, 0, 0.25F};
  Evaluation out, again;
  PackedEvaluation(e).unpack(true, out);
  CHECK(out.policy[0] == 1);
  CHECK(out.policy[1] == 0);
  CHECK(out.policy[2] == -1);
  CHECK(out.policy[3] == 0);
  CHECK(out.policy[4] == Approx(1e-6).epsilon(2.5e-4));
  CHECK(out.policy[5] == 0.5F);
  CHECK(out.ownership[0] == -1);
  CHECK(out.ownership[1] == 1);
  CHECK(out.ownership[2] == 0);
  PackedEvaluation(out).unpack(true, again);
  CHECK(again.policy == out.policy);
  CHECK(again.ownership == out.ownership);
}

}  // namespace
}  // namespace ponnuki::nn
