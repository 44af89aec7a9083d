// The record with marks, comments and better variations, as other programs read it.
#include "review/sgf_report.h"

#include "review/text_report.h"
#include "tests/support/reviews.h"

namespace ponnuki::review {
namespace {

struct Report {
  explicit Report(const GameReview& review) : text(sgf_report(review, "Ponnuki 1.0")) {
    auto parsed = sgf::parse_sgf(text);
    REQUIRE(parsed.ok());
    tree = std::move(*parsed);
  }
  /// After so many moves of the main line.
  sgf::SgfNodeId node(int moves) const {
    sgf::SgfNodeId node = tree.roots().front();
    for (int i = 0; i < moves; ++i) node = tree.first_child(node);
    return node;
  }
  std::string value(int moves, const char* name) const {
    return std::string(tree.first_value(node(moves), name).value_or("none"));
  }
  std::string comment(int moves) const { return tree.text(node(moves), "C"); }

  std::string text;
  sgf::SgfTree tree;
};

const std::vector<test::Said> kSaid = {
    {0.5, 0, {"C3"}}, {0.55, 1, {"D2", "B4"}}, {0.9, 9, {"C2"}}, {0.7, 6.25, {"E5"}}};

TEST_CASE("SGF report: winrate, lead, marks and comments on the moves") {
  const Report report(test::review_of("(;SZ[5]C[A game.];B[cc];W[bb]C[Hm \\] ok];B[dd])", kSaid));
  CHECK(is_sgf_report(report.tree, report.tree.roots().front()));
  CHECK(report.value(0, "SBKV") == "50.00");
  CHECK(report.value(2, "SBKV") == "90.00");
  CHECK(report.value(3, "SBKS") == "6.25");
  CHECK(report.value(1, "BM") == "none");
  CHECK(report.value(2, "BM") == "1");
  CHECK(report.value(3, "DO") == "");
  CHECK(report.value(2, "HO") == "1");
  CHECK(report.value(1, "HO") == "none");
  CHECK(report.comment(2) ==
        "Hm ] ok\n\nBlack 90.0 %, B+9.0 (100 visits)\n??: lost 8.0 points, 35 %\n"
        "Better: D2 (Black 55.0 %, B+1.0)");
  CHECK(report.comment(0).starts_with("A game.\n\nPonnuki 1.0, judged by a judge\n\npoints lost"));
  CHECK(report.text.find("CA[UTF-8]") != std::string::npos);
}

TEST_CASE("SGF report: the better move stands beside a mistake, the game goes on first") {
  const Report report(test::review_of("(;SZ[5];B[cc];W[bb];B[dd])", kSaid));
  const sgf::SgfNodeId played = report.node(2);
  const sgf::SgfNodeId better = report.tree.next_sibling(played);
  CHECK(report.value(2, "W") == "bb");
  REQUIRE(better != sgf::kNoSgfNode);
  CHECK(report.tree.first_value(better, "W") == "dd");
  CHECK(report.tree.text(better, "C").starts_with("Better: D2"));
  CHECK(report.tree.next_sibling(report.node(1)) == sgf::kNoSgfNode);  // no mistake, no variation
}

TEST_CASE("SGF report: a mistake after a search that visited no move") {
  // Searches of one visit have no candidates.
  const GameReview review =
      test::review_of("(;SZ[9];B[cc];W[gg])", {{0.5, 0}, {0.1, -20}, {0.1, -20}});
  CHECK(sgf_report(review, "Ponnuki").find("??: lost 20.0 points") != std::string::npos);
  CHECK(turning_points_list(review, 5).find("lost 20.0 points") != std::string::npos);
}

TEST_CASE("SGF report: what the record has stays and is not said twice") {
  const Report report(test::review_of(
      "(;SZ[5]SBKV[12.00];B[cc](;W[bb]TE[1]LB[aa:x];B[dd])(;W[dd]C[the better one]))", kSaid));
  CHECK(report.value(0, "SBKV") == "50.00");  // another program's, replaced
  CHECK(report.value(2, "TE") == "1");        // somebody's judgement
  CHECK(report.value(2, "BM") == "none");
  CHECK(report.value(2, "LB") == "aa:x");
  const sgf::SgfNodeId own = report.tree.next_sibling(report.node(2));
  CHECK(report.tree.text(own, "C") == "the better one");
  CHECK(report.tree.next_sibling(own) == sgf::kNoSgfNode);
}

TEST_CASE("SGF report: variations are judged too where they were assessed") {
  const Report report(test::review_of("(;SZ[5];B[cc](;W[bb])(;W[dd]))",
                                      {{0.5, 0, {"C3"}}, {0.5, 0, {"B4"}}, {0.5, 0}, {0.99, 20}},
                                      true));
  const sgf::SgfNodeId variation = report.tree.next_sibling(report.node(2));
  CHECK(report.tree.first_value(variation, "SBKV") == "99.00");
  CHECK(report.tree.first_value(variation, "BM") == "1");
}

TEST_CASE("SGF report: a hidden best move that was found is marked") {
  GameReview review = test::review_of("(;SZ[5];B[cc])", {{0.5, 3, {"C3", "A1"}}, {0.5, 3}});
  review.assessments[0].moves[0].prior = 0.05;
  review.assessments[0].moves[1].lead = -1;
  CHECK(Report(review).value(1, "TE") == "1");
  review.assessments[0].moves[0].prior = 0.5;
  CHECK(Report(review).value(1, "TE") == "none");
}

TEST_CASE("SGF report: a variation of passes and captures can be read again") {
  GameReview review =
      test::review_of("(;SZ[5];B[cc];W[bb])", {{0.5, 0, {"C3"}}, {0.5, 0, {"D2"}}, {0.9, 9}});
  review.assessments[1].moves[0].pv = {Point::at(3, 3), Point::pass(), Point::at(1, 1)};
  const Report report(review);
  const auto tree = GameTree::read(std::make_shared<sgf::SgfTree>(report.tree),
                                   report.tree.roots().front(), {}, true);
  REQUIRE(tree.ok());
  CHECK(tree->nodes().size() == 6);
}

}  // namespace
}  // namespace ponnuki::review
