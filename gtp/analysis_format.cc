// Writes the fields as the parsers of clients expect them. Several parsers depend on the order of
// the fields. (docs/gtp.md describes the formats; tests/gtp/analysis_format_test.cc has the exact
// text.)
#include "gtp/analysis_format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace ponnuki::gtp {

namespace {

constexpr std::size_t kMostCgosMoves = 20;

/// Appends fields "key value" to a line.
class Fields {
 public:
  explicit Fields(std::string& line) : line_(line) {}
  Fields& text(const char* key, const std::string& value) {
    line_.append(" ").append(key).append(" ").append(value);
    return *this;
  }
  Fields& integer(const char* key, long long value) { return text(key, std::to_string(value)); }
  Fields& number(const char* key, double value) { return printed(key, "%.6g", value); }
  Fields& printed(const char* key, const char* format, double value) {
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, format, value == 0 ? 0.0 : value);
    return text(key, buffer);
  }
  /// A probability in Leela Zero's format: an integer from 0 to 10000.
  Fields& ten_thousandths(const char* key, double value) {
    return integer(key, std::lround(10000 * std::clamp(value, 0.0, 1.0)));
  }
  template <typename T>
  Fields& list(const char* key, const std::vector<T>& values) {
    line_.append(" ").append(key);
    for (const T value : values) {
      char buffer[48];
      std::snprintf(buffer, sizeof buffer, " %.5g", static_cast<double>(value));
      line_ += buffer;
    }
    return *this;
  }

 private:
  std::string& line_;
};

std::string variation(const std::vector<Point>& points, const VertexText& vertex) {
  std::string text;
  for (const Point p : points) {
    if (!text.empty()) text += ' ';
    text += vertex(p);
  }
  return text;
}

/// Leela Zero's fields. Sabaki's `analyze` adds the lead, always with a decimal point.
void add_plain(const search::MoveInfo& move, const AnalysisArgs& args, const VertexText& vertex,
               std::string& line) {
  Fields fields(line);
  fields.text("move", vertex(move.move)).integer("visits", move.visits);
  fields.ten_thousandths("winrate", move.winrate);
  if (args.style == AnalysisStyle::kSabaki) fields.printed("scoreLead", "%.3f", move.score_lead);
  fields.ten_thousandths("prior", move.prior).ten_thousandths("lcb", move.lcb);
  fields.integer("order", move.order).text("pv", variation(move.pv, vertex));
}

void add_kata(const search::MoveInfo& move, const AnalysisArgs& args, const VertexText& vertex,
              std::string& line) {
  Fields fields(line);
  fields.text("move", vertex(move.move)).integer("visits", move.visits);
  fields.integer("edgeVisits", move.edge_visits).number("utility", move.utility);
  fields.number("winrate", move.winrate);
  // The name of the lead in older versions of KataGo, which clients still read.
  fields.number("scoreMean", move.score_lead).number("scoreStdev", move.score_stdev);
  fields.number("scoreLead", move.score_lead).number("scoreSelfplay", move.score_selfplay);
  if (args.no_result_value) fields.number("noResultValue", move.no_result);
  fields.number("prior", move.prior).number("lcb", move.lcb);
  fields.number("utilityLcb", move.utility_lcb).number("weight", move.weight);
  if (!move.symmetry_of.is_none()) fields.text("isSymmetryOf", vertex(move.symmetry_of));
  fields.integer("order", move.order).text("pv", variation(move.pv, vertex));
  if (args.pv_visits) fields.list("pvVisits", move.pv_visits);
  if (args.pv_edge_visits) fields.list("pvEdgeVisits", move.pv_edge_visits);
  if (args.moves_ownership) fields.list("movesOwnership", move.ownership);
}

void add_root(const search::Analysis& analysis, const AnalysisArgs& args, std::string& line) {
  Fields fields(line);
  const search::RootInfo& root = analysis.root;
  if (args.root_info) {
    line += " rootInfo";
    fields.integer("visits", root.visits).number("utility", root.utility);
    fields.number("winrate", root.winrate).number("scoreMean", root.score_lead);
    fields.number("scoreStdev", root.score_stdev).number("scoreLead", root.score_lead);
    fields.number("scoreSelfplay", root.score_selfplay).number("weight", root.weight);
  }
  if (args.ownership) fields.list("ownership", analysis.ownership);
  if (args.ownership_stdev) fields.list("ownershipStdev", analysis.ownership_stdev);
}

std::string decimal(double value) {
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%.4f", value == 0 ? 0.0 : value);
  return buffer;
}

/// One character for each point, in 63 steps from A (the opponent's) to + (the player to move's).
std::string cgos_ownership(const std::vector<float>& ownership) {
  constexpr std::string_view kSteps =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+";
  std::string text;
  for (const float value : ownership) {
    const double share = (std::clamp(value, -1.0F, 1.0F) + 1) / 2;
    text += kSteps[static_cast<std::size_t>(std::lround(share * 62))];
  }
  return text;
}

}  // namespace

std::string format_analysis(const search::Analysis& analysis, const AnalysisArgs& args,
                            const VertexText& vertex) {
  std::string line;
  int count = 0;
  for (const search::MoveInfo& move : analysis.moves) {
    if (count++ >= args.max_moves) break;
    line += line.empty() ? "info" : " info";
    if (args.style == AnalysisStyle::kKata) {
      add_kata(move, args, vertex, line);
    } else {
      add_plain(move, args, vertex, line);
    }
  }
  if (!line.empty() && args.style == AnalysisStyle::kKata) add_root(analysis, args, line);
  return line;
}

std::string format_cgos(const search::Analysis& analysis, const VertexText& vertex) {
  std::string moves;
  for (std::size_t i = 0; i < std::min(analysis.moves.size(), kMostCgosMoves); ++i) {
    const search::MoveInfo& move = analysis.moves[i];
    // In this format the variation does not begin with the move itself.
    const std::vector<Point> rest(move.pv.begin() + (move.pv.empty() ? 0 : 1), move.pv.end());
    if (i > 0) moves += ',';
    moves += R"({"move":")" + vertex(move.move) + R"(","winrate":)" + decimal(move.winrate);
    moves += R"(,"score":)" + decimal(move.score_lead) + R"(,"prior":)" + decimal(move.prior);
    moves += R"(,"pv":")" + variation(rest, vertex) + R"(","visits":)";
    moves += std::to_string(move.visits) + "}";
  }
  const search::RootInfo& root = analysis.root;
  return R"({"winrate":)" + decimal(root.winrate) + R"(,"score":)" + decimal(root.score_lead) +
         R"(,"visits":)" + std::to_string(root.visits) + R"(,"moves":[)" + moves +
         R"(],"ownership":")" + cgos_ownership(analysis.ownership) + "\"}";
}

}  // namespace ponnuki::gtp
