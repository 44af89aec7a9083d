// Scores and dead stones.
#include <catch2/catch.hpp>

#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

namespace {

/// Two walls on 5×5: Black owns columns A to C, White D and E, with one white stone left in Black's
/// area. The scripted evaluator calls every stone its owner's.
constexpr const char* kWalls =
    "boardsize 5\nkomi 0.5\n"
    "set_position b C1 b C2 b C3 b C4 b C5 w D1 w D2 w D3 w D4 w D5 w A3\n";

/// As the scripted evaluator, but it knows that Black owns the three columns on the left and wins.
class KnowsBest : public ScriptedEvaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    ScriptedEvaluator::evaluate(requests);
    for (const EvalRequest& request : requests) {
      const BoardSize size = request.position->size();
      const float black = request.position->to_move() == Color::kBlack ? 1.0F : -1.0F;
      for (int cell = 0; cell < size.area(); ++cell) {
        request.result->ownership[static_cast<std::size_t>(cell)] =
            cell % size.width <= 2 ? black : -black;
      }
      request.result->win = black > 0 ? 0.95F : 0.05F;
      request.result->loss = 1 - request.result->win;
      request.result->score_mean = request.result->lead = 7 * black;
    }
  }
};

std::string ask(const std::string& conversation) {
  const server::EvaluatorProvider provider(
      []() -> Result<std::shared_ptr<Evaluator>> {
        return std::shared_ptr<Evaluator>(std::make_shared<KnowsBest>());
      },
      nullptr);
  server::Inbox inbox;
  StringOutput out;
  Session session(bench_options(), {provider, inbox, out, nullptr});
  for_each_line(kWalls, [&](std::string_view line) { session.answer(line); });
  out.all.clear();
  for_each_line(conversation, [&](std::string_view line) { session.answer(line); });
  return out.all;
}

}  // namespace

TEST_CASE("Under Tromp-Taylor rules a finished game is counted as it stands") {
  // Black has C1 to C5 only: A1 to B5 touch the white stone too. White has A3, D1 to D5 and E.
  CHECK(ask("play b pass\nplay w pass\nfinal_score\nfinal_status_list dead") ==
        "= \n\n= \n\n= W+6.5\n\n= \n\n");
}

TEST_CASE(
    "Under Tromp-Taylor rules stones in pass-alive area of the opponent are dead, and listed") {
  //   A B C D E
  // 5 . X X O .    Black's two eyes, A1 and A2 beside A4 and A5, need no further move. White's A1
  // 4 . . X O .    counts for Black, as KataGo says (B+5), so it is dead.
  // 3 X X X O O
  // 2 . . X O .
  // 1 O X X O .
  Bench bench;
  bench.send(
      "boardsize 5\nkomi 0\nkata-set-rules tromp-taylor\n"
      "set_position b A3 b B1 b B3 b B5 b C1 b C2 b C3 b C4 b C5 w A1 w D1 w D2 w D3 w D4 w D5 w "
      "E3\n"
      "play b pass\nplay w pass");
  CHECK(bench.send("final_score") == "= B+5\n\n");
  CHECK(bench.send("final_status_list dead") == "= A1\n\n");
  CHECK(bench.send("final_status A1\nfinal_status A2") == "= dead\n\n= black_territory\n\n");
  CHECK(bench.send("final_status_list alive").find("A1") == std::string::npos);
}

TEST_CASE("Elsewhere dead stones are taken off first") {
  CHECK(ask("kata-set-rules chinese\nplay b pass\nplay w pass\nfinal_status_list dead\n"
            "final_status_list alive\nfinal_status_list seki\nfinal_score")
            .find("= A3\n\n") != std::string::npos);
  // Chinese: 15 points against 10.5.
  CHECK(ask("kata-set-rules chinese\nplay b pass\nplay w pass\nfinal_score") ==
        "= \n\n= \n\n= \n\n= B+4.5\n\n");
  // Japanese: 10 points and a prisoner against 5.5.
  CHECK(ask("kata-set-rules japanese\nplay b pass\nplay w pass\nfinal_score") ==
        "= \n\n= \n\n= \n\n= B+5.5\n\n");
}

TEST_CASE("final_status of stones and points") {
  const std::string over = "kata-set-rules chinese\nplay b pass\nplay w pass\n";
  CHECK(ask(over + "final_status A3\nfinal_status C3\nfinal_status E5\nfinal_status A1") ==
        "= \n\n= \n\n= \n\n= dead\n\n= alive\n\n= white_territory\n\n= black_territory\n\n");
  CHECK(ask("final_status Z9") == "? invalid coordinate\n\n");
}

TEST_CASE("final_status_list lists a chain a line, and knows three words") {
  const std::string over = "kata-set-rules chinese\nplay b pass\nplay w pass\n";
  const std::string text = ask(over + "final_status_list alive");
  CHECK(text.find("C5") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 6 + 3);
  CHECK(ask("final_status_list").starts_with("? syntax error"));
  CHECK(ask("final_status_list living").starts_with("? syntax error"));
}

TEST_CASE("Stones in seki share liberties and have no territory") {
  //   A B C D E F G
  // 3 . X O . X O .    Black lives on the left, White on the right; between them four white
  // 2 . X O O X O .    and three black stones share D3 and D1.
  // 1 . X O . X O .
  Bench bench;
  bench.send(
      "boardsize 7 3\nkata-set-rules japanese\n"
      "set_position b B1 b B2 b B3 w C1 w C2 w C3 w D2 b E1 b E2 b E3 w F1 w F2 w F3\n"
      "play b pass\nplay w pass");
  CHECK(bench.send("final_status_list seki") == "= C3 C2 D2 C1\nE3 E2 E1\n\n");
  CHECK(bench.send("final_status D2\nfinal_status D3\nfinal_status A1\nfinal_status B1") ==
        "= seki\n\n= dame\n\n= black_territory\n\n= alive\n\n");
  CHECK(bench.send("final_status_list dead") == "= \n\n");
}

TEST_CASE("A settled board is counted, even if nobody has passed") {
  // The lead of the evaluator is 7. Dead stones are taken off under Tromp-Taylor rules too, since
  // they would be captured before the passes.
  CHECK(ask("final_score") == "= B+4.5\n\n");
  CHECK(ask("komi 1\nfinal_score") == "= \n\n= B+4\n\n");
  CHECK(ask("final_status_list dead") == "= A3\n\n");
  CHECK(ask("estimate_score").starts_with("= B+4.5 (upper bound: "));
}

TEST_CASE("Any other unfinished game is estimated from the lead, as a score that can occur") {
  const std::string begun = "clear_board\nplay b C3\nplay w D3\n";
  CHECK(ask(begun + "final_score") == "= \n\n= \n\n= \n\n= B+7.5\n\n");
  CHECK(ask(begun + "komi 1\nfinal_score").ends_with("= B+7\n\n"));
  CHECK(ask(begun + "estimate_score").find("= B+7.5 (upper bound: ") != std::string::npos);
}

TEST_CASE("A judgement is kept for its position") {
  // Were it searched anew, the changed number of visits would not matter to the answer but to the
  // time; here the point is that asking twice agrees.
  const std::string text =
      ask("kata-set-rules chinese\nplay b pass\nplay w pass\nfinal_score\nfinal_score");
  CHECK(text == "= \n\n= \n\n= \n\n= B+4.5\n\n= B+4.5\n\n");
}

}  // namespace ponnuki::gtp::test
