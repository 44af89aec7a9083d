#include "web/server/messages.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/json_line.h"
#include "gtp/level.h"
#include "web/server/json_numbers.h"

namespace ponnuki::web {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostListed = 200;

const char* letter(Color color) {
  return color == Color::kBlack ? "B" : color == Color::kWhite ? "W" : "";
}
char stone(Color color) {
  return color == Color::kBlack ? 'X' : color == Color::kWhite ? 'O' : '.';
}

Json vertices(const std::vector<Point>& list, BoardSize size) {
  Json json = Json::array();
  for (const Point p : list) json.push_back(to_gtp(p, size));
  return json;
}

Json seat_json(const Seat& seat, const std::string& name, const std::string& rank, BoardSize size) {
  Json json{{"name", name}, {"rank", rank}, {"engine", seat.is_engine}};
  if (!seat.level) return json;
  json["level"] = to_string(*seat.level);
  json["note"] = gtp::level_note(*seat.level, size);
  return json;
}

Json clock_json(const ClockView& clock) {
  if (!clock.limited) return nullptr;
  return {{"seconds", rounded(clock.seconds, 10)}, {"running", clock.is_running}};
}

Json judgement_json(const referee::Judgement& judgement, BoardSize size) {
  std::string owner;
  for (int cell = 0; cell < size.area(); ++cell)
    owner += stone(judgement.owner[static_cast<std::size_t>(Point::from_cell(cell, size).index())]);
  return {{"dead", vertices(judgement.dead, size)},
          {"owner", owner},
          {"score", judgement.score.to_string()},
          {"unsure", judgement.unsure}};
}

Json nodes_json(const review::GameTree& tree, Json* comments) {
  Json nodes = Json::array();
  for (std::size_t n = 0; n < tree.nodes().size(); ++n) {
    const review::GameNode& node = tree.nodes()[n];
    nodes.push_back({node.parent, node.move ? letter(node.move->color) : "",
                     node.move ? to_gtp(node.move->point, tree.size()) : ""});
    const std::string comment = tree.sgf().text(node.sgf, "C");
    if (!comment.empty()) (*comments)[std::to_string(n)] = comment;
  }
  return nodes;
}

std::string stones_of(const Board& board) {
  std::string stones;
  for (int cell = 0; cell < board.size().area(); ++cell)
    stones += stone(board.at(Point::from_cell(cell, board.size())));
  return stones;
}

Json position_json(const TableView& view, int node) {
  const Position position = view.tree->position(node);
  const Board& board = position.board();
  const BoardSize size = board.size();
  Json illegal = Json::array();
  const PointSet legal = position.legal_points_after_end();
  for (int cell = 0; cell < size.area(); ++cell) {
    const Point p = Point::from_cell(cell, size);
    if (board.at(p) == Color::kEmpty && !legal.contains(p)) illegal.push_back(to_gtp(p, size));
  }
  return {{"type", "position"},
          {"version", view.version},
          {"node", node},
          {"stones", stones_of(board)},
          {"toMove", letter(position.to_move())},
          {"moveNumber", view.tree->node(node).move_number},
          {"captures", {board.prisoners(Color::kWhite), board.prisoners(Color::kBlack)}},
          {"illegal", illegal}};
}

Json move_json(const review::AssessedMove& move, BoardSize size) {
  return {{"move", to_gtp(move.move, size)}, {"visits", move.visits},
          {"winrate", share(move.winrate)},  {"lead", points(move.lead)},
          {"prior", share(move.prior)},      {"pv", vertices(move.pv, size)}};
}

/// What live analysis and the survey say of a position in the same words.
Json finding_json(const char* type, std::uint64_t version, int node,
                  const review::Assessment& finding) {
  return {{"type", type},
          {"version", version},
          {"node", node},
          {"visits", finding.visits},
          {"winrate", share(finding.winrate)},
          {"lead", points(finding.lead)}};
}

}  // namespace

std::string hello_message(const ServerFacts& facts) {
  return json_line(Json{{"type", "hello"},
                        {"protocol", kProtocol},
                        {"version", facts.version},
                        {"folder", facts.folder},
                        {"training", facts.trains}});
}

std::string error_message(const std::string& request, const std::string& text) {
  return json_line(Json{{"type", "error"}, {"request", request}, {"text", text}});
}

std::string game_message(const std::string& id, const TableView& view, int node) {
  const review::GameTree& tree = *view.tree;
  const sgf::GameInfo& info = tree.info();
  Json comments = Json::object();
  Json json{{"type", "game"},
            {"game", id},
            {"version", view.version},
            {"phase", phase_name(view.phase)},
            {"width", tree.size().width},
            {"height", tree.size().height},
            {"komi", info.rules.komi},
            {"rules", rules_to_name(info.rules)},
            {"handicap", info.handicap},
            {"black", seat_json(view.seats[0], info.black, info.black_rank, tree.size())},
            {"white", seat_json(view.seats[1], info.white, info.white_rank, tree.size())},
            {"clocks", {clock_json(view.clocks[0]), clock_json(view.clocks[1])}},
            {"result", view.result},
            {"problem", view.problem},
            {"last", tree.last_main_node()},
            {"toMove", letter(tree.position(tree.last_main_node()).to_move())},
            {"nodes", nodes_json(tree, &comments)}};
  json["comments"] = comments;
  json["info"] = {{"event", info.event},
                  {"date", info.date},
                  {"place", info.place},
                  {"name", info.game_name},
                  {"notes", info.notes}};
  json["position"] = position_json(view, node);
  if (view.lesson) {
    json["lesson"] = {{"move", to_gtp(view.lesson->move, tree.size())},
                      {"points", points(view.lesson->points)},
                      {"winrate", share(view.lesson->winrate)},
                      {"pv", vertices(view.lesson->pv, tree.size())}};
  }
  if (view.judgement) json["judgement"] = judgement_json(*view.judgement, tree.size());
  return json_line(json);
}

std::string position_message(const TableView& view, int node) {
  return json_line(position_json(view, node));
}

std::string analysis_message(BoardSize size, std::uint64_t version, int node,
                             const review::Assessment& finding, bool is_over) {
  Json json = finding_json("analysis", version, node, finding);
  json["stdev"] = points(finding.lead_stdev);
  json["over"] = is_over;
  json["moves"] = Json::array();
  for (const review::AssessedMove& move : finding.moves)
    json["moves"].push_back(move_json(move, size));
  json["ownership"] = finding.ownership;
  return json_line(json);
}

std::string graph_message(std::uint64_t version, int node, const review::Assessment& finding) {
  return json_line(finding_json("graph", version, node, finding));
}

std::string policy_message(BoardSize size, std::uint64_t version, int node,
                           const Evaluation& evaluation) {
  Json policy = Json::array();
  for (const float probability : evaluation.policy)
    policy.push_back(std::lround(1000 * std::max(probability, 0.0F)));
  return json_line(Json{{"type", "policy"},
                        {"version", version},
                        {"node", node},
                        {"pass", policy[static_cast<std::size_t>(size.area())]},
                        {"policy", policy}});
}

std::string film_message(const review::GameTree& tree, const std::vector<int>& line) {
  Json frames = Json::array();
  review::GameTree::Walk walk(tree);
  for (const int node : line) {  // in the order of the tree
    while (walk.node() != node && walk.advance()) {
    }
    frames.push_back(stones_of(walk.position().board()));
  }
  return json_line(Json{{"type", "film"}, {"nodes", line}, {"frames", frames}});
}

std::string file_message(const std::string& name, const std::string& text) {
  return json_line(Json{{"type", "file"}, {"name", name}, {"text", text}});
}

std::string games_message(const GameStore& store) {
  Json games = Json::array();
  for (const std::string& id : store.ids()) {
    if (games.size() >= kMostListed) break;
    const auto text = store.load(id);
    if (!text) continue;
    const auto table = Table::read(*text);
    if (!table) continue;
    const TableView view = (*table)->view();
    const sgf::GameInfo& info = view.tree->info();
    games.push_back({{"game", id},
                     {"black", info.black},
                     {"white", info.white},
                     {"size", size_text(view.tree->size())},
                     {"moves", view.tree->main_moves()},
                     {"phase", phase_name(view.phase)},
                     {"result", view.result}});
  }
  return json_line(Json{{"type", "games"}, {"games", games}});
}

std::string quiz_message(const QuizDeck& quiz, Day day) {
  Json due = Json::array();
  for (const QuizCard& card : quiz.due(day)) {
    due.push_back({{"game", card.game},
                   {"node", card.node},
                   {"move", card.move},
                   {"side", letter(card.player)},
                   {"points", points(card.points)}});
  }
  Json json{{"type", "quiz"}, {"due", due}, {"cards", quiz.size()}};
  if (quiz.size() > 0) json["days"] = (quiz.next_day() - day).count();
  return json_line(json);
}

}  // namespace ponnuki::web
