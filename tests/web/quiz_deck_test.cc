// The quiz over days: when a mistake comes again, and what is kept in the file.
#include "web/server/quiz_deck.h"

#include <catch2/catch.hpp>

#include "engine/file.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::web {
namespace {

constexpr Day kMonday = std::chrono::year(2026) / 11 / 30;

Day after(int days) { return kMonday + std::chrono::days(days); }

QuizCard mistake(int node, const char* game = "a") {
  return {game, node, "D4", Color::kWhite, 5.5, 0, {}};
}

TEST_CASE(
    "quiz deck: a right answer puts a task off longer each time, a wrong one until tomorrow") {
  const test::TemporaryFolder folder;
  const auto deck = std::move(*QuizDeck::open(folder / "quiz.json"));
  CHECK(deck->size() == 0);
  Day day = kMonday;
  for (const int days : {3, 7, 16, 35, 90, 90}) {
    REQUIRE(deck->answer(mistake(12), true, day));
    CHECK(deck->next_day() == day + std::chrono::days(days));
    day = deck->next_day();
  }
  REQUIRE(deck->answer(mistake(12), false, day));
  CHECK(deck->next_day() == day + std::chrono::days(1));
  CHECK(deck->size() == 1);
}

TEST_CASE("quiz deck: tasks are due on their day and later, those that wait longest first") {
  const test::TemporaryFolder folder;
  const auto deck = std::move(*QuizDeck::open(folder / "quiz.json"));
  REQUIRE(deck->answer(mistake(1), true, kMonday));
  REQUIRE(deck->answer(mistake(2), false, kMonday));
  CHECK(deck->due(kMonday).empty());
  REQUIRE(deck->due(after(1)).size() == 1);
  CHECK(deck->due(after(1))[0].node == 2);
  REQUIRE(deck->due(after(9)).size() == 2);
  CHECK(deck->due(after(9))[0].node == 2);
}

TEST_CASE("quiz deck: tasks last over restarts, and go with their game") {
  const test::TemporaryFolder folder;
  {
    const auto deck = std::move(*QuizDeck::open(folder / "quiz.json"));
    REQUIRE(deck->answer(mistake(1), true, kMonday));
    REQUIRE(deck->answer(mistake(2), false, kMonday));
    REQUIRE(deck->answer(mistake(1, "b"), false, kMonday));
  }
  const auto deck = std::move(*QuizDeck::open(folder / "quiz.json"));
  const std::vector<QuizCard> cards = deck->due(after(3));
  REQUIRE(cards.size() == 3);
  CHECK(cards[2].node == 1);
  CHECK(cards[2].game == "a");
  CHECK(cards[2].move == "D4");
  CHECK(cards[2].player == Color::kWhite);
  CHECK(cards[2].points == 5.5);
  CHECK(cards[2].due == after(3));
  REQUIRE(deck->forget("a", 2));
  CHECK(deck->size() == 2);
  REQUIRE(deck->forget("a"));
  REQUIRE(deck->size() == 1);
  CHECK(deck->due(after(1))[0].game == "b");
}

TEST_CASE("quiz deck: a damaged file is told and left alone") {
  const test::TemporaryFolder folder;
  const char* text = GENERATE("", "{", "[]", R"({"version":2,"cards":[]})", R"({"version":1})",
                              R"({"version":1,"cards":[{"game":7}]})");
  CAPTURE(text);
  const std::string path = folder.write("quiz.json", text);
  CHECK(QuizDeck::open(path).error().message.find("is damaged") != std::string::npos);
  CHECK(*read_plain_file(path) == text);
}

TEST_CASE("quiz deck: an answer that cannot be stored changes nothing") {
  const test::TemporaryFolder folder;
  const auto deck = std::move(*QuizDeck::open(folder / "missing/quiz.json"));
  CHECK_FALSE(deck->answer(mistake(1), true, kMonday));
  CHECK(deck->size() == 0);
}

}  // namespace
}  // namespace ponnuki::web
