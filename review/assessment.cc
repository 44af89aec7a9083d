#include "review/assessment.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/json_parse.h"
#include "review/text.h"

namespace ponnuki::review {
namespace {

using Json = nlohmann::json;

// Counted results of another number are judged anew: raise it when the judging of ends changes.
constexpr int kJudging = 3;

double rounded(double value, double steps) { return std::round(value * steps) / steps; }
double share(double value) { return rounded(value, 10'000); }
double points(double value) { return rounded(value, 100); }

/// Converts values from the perspective of the player to move to Black's.
class BlackView {
 public:
  explicit BlackView(Color to_move) : turned_(to_move == Color::kWhite) {}
  double share_of(double value) const { return turned_ ? 1 - value : value; }
  double sign() const { return turned_ ? -1 : 1; }

 private:
  bool turned_;
};

AssessedMove candidate(const search::MoveInfo& info, const BlackView& view) {
  return {.move = info.move,
          .visits = info.visits,
          .winrate = view.share_of(info.winrate),
          .lead = view.sign() * info.score_lead,
          .lead_stdev = info.score_stdev,
          .utility = view.sign() * info.utility,
          .lcb = view.share_of(info.lcb),
          .prior = info.prior,
          .pv = info.pv};
}

Result<std::vector<Point>> parse_vertices(const std::string& text, BoardSize size) {
  std::vector<Point> line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    const auto point = parse_gtp_vertex(word, size);
    if (!point) return Error{"'" + word + "' is no point of this board"};
    line.push_back(*point);
    at = end + 1;
  }
  return line;
}

Json candidate_json(const AssessedMove& move, BoardSize size) {
  return Json::array({move.visits, share(move.winrate), points(move.lead), points(move.lead_stdev),
                      share(move.utility), share(move.lcb), rounded(move.prior, 1e5),
                      line_text(move.pv, size)});
}

/// This function and those below throw a Json::exception if a value is missing or has another type.
Result<AssessedMove> parse_candidate(const Json& json, BoardSize size) {
  AssessedMove move{.visits = json.at(0),
                    .winrate = json.at(1),
                    .lead = json.at(2),
                    .lead_stdev = json.at(3),
                    .utility = json.at(4),
                    .lcb = json.at(5),
                    .prior = json.at(6),
                    .pv = {}};
  PONNUKI_TRY(move.pv, parse_vertices(json.at(7), size));
  if (move.pv.empty()) return Error{"a move without a variation"};
  move.move = move.pv.front();
  return move;
}

// One letter for each point, from 'a' for -100 to 'z' for +100 in steps of eight.
std::string ownership_text(const std::vector<std::int8_t>& ownership) {
  std::string text;
  for (const std::int8_t percent : ownership) text += static_cast<char>('a' + (percent + 104) / 8);
  return text;
}

Result<std::vector<std::int8_t>> parse_ownership(const std::string& text, BoardSize size) {
  std::vector<std::int8_t> ownership;
  if (!text.empty() && static_cast<int>(text.size()) != size.area())
    return Error{"ownership of another board"};
  for (const char letter : text)
    ownership.push_back(static_cast<std::int8_t>(std::clamp((letter - 'a') * 8 - 100, -100, 100)));
  return ownership;
}

Result<Assessment> parse(std::string_view line, BoardSize size) {
  PONNUKI_TRY(const Json json, parse_json(line));
  Assessment a;
  a.is_result = json.at("result");
  if (a.is_result && json.value("judging", 1) != kJudging) return Error{"an earlier judgement"};
  a.no_result = json.value("none", false);
  a.effort.visits = json.at("effort").at(0);
  a.effort.seconds = json.at("effort").at(1);
  const Json& root = json.at("root");
  a.visits = root.at(0);
  a.winrate = root.at(1);
  a.lead = root.at(2);
  a.lead_stdev = root.at(3);
  a.utility = root.at(4);
  for (const Json& candidate : json.at("moves")) {
    PONNUKI_TRY(a.moves.emplace_back(), parse_candidate(candidate, size));
  }
  if (a.visits == 1 && a.moves.empty()) return Error{"a search that found no move"};
  PONNUKI_TRY(a.ownership, parse_ownership(json.at("ownership"), size));
  return a;
}

}  // namespace

Effort Effort::of(const search::SearchLimits& limits) {
  return {std::min(limits.visits, limits.playouts), std::min(limits.seconds, 1e9)};
}

const AssessedMove* Assessment::find(Point move) const {
  const auto found = std::find_if(moves.begin(), moves.end(), [&](const AssessedMove& candidate) {
    return candidate.move == move;
  });
  return found == moves.end() ? nullptr : &*found;
}

search::AnalysisOptions assessment_options() {
  search::AnalysisOptions options;
  options.min_moves = 1;  // even where the search was stopped at its first visit
  options.max_moves = Assessment::kMostCandidates;
  options.pv_length = Assessment::kVariationLength;
  options.ownership = true;
  return options;
}

Assessment assess(const search::Analysis& analysis, const Effort& effort) {
  const search::RootInfo& root = analysis.root;
  const BlackView view(root.to_move);
  Assessment a;
  a.effort = effort;
  a.visits = root.visits;
  a.winrate = view.share_of(root.winrate);
  a.lead = view.sign() * root.score_lead;
  a.lead_stdev = root.score_stdev;
  a.utility = view.sign() * root.utility;
  for (const search::MoveInfo& move : analysis.moves) a.moves.push_back(candidate(move, view));
  for (const float owner : analysis.ownership) {
    const double percent = 100 * view.sign() * static_cast<double>(owner);
    a.ownership.push_back(
        static_cast<std::int8_t>(std::lround(std::clamp(percent, -100.0, 100.0))));
  }
  return a;
}

Assessment assess_result(const std::optional<Score>& score, const Effort& effort) {
  Assessment a;
  a.is_result = true;
  a.no_result = !score;
  a.effort = effort;
  if (!score) return a;
  a.lead = static_cast<double>(-score->white_minus_black);
  const Color winner = score->winner();
  a.winrate = winner == Color::kBlack ? 1 : winner == Color::kWhite ? 0 : 0.5;
  return a;
}

std::string to_line(const Assessment& a, BoardSize size) {
  Json moves = Json::array();
  for (const AssessedMove& move : a.moves) moves.push_back(candidate_json(move, size));
  Json json = {
      {"result", a.is_result},
      {"effort", {a.effort.visits, a.effort.seconds}},
      {"root",
       {a.visits, share(a.winrate), points(a.lead), points(a.lead_stdev), share(a.utility)}},
      {"moves", moves},
      {"ownership", ownership_text(a.ownership)}};
  if (a.is_result) json["judging"] = kJudging;
  if (a.no_result) json["none"] = true;
  return json.dump();
}

Result<Assessment> parse_assessment(std::string_view line, BoardSize size) {
  try {
    return parse(line, size);
  } catch (const Json::exception& error) {
    return Error{error.what()};
  }
}

}  // namespace ponnuki::review
