#include "analysis/answer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/json_line.h"
#include "engine/symmetry.h"

namespace ponnuki::analysis {

using Json = nlohmann::json;

namespace {

// The version of KataGo whose protocol this is; clients compare it.
constexpr const char* kProtocolVersion = "1.16.0";

/// Rounds to `digits` significant digits. All seventeen digits would only make lines longer.
double rounded(double value, int digits = 8) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double scale = std::pow(10, digits - 1 - std::floor(std::log10(std::abs(value))));
  return std::isfinite(scale) ? std::round(value * scale) / scale : value;
}

Json rounded_list(const std::vector<float>& values, double sign) {
  constexpr int kDigits = 6;
  Json list = Json::array();
  for (const float value : values)
    list.push_back(rounded(sign * static_cast<double>(value), kDigits));
  return list;
}

/// Converts values from the perspective of the player to move to the perspective of the query.
class View {
 public:
  View(const AnalysisQuery& query, Color to_move) {
    const Perspective wanted = query.settings.perspective;
    turned_ = (wanted == Perspective::kBlack && to_move == Color::kWhite) ||
              (wanted == Perspective::kWhite && to_move == Color::kBlack);
  }
  double sign() const { return turned_ ? -1 : 1; }
  double share(double value) const { return rounded(turned_ ? 1 - value : value); }
  double points(double value) const { return rounded(sign() * value); }
  Json owners(const std::vector<float>& values) const { return rounded_list(values, sign()); }

 private:
  bool turned_;
};

Json vertices(const std::vector<Point>& points, BoardSize size) {
  Json list = Json::array();
  for (const Point point : points) list.push_back(to_gtp(point, size));
  return list;
}

Json move_info(const AnalysisQuery& query, const search::MoveInfo& move, const View& view,
               BoardSize size) {
  Json json = {{"move", to_gtp(move.move, size)},
               {"order", move.order},
               {"visits", move.visits},
               {"edgeVisits", move.edge_visits},
               {"weight", rounded(move.weight)},
               {"edgeWeight", rounded(move.weight)},
               {"utility", view.points(move.utility)},
               {"winrate", view.share(move.winrate)},
               // The name of the lead in older versions of KataGo, which clients still read.
               {"scoreMean", view.points(move.score_lead)},
               {"scoreLead", view.points(move.score_lead)},
               {"scoreSelfplay", view.points(move.score_selfplay)},
               {"scoreStdev", rounded(move.score_stdev)},
               {"prior", rounded(move.prior)},
               {"lcb", view.share(move.lcb)},
               {"utilityLcb", view.points(move.utility_lcb)},
               {"playSelectionValue", rounded(move.play_selection_value)},
               {"pv", vertices(move.pv, size)}};
  if (query.no_result_value) json["noResultValue"] = rounded(move.no_result);
  if (!move.symmetry_of.is_none()) json["isSymmetryOf"] = to_gtp(move.symmetry_of, size);
  if (query.pv_visits) {
    json["pvVisits"] = move.pv_visits;
    json["pvEdgeVisits"] = move.pv_edge_visits;
  }
  if (query.moves_ownership) json["ownership"] = view.owners(move.ownership);
  if (query.moves_ownership_stdev) json["ownershipStdev"] = rounded_list(move.ownership_stdev, 1);
  return json;
}

std::string hexadecimal(std::uint64_t key) {
  char text[24];
  std::snprintf(text, sizeof text, "%016llX", static_cast<unsigned long long>(key));
  return text;
}

/// A key of stones, simple ko and player under a symmetry.
std::uint64_t key_under(Symmetry symmetry, const Position& position) {
  const Board& board = position.board();
  const BoardSize size = board.size();
  const BoardSize seen = symmetry.apply(size);
  std::vector<Move> stones;
  for (int cell = 0; cell < size.area(); ++cell) {
    const Point point = Point::from_cell(cell, size);
    if (board.at(point) != Color::kEmpty)
      stones.push_back({board.at(point), symmetry.apply(point, size)});
  }
  Board turned(seen);
  if (!turned.place(stones)) return 0;
  if (!board.ko_point().is_none()) turned.set_ko_point(symmetry.apply(board.ko_point(), size));
  return Position(turned, position.to_move(), Rules{}).state_key();
}

Json root_info(const search::RootInfo& root, const View& view, const Position& position) {
  std::uint64_t least = key_under(Symmetry(), position);
  for (int number = 1; number < Symmetry::count(position.size()); ++number)
    least = std::min(least, key_under(Symmetry(number), position));
  return {{"visits", root.visits},
          {"weight", rounded(root.weight)},
          {"winrate", view.share(root.winrate)},
          {"scoreLead", view.points(root.score_lead)},
          {"scoreSelfplay", view.points(root.score_selfplay)},
          {"scoreStdev", rounded(root.score_stdev)},
          {"utility", view.points(root.utility)},
          {"rawWinrate", view.share(root.raw_winrate)},
          {"rawLead", view.points(root.raw_lead)},
          {"rawScoreSelfplay", view.points(root.raw_score_mean)},
          {"rawScoreSelfplayStdev", rounded(root.raw_score_stdev)},
          {"rawNoResultProb", rounded(root.raw_no_result)},
          {"rawStWrError", rounded(root.raw_winrate_error)},
          {"rawStScoreError", rounded(root.raw_score_error)},
          {"rawVarTimeLeft", rounded(root.raw_variance_time)},
          // No thisHash: Ogatak compares it with KataGo's own value, and warns if it differs.
          {"symHash", hexadecimal(least)},
          {"currentPlayer", root.to_move == Color::kBlack ? "B" : "W"}};
}

}  // namespace

search::AnalysisOptions options_for(const AnalysisQuery& query) {
  search::AnalysisOptions options;
  options.pv_length = query.settings.search.pv_length;
  options.ownership = query.ownership;
  options.ownership_stdev = query.ownership_stdev;
  options.moves_ownership = query.moves_ownership;
  options.moves_ownership_stdev = query.moves_ownership_stdev;
  return options;
}

std::string analysis_answer(const AnalysisQuery& query, int turn, bool during_search,
                            const Position& position, const search::Analysis& analysis) {
  const View view(query, analysis.root.to_move);
  Json json = {{"id", query.id},
               {"turnNumber", turn},
               {"isDuringSearch", during_search},
               {"moveInfos", Json::array()},
               {"rootInfo", root_info(analysis.root, view, position)}};
  for (const search::MoveInfo& move : analysis.moves)
    json["moveInfos"].push_back(move_info(query, move, view, position.size()));
  if (query.policy) json["policy"] = rounded_list(analysis.policy, 1);
  if (query.ownership) json["ownership"] = view.owners(analysis.ownership);
  if (query.ownership_stdev) json["ownershipStdev"] = rounded_list(analysis.ownership_stdev, 1);
  return json_line(json);
}

std::string no_results(const AnalysisQuery& query, int turn) {
  return json_line(
      Json{{"id", query.id}, {"turnNumber", turn}, {"isDuringSearch", false}, {"noResults", true}});
}

std::string action_answer(const AnalysisAction& action, const EngineFacts& facts) {
  Json json = Json::parse(action.request);
  if (action.kind == AnalysisAction::Kind::kVersion) {
    json["version"] = kProtocolVersion;
    json["git_hash"] = "Ponnuki " + facts.version;
  }
  if (action.kind == AnalysisAction::Kind::kModels) {
    json["models"] = Json::array(
        {{{"name", facts.net}, {"internalName", facts.net}, {"usesHumanSLProfile", false}}});
  }
  return json_line(json);
}

}  // namespace ponnuki::analysis
