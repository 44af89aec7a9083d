#include "review/table_report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/json_line.h"
#include "engine/json_parse.h"
#include "engine/printable.h"
#include "review/text.h"

namespace ponnuki::review {
namespace {

using Json = nlohmann::json;

double ten_thousandths(double value) { return std::round(value * 10'000) / 10'000; }

Json move_info(const AssessedMove& move, std::size_t order, BoardSize size) {
  return {{"move", to_gtp(move.move, size)},
          {"order", order},
          {"visits", move.visits},
          {"winrate", ten_thousandths(move.winrate)},
          {"scoreLead", ten_thousandths(move.lead)},
          {"scoreStdev", ten_thousandths(move.lead_stdev)},
          {"prior", ten_thousandths(move.prior)},
          {"lcb", ten_thousandths(move.lcb)},
          {"utility", ten_thousandths(move.utility)},
          {"pv", vertices(move.pv, size)}};
}

Json root_info(const Assessment& assessment, Color to_move) {
  return {{"currentPlayer", letter_of(to_move)},
          {"visits", assessment.visits},
          {"winrate", ten_thousandths(assessment.winrate)},
          {"scoreLead", ten_thousandths(assessment.lead)},
          {"scoreStdev", ten_thousandths(assessment.lead_stdev)},
          {"utility", ten_thousandths(assessment.utility)}};
}

/// The node of the next move of the line, or -1 if there is none.
int next_of(const GameTree& tree, int node) {
  return tree.has_next(node) && tree.node(node + 1).move ? node + 1 : -1;
}

Color player_at(const GameReview& review, int node) {
  const GameTree& tree = review.tree;
  if (const int next = next_of(tree, node); next > 0) return tree.node(next).move->color;
  return tree.position(node).to_move();
}

void add_next_move(const GameReview& review, int node, Json& json) {
  const int next = next_of(review.tree, node);
  if (next < 0) return;
  const Move move = *review.tree.node(next).move;
  json["nextMove"] = to_gtp(move.point, review.tree.size());
  json["nextMoveColor"] = letter_of(move.color);
  if (const auto rank = rank_of(review, next)) json["nextMoveRank"] = *rank;
  if (const auto loss = loss_of(review, next)) {
    json["nextWinrateGain"] = ten_thousandths(0 - loss->winrate);
    json["nextScoreGain"] = ten_thousandths(0 - loss->points);
  }
}

void add_search(const GameReview& review, int node, Json& json) {
  const Assessment& assessment = review.at(node);
  json["moveInfos"] = Json::array();
  for (const AssessedMove& move : assessment.moves)
    json["moveInfos"].push_back(move_info(move, json["moveInfos"].size(), review.tree.size()));
  json["rootInfo"] = root_info(assessment, player_at(review, node));
  json["ownership"] = Json::array();
  for (const std::int8_t percent : assessment.ownership)
    json["ownership"].push_back(percent / 100.0);
  add_next_move(review, node, json);
}

constexpr std::string_view kHeadings =
    "file,node,parent,move_number,color,move,black_winrate,black_lead,visits,best_next,rank,"
    "winrate_lost,points_lost,verdict\r\n";

std::string file_field(const std::string& name) {
  const bool is_formula = name.find_first_of("=+-@") == 0;
  return (is_formula ? "'" : "") + printable(name);
}

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string text = "\"";
  for (const char letter : field) text += letter == '"' ? "\"\"" : std::string(1, letter);
  return text + '"';
}

std::string csv_row(const GameReview& review, int node) {
  const GameNode& played = review.tree.node(node);
  const Assessment& after = review.at(node);
  const BoardSize size = review.tree.size();
  std::string row = quoted(file_field(review.file)) + format(",%d,", node) +
                    (node > 0 ? std::to_string(played.parent) : "") +
                    format(",%d,", played.move_number);
  row += played.move
             ? std::string(letter_of(played.move->color)) + "," + to_gtp(played.move->point, size)
             : ",";
  row +=
      format(",%.4f,%.2f,%lld,", after.winrate, after.lead, static_cast<long long>(after.visits));
  if (!after.moves.empty()) row += to_gtp(after.best_move(), size);
  row += ',';
  if (const auto rank = rank_of(review, node)) row += std::to_string(*rank);
  if (const auto loss = loss_of(review, node))
    row += format(",%.4f,%.2f,%s", loss->winrate, loss->points, mark_of(loss->verdict()));
  else
    row += ",,,";
  return row + "\r\n";
}

}  // namespace

std::string position_json(const GameReview& review, int node, bool with_notes) {
  const GameNode& place = review.tree.node(node);
  const Assessment& assessment = review.at(node);
  Json json = {{"id", review.file}, {"turnNumber", place.move_number}, {"isDuringSearch", false}};
  if (review.tree.last_main_node() + 1 < static_cast<int>(review.tree.nodes().size())) {
    json["node"] = node;
    if (node > 0) json["parent"] = place.parent;
  }
  if (assessment.is_result) {
    json["finished"] = true;
    json["score"] = assessment.no_result ? "no result"
                                         : Score{static_cast<float>(-assessment.lead)}.to_string();
  } else {
    add_search(review, node, json);
  }
  if (const auto& notes = review.tree.info().notes; with_notes && !notes.empty())
    json["notes"] = notes;
  return json_line(json) + "\n";
}

std::string jsonl_report(const GameReview& review) {
  std::string lines;
  for (int node = 0; node < static_cast<int>(review.tree.nodes().size()); ++node) {
    if (!review.at(node).empty()) lines += position_json(review, node, lines.empty());
  }
  return lines;
}

std::string csv_report(const GameReview& review) {
  std::string lines(kHeadings);
  for (int node = 0; node < static_cast<int>(review.tree.nodes().size()); ++node) {
    if (!review.at(node).empty()) lines += csv_row(review, node);
  }
  return lines;
}

bool is_jsonl_report(const std::string& text) {
  const auto parsed = parse_json(std::string_view(text).substr(0, text.find('\n')));
  if (!parsed) return false;
  const Json& json = *parsed;
  if (!json.is_object() || !json.contains("id") || !json.contains("turnNumber")) return false;
  const bool has_answer = json.contains("rootInfo") && json["rootInfo"].is_object();
  if (!has_answer) return json.contains("finished") && json.contains("score");
  return !json["rootInfo"].contains("thisHash");  // KataGo's
}

bool is_csv_report(const std::string& text) { return text.starts_with(kHeadings); }

}  // namespace ponnuki::review
