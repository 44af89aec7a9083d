// Levels: their names, and how a weaker player chooses.
#include "gtp/level.h"

#include <catch2/catch.hpp>
#include <iterator>
#include <map>

#include "engine/coord.h"

namespace ponnuki::gtp {
namespace {

const BoardSize kSizes[] = {{9, 9}, {13, 13}, {19, 19}};

TEST_CASE("Levels: each searches no less and errs less than the one below, up to the strongest") {
  const BoardSize size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
  CAPTURE(size_text(size));
  const Rank strongest = strongest_level(size);
  for (int steps = 1; steps < Rank::kCount; ++steps) {
    CAPTURE(steps);
    const Strength weaker = strength_of({steps - 1}, size), stronger = strength_of({steps}, size);
    CHECK(stronger.visits >= weaker.visits);
    CHECK(stronger.error <= weaker.error);
    CHECK(stronger.wide_root_noise <= weaker.wide_root_noise);
    const bool differ = stronger.error < weaker.error || stronger.visits > weaker.visits;
    CHECK(differ == (Rank{steps} <= strongest));
  }
  CHECK(strength_of({0}, size).visits >= 10);
  CHECK(strength_of({Rank::kCount - 1}, size).error == 0);
}

TEST_CASE("Levels: those that the net does not reach on a board are named") {
  const BoardSize size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
  const Rank strongest = strongest_level(size);
  CHECK(level_note(strongest, size) == "");
  CHECK(level_note({0}, size) == "");
  if (strongest == Rank{Rank::kCount - 1}) return;
  const Rank beyond{strongest.steps + 1};
  CHECK(level_note(beyond, size) == "the net inside does not reach " + to_string(beyond) + " on " +
                                        size_text(size) + "; its strongest level there is about " +
                                        to_string(strongest));
}

TEST_CASE("Levels: boards between those measured take the nearest one") {
  CHECK(strongest_level({7, 11}) == strongest_level({9, 9}));
  CHECK(strongest_level({15, 13}) == strongest_level({13, 13}));
  CHECK(strongest_level({25, 17}) == strongest_level({19, 19}));
}

search::MoveInfo move(int x, double lead, double prior, std::int64_t visits = 5) {
  search::MoveInfo info;
  info.move = Point::at(x, 0);
  info.score_lead = lead;
  info.prior = prior;
  info.visits = visits;
  return info;
}

/// How often each is chosen in a thousand tries, by its x; -1: pass.
std::map<int, int> choices(const Strength& strength, const search::Analysis& analysis, Point best) {
  Random random(1);
  std::map<int, int> counts;
  for (int i = 0; i < 1000; ++i) {
    const Point p = choose_move_at(strength, analysis, best, random);
    ++counts[p.is_pass() ? -1 : p.x()];
  }
  return counts;
}

search::Analysis open_position() {
  search::Analysis analysis;
  analysis.root.score_stdev = 10;
  analysis.moves = {move(0, 0, 0.4), move(1, -2, 0.3), move(2, -12, 0.2), move(3, 0, 0.001),
                    move(4, 5, 0.3, 0)};
  return analysis;
}

TEST_CASE("Levels: the weaker the player, the more often the worse move") {
  const search::Analysis analysis = open_position();
  int last = 1000;
  for (const double error : {0.0, 0.1, 0.3, 1.0}) {
    auto counts = choices({16, error, 0}, analysis, Point::at(0, 0));
    CHECK(counts[0] <= last);
    last = counts[0];
    CHECK(counts[3] == 0);  // nobody thinks of it
    CHECK(counts[4] == 0);  // nobody has looked at it
    if (error > 0) CHECK(counts[1] > counts[2]);
  }
  CHECK(choices({16, 0, 0}, analysis, Point::at(0, 0))[0] == 1000);
  CHECK(choices({16, 1, 0}, analysis, Point::at(0, 0))[2] > 20);
}

TEST_CASE("Levels: a move that looks as good but was hardly looked at tempts only the weak") {
  search::Analysis analysis = open_position();
  analysis.moves = {move(0, 0, 0.4, 30), move(1, 0, 0.4, 1)};
  CHECK(choices({32, 0.03, 0}, analysis, Point::at(0, 0))[1] == 0);
  CHECK(choices({32, 1, 0}, analysis, Point::at(0, 0))[1] > 200);
}

TEST_CASE("Levels: no errors where the result is certain, and the end is seen") {
  search::Analysis analysis = open_position();
  analysis.root.score_stdev = 0.3;
  CHECK(choices({16, 1, 0}, analysis, Point::at(0, 0))[2] == 0);
  analysis = open_position();
  CHECK(choices({16, 1, 0}, analysis, Point::pass())[-1] == 1000);
  search::MoveInfo pass = move(0, 3, 0.5);
  pass.move = Point::pass();
  analysis.moves.push_back(pass);
  CHECK(choices({16, 1, 0}, analysis, Point::at(0, 0)).count(-1) == 0);  // no pass before its time
}

}  // namespace
}  // namespace ponnuki::gtp
