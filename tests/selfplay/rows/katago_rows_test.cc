// Rows for KataGo's trainer, against rows that KataGo wrote for the same game.
#include "selfplay/rows/katago_rows.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "engine/coord.h"
#include "tests/support/short_game_record.h"

namespace ponnuki::selfplay {
namespace {

using nlohmann::json;

/// tests/e2e/katago_rows.py makes it.
const json& golden() {
  static const json rows = [] {
    std::ifstream file(PONNUKI_SOURCE_DIR "/tests/golden/katago_rows.json");
    return json::parse(file);
  }();
  return rows;
}

template <typename T>
std::vector<T> golden_row(const char* array, std::size_t row) {
  return golden()[array]["rows"][row].get<std::vector<T>>();
}

/// Rows that are side positions are no turn of the game.
bool is_side_position(std::size_t row) {
  return golden_row<float>("globalTargetsNC", row)[62] == 0;
}

std::vector<std::size_t> game_rows() {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < golden()["globalTargetsNC"]["rows"].size(); ++row)
    if (!is_side_position(row)) rows.push_back(row);
  return rows;
}

std::size_t turn_of(std::size_t row) { return golden_row<std::size_t>("globalTargetsNC", row)[51]; }

/// What KataGo's row says of a turn: its policy, or the next one's, and the search's value.
void take_policy(const std::vector<int>& targets, std::size_t channel, RecordedTurn& turn) {
  const auto begin = targets.begin() + static_cast<std::ptrdiff_t>(channel) * 50;
  const auto move = turn.move;
  turn = RecordedTurn::of(move, 1, std::vector<float>(begin, begin + 50));
}

/// The game as we would have played it, with what the rows say of its searches.
GameRecord golden_game() {
  GameRecord game;
  game.size = {7, 7};
  game.rules = chinese_rules();
  game.rules.ko = KoRule::kSimple;
  game.rules.komi = 7.5F;
  Position position(game.size, game.rules);
  for (const json& vertex : golden()["moves"]) {
    const Point move = *parse_gtp_vertex(vertex.get<std::string>(), game.size);
    game.turns.emplace_back().move = static_cast<std::uint16_t>(move.cell(game.size));
    position.play(move);
  }
  game.finish(position);
  for (const std::size_t row : game_rows()) {
    const auto targets = golden_row<int>("policyTargetsNCMove", row);
    const auto global = golden_row<float>("globalTargetsNC", row);
    const std::size_t turn = turn_of(row);
    if (global[28] > 0) take_policy(targets, 1, game.turns[turn + 1]);
    take_policy(targets, 0, game.turns[turn]);
    game.turns[turn].set_value(global[16], global[17], global[19]);
  }
  return game;
}

KatagoRows our_rows() {
  KatagoRows rows(7);
  rows.pass_alive_under_suicide = true;  // as in KataGo's test
  const GameRecord game = golden_game();
  Random random(1);
  for (const std::size_t row : game_rows()) rows.add(game, turn_of(row), random);
  return rows;
}

template <typename T>
std::vector<T> row_of(const std::vector<T>& numbers, std::size_t row, std::size_t count) {
  const auto begin = numbers.begin() + static_cast<std::ptrdiff_t>(row * count);
  return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

std::vector<std::uint8_t> bytes_of_hex(const std::string& text) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < text.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(text.substr(i, 2), nullptr, 16)));
  return bytes;
}

}  // namespace

TEST_CASE("KataGo's rows: inputs are KataGo's, bit by bit") {
  const KatagoRows ours = our_rows();
  const std::vector<std::size_t> rows = game_rows();
  REQUIRE(rows.size() == 11);
  REQUIRE(ours.rows() == 11);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(turn_of(rows[i]));
    CHECK(row_of(ours.binary_input, i, 22 * 7) ==
          bytes_of_hex(golden()["binaryInputNCHWPacked"]["rows"][rows[i]]));
    CHECK(row_of(ours.global_input, i, 19) == golden_row<float>("globalInputNC", rows[i]));
  }
}

TEST_CASE("KataGo's rows: what the game's end says is KataGo's, number by number") {
  const KatagoRows ours = our_rows();
  const std::vector<std::size_t> rows = game_rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(turn_of(rows[i]));
    CHECK(row_of(ours.score_distr, i, 218) == golden_row<std::int8_t>("scoreDistrN", rows[i]));
    CHECK(row_of(ours.value_targets, i, 5 * 49) ==
          golden_row<std::int8_t>("valueTargetsNCHW", rows[i]));
    const auto own = row_of(ours.global_targets, i, 80);
    const auto theirs = golden_row<float>("globalTargetsNC", rows[i]);
    // Result, score, weights; komi, phase, nets, turns, kind of game, its
    // end, format, re-searched or not, and what is unused.
    std::vector<std::size_t> equal = {0,  1,  2,  3,  20, 23, 24, 25, 26, 27, 28,
                                      33, 34, 35, 47, 48, 49, 50, 51, 52, 53, 54,
                                      55, 56, 61, 62, 63, 64, 65, 66, 67, 68};
    for (std::size_t at = 69; at < 80; ++at) equal.push_back(at);
    for (const std::size_t at : equal) {
      CAPTURE(at);
      CHECK(own[at] == theirs[at]);
    }
    CHECK(own[29] == 1);  // lead: theirs is unknown, ours the score expected soon
    CHECK(own[21] == own[15]);
    for (const std::size_t unknown : {30, 31, 32, 57, 58, 59, 60}) CHECK(own[unknown] == 0);
    CHECK(row_of(ours.q_values, i, 150) == std::vector<std::int16_t>(150));
  }
}

TEST_CASE("KataGo's rows: policies and values are KataGo's as far as our records keep them") {
  const KatagoRows ours = our_rows();
  const std::vector<std::size_t> rows = game_rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(turn_of(rows[i]));
    const auto own = row_of(ours.policy_targets, i, 100);
    const auto theirs = golden_row<float>("policyTargetsNCMove", rows[i]);
    for (std::size_t channel = 0; channel < 2; ++channel) {
      const auto begin = static_cast<std::ptrdiff_t>(channel) * 50;
      const float greatest = *std::max_element(theirs.begin() + begin, theirs.begin() + begin + 50);
      const bool known = golden_row<float>("globalTargetsNC", rows[i])[channel == 0 ? 26 : 28] > 0;
      for (auto at = static_cast<std::size_t>(begin); at < static_cast<std::size_t>(begin) + 50;
           ++at)
        CHECK(own[at] == (known ? std::lround(255 * theirs[at] / greatest) : 1));
    }
    // The search's own value, by bytes and eighths of a point.
    const auto global = row_of(ours.global_targets, i, 80);
    const auto expected = golden_row<float>("globalTargetsNC", rows[i]);
    for (const std::size_t at : {16, 17, 18})
      CHECK(global[at] == Approx(expected[at]).margin(0.006));
    CHECK(global[19] == Approx(expected[19]).margin(0.0626));
  }
  // Values to come need those of all turns from here on: after the last row there is the end only.
  const std::size_t last = rows.size() - 1;
  REQUIRE(turn_of(rows[last]) == 56);
  const auto own = row_of(ours.global_targets, last, 80);
  const auto theirs = golden_row<float>("globalTargetsNC", rows[last]);
  for (std::size_t at = 4; at < 16; ++at) {
    CAPTURE(at);
    CHECK(own[at] == Approx(theirs[at]).margin(at % 4 == 3 ? 0.04 : 0.004));
  }
  CHECK(own[22] == Approx(theirs[22]).margin(0.02));
}

TEST_CASE("KataGo's rows: values to come are averages over the values there are") {
  GameRecord game = test::short_game({4, 4});
  game.turns[1].set_value(1, 0, 8);            // White's, who moves
  game.turns[2].set_value(0, 1, -4);           // Black's
  game.turns[3].win = game.turns[3].loss = 0;  // unknown
  game.turns[4].set_value(0.2F, 0.8F, -2);
  game.white_score = 3;
  KatagoRows rows(4);
  Random random(1);
  rows.add(game, 1, random);
  const double f = 1 / (1 + 16 * 0.056);
  // White's: 8, 4, 2, and 3 at the end.
  CHECK(rows.global_targets[11] ==
        Approx(8 * f + 4 * f * (1 - f) + 2 * f * (1 - f) * (1 - f) + 3 * std::pow(1 - f, 3)));
  CHECK(rows.global_targets[8] ==
        Approx(1 * f + 1 * f * (1 - f) + 0.8 * f * (1 - f) * (1 - f) + std::pow(1 - f, 3)));
  CHECK(rows.global_targets[8] + rows.global_targets[9] + rows.global_targets[10] == Approx(1));
  CHECK(rows.global_targets[19] == 8);
  // Win minus loss: 1, 1, 0.6 three turns from now, 1 four turns from now.
  CHECK(rows.global_targets[22] == Approx(3 * 0.16 + 4 * 0.16));
}

TEST_CASE("KataGo's rows: small boards lie in the top left of the data") {
  const GameRecord game = test::short_game({5, 3}, false);
  KatagoRows rows(6);
  Random random(1);
  rows.add(game, 2, random);  // White's stone is at (0, 2), Black's at (4, 1)
  const std::vector<std::uint8_t>& bits = rows.binary_input;
  const auto is_set = [&](int plane, int x, int y) {
    const int at = y * 6 + x;
    return (bits[static_cast<std::size_t>(plane * 5 + at / 8)] >> (7 - at % 8) & 1) != 0;
  };
  for (int y = 0; y < 6; ++y) {
    for (int x = 0; x < 6; ++x) {
      CHECK(is_set(0, x, y) == (x < 5 && y < 3));
      CHECK(is_set(1, x, y) == (x == 4 && y == 1));
      CHECK(is_set(2, x, y) == (x == 0 && y == 2));
    }
  }
  CHECK((bits[4] & 0x0f) == 0);  // of 40 bits 36 are cells
  const auto policy = row_of(rows.policy_targets, 0, 37);
  CHECK(policy[1 * 6 + 1] == 255);
  CHECK(policy[36] > 0);  // pass
  CHECK(policy[5] == 0);  // beside the board
  CHECK(std::accumulate(rows.score_distr.begin(), rows.score_distr.end(), 0) == 100);
  CHECK(rows.score_distr.size() == 2 * (36 + 60));
  CHECK(rows.value_targets[1 * 6 + 4] != 0);
  CHECK(rows.value_targets[1 * 6 + 5] == 0);
  CHECK(rows.value_targets[4 * 36 + 1 * 6 + 4] == 120 * rows.value_targets[1 * 6 + 4]);
  CHECK(rows.global_targets[52] == 1);  // broken off
  CHECK(rows.global_targets[62] == 0);
  CHECK(rows.global_targets[53] == 1);  // the first move was not searched
}

TEST_CASE("KataGo's rows: a game without result has no score and no owners to learn from") {
  GameRecord game = test::short_game({4, 4});
  game.ending = GameRecord::Ending::kNoResult;
  KatagoRows rows(4);
  Random random(1);
  rows.add(game, 2, random);
  const std::vector<float>& global = rows.global_targets;
  CHECK(std::vector<float>(global.begin(), global.begin() + 4) == std::vector<float>{0, 0, 1, 0});
  for (const std::size_t weight : {21, 27, 29, 34}) CHECK(global[weight] == 0);
  for (std::size_t i = 0; i < 2 * 16; ++i) CHECK(rows.value_targets[i] == 0);
  CHECK(rows.score_distr[16 + 60 - 1] == 50);
  CHECK(rows.score_distr[16 + 60] == 50);
}

TEST_CASE("KataGo's rows: under territory rules what stones will have cost is a bonus") {
  GameRecord game = test::short_game({4, 4});  // Black: two stones, White: one
  game.rules.scoring = ScoringRule::kTerritory;
  KatagoRows rows(4);
  Random random(1);
  rows.add(game, 1, random);  // White to move; White and Black will put a stone
  rows.add(game, 2, random);  // Black's turn; Black will put one, a point for White
  CHECK(rows.global_input[9] == 1);
  CHECK(rows.global_targets[48] == 0);
  CHECK(rows.global_targets[61] == 0);
  CHECK(rows.global_targets[80 + 61] == -1);
}

TEST_CASE("KataGo's rows: draws, and turns as their weights say") {
  GameRecord game = test::short_game({4, 4});
  game.white_score = 0;
  game.turns[2].weight = 64;
  game.turns[3].weight = 16;
  KatagoRows rows(4);
  Random random(1);
  for (int i = 0; i < 400; ++i) rows.add(game, random);
  CHECK(rows.rows() >= 400 * 4 + 150);
  CHECK(rows.rows() <= 400 * 4 + 250);
  std::set<float> turns;
  double masked = 0;
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows.rows()); ++row) {
    const float* const global = rows.global_targets.data() + row * 80;
    turns.insert(global[51]);
    REQUIRE(global[0] == 0.5F);
    REQUIRE(global[1] == 0.5F);
    for (int i = 37; i <= 40; ++i) REQUIRE(global[i] <= global[i - 1]);
    masked += 1 - static_cast<double>(global[40]);
  }
  CHECK(turns == std::set<float>{1, 2, 3, 4});
  CHECK(masked / static_cast<double>(rows.rows()) == Approx(1 - std::pow(0.98, 5)).margin(0.03));
  const auto bins = row_of(rows.score_distr, 0, 2 * (16 + 60));
  CHECK(bins[16 + 60 - 1] == 50);
  CHECK(bins[16 + 60] == 50);
  rows.clear();
  CHECK(rows.rows() == 0);
  CHECK(rows.q_values.empty());
}

}  // namespace ponnuki::selfplay
