// The exact lines that clients parse.
#include "gtp/analysis_format.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"

namespace ponnuki::gtp {

namespace {

constexpr BoardSize kSize{2, 2};

/// Two moves: A1 searched, then a pass with nothing known of it.
search::Analysis sample() {
  search::Analysis analysis;
  analysis.root.visits = 1000;
  analysis.root.winrate = 0.475;
  analysis.root.score_lead = -1;
  search::MoveInfo a;
  a.move = Point::at(0, 1);
  a.visits = 836;
  a.edge_visits = 830;
  a.weight = 836.5;
  a.utility = -0.04;
  a.winrate = 0.4656;
  a.score_mean = -0.52;
  a.score_lead = -0.7;
  a.score_stdev = 24.7;
  a.score_selfplay = -0.52;
  a.prior = 0.0839;
  a.lcb = 0.464;
  a.utility_lcb = -0.05;
  a.pv = {a.move, Point::at(1, 0)};
  a.pv_visits = {836, 400};
  a.pv_edge_visits = {830, 399};
  a.ownership = {1, -1, 0.5F, 0};
  search::MoveInfo b;
  b.move = Point::pass();
  b.order = 1;
  b.visits = 3;
  b.winrate = 1e-9;
  b.lcb = -0.2;
  b.pv = {b.move};
  analysis.moves = {a, b};
  analysis.ownership = {0.123456F, -1, 0, 1};
  analysis.ownership_stdev = {0.5F, 0, 0, 0.25F};
  return analysis;
}

std::string format(const AnalysisArgs& args) {
  return format_analysis(sample(), args, [](Point p) { return to_gtp(p, kSize); });
}

AnalysisArgs with_style(AnalysisStyle style) {
  AnalysisArgs args;
  args.style = style;
  return args;
}

}  // namespace

TEST_CASE("Leela Zero's form") {
  CHECK(format(with_style(AnalysisStyle::kLeelaZero)) ==
        "info move A1 visits 836 winrate 4656 prior 839 lcb 4640 order 0 pv A1 B2 "
        "info move pass visits 3 winrate 0 prior 0 lcb 0 order 1 pv pass");
}

TEST_CASE("Sabaki's form has integer winrates and a lead with a decimal point") {
  CHECK(format(with_style(AnalysisStyle::kSabaki)) ==
        "info move A1 visits 836 winrate 4656 scoreLead -0.700 prior 839 lcb 4640 order 0 pv A1 B2 "
        "info move pass visits 3 winrate 0 scoreLead 0.000 prior 0 lcb 0 order 1 pv pass");
}

TEST_CASE("KataGo's form, plain: the variation is the last field") {
  AnalysisArgs args = with_style(AnalysisStyle::kKata);
  args.max_moves = 1;
  CHECK(format(args) ==
        "info move A1 visits 836 edgeVisits 830 utility -0.04 winrate 0.4656 scoreMean -0.7 "
        "scoreStdev 24.7 scoreLead -0.7 scoreSelfplay -0.52 prior 0.0839 lcb 0.464 "
        "utilityLcb -0.05 weight 836.5 order 0 pv A1 B2");
}

TEST_CASE("KataGo's form with all that can be asked for: ownership is last on the line") {
  AnalysisArgs args = with_style(AnalysisStyle::kKata);
  args.max_moves = 1;
  args.pv_visits = args.pv_edge_visits = args.moves_ownership = args.root_info = true;
  args.ownership = args.ownership_stdev = args.no_result_value = true;
  CHECK(format(args) ==
        "info move A1 visits 836 edgeVisits 830 utility -0.04 winrate 0.4656 scoreMean -0.7 "
        "scoreStdev 24.7 scoreLead -0.7 scoreSelfplay -0.52 noResultValue 0 prior 0.0839 lcb 0.464 "
        "utilityLcb -0.05 weight 836.5 order 0 pv A1 B2 pvVisits 836 400 pvEdgeVisits 830 399 "
        "movesOwnership 1 -1 0.5 0 rootInfo visits 1000 utility 0 winrate 0.475 scoreMean -1 "
        "scoreStdev 0 scoreLead -1 scoreSelfplay 0 weight 0 ownership 0.12346 -1 0 1 "
        "ownershipStdev 0.5 0 0 0.25");
}

TEST_CASE("Moves left out for symmetry name the move that stands for them") {
  search::Analysis analysis = sample();
  analysis.moves[0].symmetry_of = Point::at(1, 1);
  const std::string line = format_analysis(analysis, with_style(AnalysisStyle::kKata),
                                           [](Point p) { return to_gtp(p, kSize); });
  CHECK(line.find(" isSymmetryOf B1 order 0 ") != std::string::npos);
}

TEST_CASE("Nothing known, nothing said") {
  AnalysisArgs args = with_style(AnalysisStyle::kKata);
  args.root_info = args.ownership = true;
  CHECK(format_analysis({}, args, nullptr).empty());
}

TEST_CASE("The JSON of CGOS: pv without the move itself, one character a point") {
  CHECK(format_cgos(sample(), [](Point p) { return to_gtp(p, kSize); }) ==
        R"({"winrate":0.4750,"score":-1.0000,"visits":1000,"moves":[)"
        R"({"move":"A1","winrate":0.4656,"score":-0.7000,"prior":0.0839,"pv":"B2","visits":836},)"
        R"({"move":"pass","winrate":0.0000,"score":0.0000,"prior":0.0000,"pv":"","visits":3}],)"
        R"("ownership":"jAf+"})");
}

}  // namespace ponnuki::gtp
