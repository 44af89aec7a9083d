// Rows for KataGo's trainer: against rows that KataGo wrote for the same game, and as files.
#include "selfplay/rows/katago_rows.h"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "engine/coord.h"
#include "engine/file.h"
#include "selfplay/files/bytes.h"
#include "selfplay/records/record_file.h"
#include "selfplay/rows/katago_row_files.h"
#include "selfplay/rows/npz.h"
#include "tests/support/temporary_folder.h"

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

/// Entries of a zip file by their local headers; checks sizes and checksums.
std::map<std::string, std::string> read_zip(const std::string& zip) {
  std::map<std::string, std::string> entries;
  ByteReader reader(zip);
  while (reader.get<std::uint32_t>() == 0x04034b50) {
    reader.take(4);
    REQUIRE(reader.get<std::uint16_t>() == 8);
    reader.take(4);
    const auto crc = reader.get<std::uint32_t>();
    const auto packed_size = reader.get<std::uint32_t>(), size = reader.get<std::uint32_t>();
    const auto name_size = reader.get<std::uint16_t>();
    REQUIRE(reader.get<std::uint16_t>() == 0);
    const std::string name(reader.take(name_size));
    std::string packed(reader.take(packed_size)), bytes(size, '\0');
    REQUIRE(!reader.failed());
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, -15) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = packed_size;
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = size;
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    CHECK(stream.total_out == size);
    inflateEnd(&stream);
    CHECK(checksum(bytes) == crc);
    entries[name] = bytes;
  }
  return entries;
}

GameRecord short_game(BoardSize size, bool ended = true) {
  GameRecord game;
  game.size = size;
  game.rules.komi = 7;
  game.rules.multi_stone_suicide = false;
  Position position(size, game.rules);
  const auto play = [&](Point point, float weight) {
    const auto cell = static_cast<std::uint16_t>(point.cell(size));
    std::vector<float> policy(static_cast<std::size_t>(size.area()) + 1, 0.1F);
    policy[cell] = 1;
    game.turns.push_back(RecordedTurn::of(cell, weight, policy));
    if (weight > 0) game.turns.back().set_value(0.5F, 0.5F, 0);
    position.play(point);
  };
  play(Point::at(size.width - 1, 1), 0);
  play(Point::at(0, size.height - 1), 1);
  play(Point::at(1, 1), 1);
  play(Point::pass(), 1);
  if (ended) play(Point::pass(), 1);
  game.finish(position);
  return game;
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
  GameRecord game = short_game({4, 4});
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
  const GameRecord game = short_game({5, 3}, false);
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
  GameRecord game = short_game({4, 4});
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
  GameRecord game = short_game({4, 4});  // Black: two stones, White: one
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
  GameRecord game = short_game({4, 4});
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

namespace {

std::vector<std::string> row_files(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".npz") paths.push_back(entry.path().string());
  return paths;
}

}  // namespace

TEST_CASE("KataGo's rows: files hold the arrays as numpy reads them") {
  const test::TemporaryFolder folder;
  const std::string npz = folder / "npz";
  const auto record = [](BoardSize size) {
    return std::make_shared<const GameRecord>(short_game(size));
  };
  {
    auto files = KatagoRowFiles::open(npz, 9);
    REQUIRE(files);
    REQUIRE(files->add({record({9, 9}), record({7, 5})}));
    REQUIRE(files->flush());
    REQUIRE(files->flush());  // nothing is left
    CHECK(files->written() == 8);
  }
  const std::vector<std::string> paths = row_files(npz);
  REQUIRE(paths.size() == 1);
  const auto bytes = read_file(paths.front());
  REQUIRE(bytes);
  const auto entries = read_zip(*bytes);
  const std::map<std::string, std::pair<std::string, std::size_t>> expected = {
      {"binaryInputNCHWPacked.npy",
       {"'|u1', 'fortran_order': False, 'shape': (8,22,11,)", 8 * 242}},
      {"globalInputNC.npy", {"'<f4', 'fortran_order': False, 'shape': (8,19,)", 4 * 8 * 19}},
      {"policyTargetsNCMove.npy",
       {"'<i2', 'fortran_order': False, 'shape': (8,2,82,)", 2 * 8 * 164}},
      {"globalTargetsNC.npy", {"'<f4', 'fortran_order': False, 'shape': (8,80,)", 4 * 8 * 80}},
      {"scoreDistrN.npy", {"'|i1', 'fortran_order': False, 'shape': (8,282,)", 8 * 282}},
      {"valueTargetsNCHW.npy", {"'|i1', 'fortran_order': False, 'shape': (8,5,9,9,)", 8 * 405}},
      {"qValueTargetsNCMove.npy",
       {"'<i2', 'fortran_order': False, 'shape': (8,3,82,)", 2 * 8 * 246}}};
  REQUIRE(entries.size() == expected.size());
  for (const auto& [name, array] : entries) {
    CAPTURE(name);
    REQUIRE(expected.contains(name));
    ByteReader reader(array);
    CHECK(reader.take(8) == std::string_view("\x93NUMPY\x01\x00", 8));
    const auto length = reader.get<std::uint16_t>();
    const std::string header(reader.take(length));
    CHECK((10 + length) % 64 == 0);
    CHECK(header.back() == '\n');
    CHECK(header.find(expected.at(name).first) != std::string::npos);
    CHECK(reader.left() == expected.at(name).second);
  }
  // As many entries in the directory at the end, which points back to the first header.
  const std::string end = bytes->substr(bytes->size() - 22);
  CHECK(end.starts_with("PK\x05\x06"));
  CHECK(end[10] == 7);

  // Other games get a file of their own.
  auto more = KatagoRowFiles::open(npz, 9);
  REQUIRE(more);
  REQUIRE(more->add({record({9, 8})}));
  REQUIRE(more->flush());
  CHECK(row_files(npz).size() == 2);
}

}  // namespace ponnuki::selfplay
