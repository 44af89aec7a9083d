// The encore against KataGo: rules and inputs.
//
// tests/golden/encore.jsonl holds nine games of random moves, with many kos, on small boards. A
// program linked against KataGo 1.17.2 played them by its BoardHistory::isLegal() and
// makeBoardMoveAssumeLegal(..., preventEncore = false), and wrote the state of each position of the
// clean-up phases: the phase, the end and its score, the legal points (isLegal()), the 22 planes
// and the 19 numbers of NNInputs::fillRowV7(). Bits are hexadecimal, row by row from the top left.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/coord.h"
#include "engine/position.h"
#include "engine/score.h"
#include "nn/inputs/planes.h"

namespace ponnuki::nn {
namespace {

using Json = nlohmann::json;

std::string hexadecimal(const std::vector<bool>& bits) {
  std::string text;
  for (std::size_t i = 0; i < bits.size(); i += 4) {
    int digit = 0;
    for (std::size_t j = i; j < i + 4; ++j) digit = 2 * digit + (j < bits.size() && bits[j]);
    text += "0123456789abcdef"[digit];
  }
  return text;
}

std::string legal_points(const Position& position) {
  const PointSet points = position.is_over() ? PointSet() : position.legal_points_after_end();
  std::vector<bool> bits;
  for (int cell = 0; cell < position.size().area(); ++cell)
    bits.push_back(points.contains(Point::from_cell(cell, position.size())));
  return hexadecimal(bits);
}

Position start_of(const Json& game) {
  std::string diagram = game["board"];
  for (char& c : diagram) c = c == '/' ? '\n' : c;
  Rules rules = *parse_rules(game["rules"].dump(), Rules{});
  rules.komi = game["komi"];
  const Color first = game["first"] == "b" ? Color::kBlack : Color::kWhite;
  Position position(*Board::parse(diagram), first, rules);
  position.allow_encore();
  if (const int phase = game["start"]; phase > 0) position.begin_encore(phase);
  return position;
}

void check_inputs(const Position& position, const Json& state) {
  const auto area = static_cast<std::size_t>(position.size().area());
  std::vector<float> spatial(kPlaneCount * area), global(kGlobalCount);
  encode_planes(position, Symmetry(), {}, spatial, global);
  std::vector<bool> bits;
  for (const float value : spatial) bits.push_back(value != 0);
  CHECK(hexadecimal(bits) == state["planes"]);
  for (std::size_t i = 0; i < global.size(); ++i) {
    INFO("number " << i);
    CHECK(global[i] == Approx(state["numbers"][i].get<float>()).margin(1e-6));
  }
}

void check_state(const Position& position, const Json& state) {
  CHECK(position.encore_phase() == state["phase"]);
  CHECK(position.is_over() == state["over"]);
  CHECK(position.is_no_result() == state["none"]);
  if (state.contains("score"))
    CHECK(score_area(position).white_minus_black == state["score"].get<float>());
  // KataGo does not ask after the end.
  if (!position.is_over()) CHECK(legal_points(position) == state["legal"]);
  check_inputs(position, state);
}

TEST_CASE("Encore: rules and inputs are KataGo's") {
  std::ifstream file(PONNUKI_SOURCE_DIR "/tests/golden/encore.jsonl");
  int states = 0, game_number = 0;
  for (std::string line; std::getline(file, line); ++game_number) {
    const Json game = Json::parse(line);
    Position position = start_of(game);
    std::size_t next = 0;
    if (position.encore()) check_state(position, game["states"][next++]);
    for (const std::string vertex : game["moves"]) {
      INFO("game " << game_number << ", move " << position.move_count() + 1 << " " << vertex);
      const Point point = *parse_gtp_vertex(vertex, position.size());
      REQUIRE(position.is_legal(point));
      position.play(point);
      if (position.encore()) check_state(position, game["states"][next++]);
    }
    CHECK(next == game["states"].size());
    states += static_cast<int>(next);
  }
  CHECK(game_number == 9);
  CHECK(states == 452);
}

}  // namespace
}  // namespace ponnuki::nn
