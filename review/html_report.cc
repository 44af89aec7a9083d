#include "review/html_report.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/json_line.h"
#include "engine/printable.h"
#include "review/graph.h"
#include "review/page.h"
#include "review/shown_rank.h"
#include "review/text.h"
#include "review/text_report.h"

namespace ponnuki::review {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMovesShown = 6;
constexpr int kMistakesShown = 6;
constexpr int kTurningPointsShown = 5;

double thousandths(double value) { return std::round(value * 1000) / 1000; }

std::string stones(const Board& board) {
  std::string text;
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Color color = board.at(Point::from_cell(cell, board.size()));
    text += color == Color::kBlack ? 'X' : color == Color::kWhite ? 'O' : '.';
  }
  return text;
}

/// One letter for each point: 'a' is certainly White's, 'm' is neutral, 'y' is certainly Black's.
std::string ownership_letters(const std::vector<std::int8_t>& ownership) {
  std::string text;
  for (const std::int8_t percent : ownership)
    text += static_cast<char>('m' + std::lround(percent * 12 / 100.0));
  return text;
}

Json best_moves(const Assessment& assessment, BoardSize size) {
  Json list = Json::array();
  for (const AssessedMove& move : assessment.moves) {
    if (list.size() == kMovesShown) break;
    list.push_back({{"move", to_gtp(move.move, size)},
                    {"visits", move.visits},
                    {"winrate", thousandths(move.winrate)},
                    {"lead", thousandths(move.lead)},
                    {"prior", thousandths(move.prior)},
                    {"pv", vertices(move.pv, size)}});
  }
  return list;
}

void add_played_move(const GameReview& review, int node, Json& json) {
  const Move move = *review.tree.node(node).move;
  json["move"] = to_gtp(move.point, review.tree.size());
  json["color"] = letter_of(move.color);
  if (const auto rank = rank_of(review, node)) json["rank"] = *rank;
  if (const auto loss = loss_of(review, node))
    json["lost"] = {{"points", thousandths(loss->points)},
                    {"winrate", thousandths(loss->winrate)},
                    {"verdict", mark_of(loss->verdict())}};
}

Json position(const GameReview& review, int node, const Position& position) {
  const Assessment& assessment = review.at(node);
  Json json = {{"board", stones(position.board())},
               {"toMove", letter_of(position.to_move())},
               {"winrate", thousandths(assessment.winrate)},
               {"lead", thousandths(assessment.lead)},
               {"visits", assessment.visits},
               {"best", best_moves(assessment, position.size())},
               {"ownership", ownership_letters(assessment.ownership)}};
  if (review.tree.node(node).move) add_played_move(review, node, json);
  if (assessment.no_result) json["noResult"] = true;
  const std::string comment = review.tree.sgf().text(review.tree.node(node).sgf, "C");
  if (!comment.empty()) json["comment"] = comment;
  return json;
}

/// The positions of the main line.
Json positions(const GameReview& review) {
  Json list = Json::array();
  GameTree::Walk walk(review.tree);
  do {
    list.push_back(position(review, walk.node(), walk.position()));
  } while (walk.node() < review.tree.last_main_node() && walk.advance());
  return list;
}

Json phases(const GameReview& review) {
  Json list = Json::array();
  for (const Phase& phase : phases_of(review))
    list.push_back({{"name", phase.name}, {"from", phase.first}, {"to", phase.last}});
  return list;
}

Json players(const GameReview& review) {
  Json list = Json::array();
  const auto evidence = rank_evidence(review);
  for (const PlayerSummary& player : summaries_of(review)) {
    Json lost = Json::array();
    for (const double points : player.points_lost) lost.push_back(thousandths(points));
    list.push_back(
        {{"color", letter_of(player.color)},
         {"moves", player.moves},
         {"best", player.best},
         {"pointsLost", lost},
         {"total", thousandths(player.total())},
         {"mean", thousandths(player.mean())},
         {"mistakes", player.mistakes},
         {"blunders", player.blunders},
         {"rank", rank_text(evidence[player.color == Color::kWhite ? 1 : 0], review.tree.size())}});
  }
  return list;
}

/// The least number of visits of the positions that were searched.
std::int64_t least_visits(const GameReview& review) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (const Assessment& assessment : review.assessments) {
    if (assessment.visits > 0) least = std::min(least, assessment.visits);
  }
  return least == std::numeric_limits<std::int64_t>::max() ? 0 : least;
}

/// The file name without folders, which are of no interest to the readers of the page.
std::string file_name(const GameReview& review) {
  return printable(std::filesystem::path(review.file).filename().string());
}

Json data(const GameReview& review, const std::string& program) {
  const sgf::GameInfo& info = review.tree.info();
  Json json = {{"file", file_name(review)},
               {"black", printable(info.black)},
               {"white", printable(info.white)},
               {"blackRank", printable(info.black_rank)},
               {"whiteRank", printable(info.white_rank)},
               {"date", printable(info.date)},
               {"event", printable(info.event)},
               {"rules", rules_to_name(info.rules)},
               {"rulesAssumed", review.tree.rules_are_assumed()},
               {"komi", komi_text(review.tree)},
               {"notes", info.notes},
               {"handicap", info.handicap},
               {"width", info.size.width},
               {"height", info.size.height},
               {"judge", review.judge.substr(0, review.judge.find(" on "))},
               {"visits", least_visits(review)},
               {"generator", program},
               {"positions", positions(review)},
               {"mistakes", largest_mistakes(review, kMistakesShown)},
               {"turningPoints", turning_points(review, kTurningPointsShown)},
               {"phases", phases(review)},
               {"players", players(review)}};
  json["result"] =
      info.result.kind == sgf::SgfResult::Kind::kUnknown ? "" : sgf::to_string(info.result);
  return json;
}

/// JSON that is safe between <script> tags.
std::string script_text(const Json& json) {
  std::string text;
  for (const char letter : json_line(json))
    text += letter == '<' ? "\\u003c" : std::string(1, letter);
  return text;
}

std::string escaped(const std::string& text) {
  std::string html;
  for (const char letter : text) {
    html += letter == '<'   ? "&lt;"
            : letter == '>' ? "&gt;"
            : letter == '&' ? "&amp;"
            : letter == '"' ? "&quot;"
                            : std::string(1, letter);
  }
  return html;
}

std::string title(const GameReview& review) {
  const sgf::GameInfo& info = review.tree.info();
  if (info.black.empty() && info.white.empty()) return file_name(review);
  return printable(info.black) + " – " + printable(info.white);
}

}  // namespace

std::string html_report(const GameReview& review, const std::string& program) {
  return fill_page({{"title", escaped(title(review))},
                    {"css", std::string(page_style())},
                    {"js", page_script()},
                    {"graph", graph_svg(review)},
                    {"data", script_text(data(review, program))}});
}

bool is_html_report(const std::string& text) {
  return text.starts_with("<!DOCTYPE html>") &&
         text.find("\"generator\":\"Ponnuki ") != std::string::npos;
}

}  // namespace ponnuki::review
