// The text of kata-raw-nn and the parsing of its arguments.
#include "nn/evaluators/raw_report.h"

#include <catch2/catch.hpp>

namespace ponnuki::nn {
namespace {

/// Says the same of every position; remembers what it was asked.
class FixedEvaluator final : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    for (const EvalRequest& request : requests) {
      asked.push_back(request);
      to_move = request.position->to_move();
      last_moves = request.position->move_count();
      Evaluation& e = *request.result;
      e.win = 0.625F;
      e.loss = 0.25F;
      e.no_result = 0.125F;
      e.score_mean = 2;
      e.score_stdev = 3;
      e.lead = 1.5F;
      e.variance_time = known ? 12.5F : 0;
      e.winloss_error = known ? 0.25F : 0;
      e.score_error = known ? 1.75F : 0;
      e.policy = {0.5F, -1, 0.25F, 0.125F, 0.125F};
      e.ownership = {1, -0.5F, 0, 0.25F};
    }
  }
  std::string name() const override { return "fixed"; }

  bool known = true;
  std::vector<EvalRequest> asked;
  Color to_move = Color::kEmpty;
  int last_moves = -1;
};

TEST_CASE("a report has KataGo's form, from White's view") {
  FixedEvaluator evaluator;
  Position position(BoardSize{2, 2});
  RawReportArgs args;
  args.symmetry = 3;
  CHECK(raw_report(evaluator, position, args) ==
        "symmetry 3\n"
        "whiteWin 0.250000\n"
        "whiteLoss 0.625000\n"
        "noResult 0.125000\n"
        "whiteLead -1.500\n"
        "whiteScoreSelfplay -2.000\n"
        "whiteScoreSelfplaySq 13.000\n"
        "varTimeLeft 12.500\n"
        "shorttermWinlossError 0.250\n"
        "shorttermScoreError 1.750\n"
        "policy\n"
        "0.500000     NAN \n"
        "0.250000 0.125000 \n"
        "policyPass 0.125000 \n"
        "whiteOwnership\n"
        "-1.0000000 0.5000000 \n"
        "-0.0000000 -0.2500000");
  CHECK(evaluator.asked.back().symmetry.number() == 3);
  CHECK(evaluator.asked.back().with_ownership);

  position.play(Point::at(1, 0));
  evaluator.known = false;
  const std::string white = raw_report(evaluator, position, args);
  CHECK(white.find("whiteWin 0.625000\n") != std::string::npos);
  CHECK(white.find("whiteLead 1.500\n") != std::string::npos);
  CHECK(white.find("varTimeLeft -1.000\nshorttermWinlossError -1.000\n") != std::string::npos);
}

TEST_CASE("'all' reports eight symmetries with empty lines between") {
  FixedEvaluator evaluator;
  const std::string text = raw_report(evaluator, Position(BoardSize{2, 2}), {});
  REQUIRE(evaluator.asked.size() == 8);
  for (int s = 0; s < 8; ++s) {
    CHECK(evaluator.asked[static_cast<std::size_t>(s)].symmetry.number() == s);
    CHECK(text.find((s > 0 ? "\n\nsymmetry " : "symmetry ") + std::to_string(s) + "\n") !=
          std::string::npos);
  }
}

TEST_CASE("for the other player the position becomes a setup") {
  FixedEvaluator evaluator;
  Position position(BoardSize{2, 2});
  position.play(Point::at(0, 0));
  RawReportArgs args;
  args.symmetry = 0;
  args.player = Color::kBlack;
  raw_report(evaluator, position, args);
  CHECK(evaluator.to_move == Color::kBlack);
  CHECK(evaluator.last_moves == 0);
  args.player = Color::kWhite;  // his turn anyway
  raw_report(evaluator, position, args);
  CHECK(evaluator.last_moves == 1);
}

TEST_CASE("arguments") {
  const auto parse = [](std::vector<std::string> words) { return parse_raw_report_args(words); };
  CHECK(parse({"all"})->symmetry == -1);
  CHECK(parse({"ALL"})->symmetry == -1);
  CHECK(parse({"5"})->symmetry == 5);
  CHECK(parse({"5"})->policy_optimism == 0.2F);
  CHECK(parse({"5", "0.75"})->policy_optimism == 0.75F);
  CHECK(parse({"w", "0"})->player == Color::kWhite);
  CHECK(parse({"0"})->player == Color::kEmpty);

  struct Case {
    std::vector<std::string> words;
    const char* error;
  };
  const Case cases[] = {
      {{}, "Expected a symmetry argument 'all' or index [0-7]"},
      {{"b"}, "Expected a symmetry argument 'all' or index [0-7]"},
      {{"8"}, "Expected a symmetry argument 'all' or index [0-7] but got '8'"},
      {{"-1"}, "Expected a symmetry argument 'all' or index [0-7] but got '-1'"},
      {{"0", "1.5"}, "Expected an optimism value in [0,1] but got '1.5'"},
      {{"0", "nan"}, "Expected an optimism value in [0,1] but got 'nan'"},
      {{"0", "1", "2"}, "Unexpected extra argument '2'"},
  };
  for (const Case& c : cases) {
    const auto parsed = parse(c.words);
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.error().message == c.error);
  }
}

}  // namespace
}  // namespace ponnuki::nn
