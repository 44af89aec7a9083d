// What the b6c96 net and others say of recorded positions, against KataGo's kata-raw-nn: many
// sizes, rules, komis, histories and all symmetries. The file is made by tests/e2e/raw_nn.py;
// PONNUKI_RAW_NN names another one.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/file.h"
#include "engine/game.h"
#include "nn/convert/model_convert.h"
#include "nn/evaluators/net_evaluator.h"
#include "nn/files/katago/model_writer.h"
#include "nn/files/model_file.h"
#include "nn/reference/reference_network.h"
#include "tests/support/random_model.h"
#include "tests/support/random_tower.h"
#include "tests/support/test_net.h"

namespace ponnuki::nn {
namespace {

using nlohmann::json;

constexpr double kProbability = 1e-3;
constexpr double kPoints = 0.02;

std::vector<Move> stones(const json& vertices, Color color, BoardSize size) {
  std::vector<Move> found;
  for (const auto& vertex : vertices)
    found.push_back({color, *parse_gtp_vertex(vertex.get<std::string>(), size)});
  return found;
}

Game game_of(const json& line) {
  const BoardSize size{line["width"].get<std::uint8_t>(), line["height"].get<std::uint8_t>()};
  Rules rules = *parse_rules(line["rules"].dump(), Rules{});
  rules.komi = line["komi"].get<float>();
  Board board(size);
  const auto handicap = stones(line["handicap"], Color::kBlack, size);
  REQUIRE(board.place(handicap).ok());
  Game game(board, handicap.empty() ? Color::kBlack : Color::kWhite, rules,
            static_cast<int>(handicap.size()));
  for (const auto& move : line["moves"]) {
    const auto text = move.get<std::string>();  // "b D4"
    game.play({*parse_color(text.substr(0, 1)), *parse_gtp_vertex(text.substr(2), size)});
  }
  return game;
}

/// Collects what differs from KataGo's report.
class Comparison {
 public:
  explicit Comparison(const json& report) : report_(report) {}

  void number(const std::string& name, double ours, double theirs, double tolerance) {
    if (std::abs(ours - theirs) <= tolerance) return;
    differences_ += name + ": " + std::to_string(ours) + ", not " + std::to_string(theirs) + '\n';
  }
  void number(const char* name, double ours, double tolerance) {
    number(name, ours, report_[name].get<double>(), tolerance);
  }
  void grid(const char* name, const std::vector<float>& ours, double sign) {
    const json& theirs = report_[name];
    REQUIRE(theirs.size() == ours.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
      number(name + std::string(" at ") + std::to_string(i), sign * double{ours[i]},
             theirs[i].get<double>(), kProbability);
  }
  const std::string& differences() const { return differences_; }

 private:
  const json& report_;
  std::string differences_;
};

/// Whether the short-term errors are compared as well.
enum class Errors { kCompared, kLeftOut };

std::string differences(const json& report, const Evaluation& e, Color to_move, Errors errors) {
  const bool white = to_move == Color::kWhite;
  const double sign = white ? 1 : -1;
  Comparison all(report);
  all.number("whiteWin", double{white ? e.win : e.loss}, kProbability);
  all.number("whiteLoss", double{white ? e.loss : e.win}, kProbability);
  all.number("noResult", double{e.no_result}, kProbability);
  all.number("whiteLead", sign * double{e.lead}, kPoints);
  all.number("whiteScoreSelfplay", sign * double{e.score_mean}, kPoints);
  const double mean = report["whiteScoreSelfplay"].get<double>();
  const double square = report["whiteScoreSelfplaySq"].get<double>();
  const double stdev = std::sqrt(std::max(square - mean * mean, 0.0));
  // KataGo rounds to three digits: of a large mean that is much in the square of a small stdev.
  const double rounding = (5e-4 + 1e-3 * std::abs(mean)) / (2 * stdev + 1e-3);
  all.number("stdev", double{e.score_stdev}, stdev, kPoints + rounding);
  // Nets of version 8 do not say these: KataGo answers -1.
  if (report["varTimeLeft"].get<double>() >= 0)
    all.number("varTimeLeft", double{e.variance_time}, kPoints);
  if (errors == Errors::kCompared && report["shorttermWinlossError"].get<double>() >= 0) {
    all.number("shorttermWinlossError", double{e.winloss_error}, kProbability);
    all.number("shorttermScoreError", double{e.score_error}, kPoints);
  }
  all.grid("policy", e.policy, 1);
  all.grid("whiteOwnership", e.ownership, sign);
  return all.differences();
}

/// Evaluates the position of a line as its report was asked for, and compares.
void check_line(const json& line, Evaluator& evaluator, Errors errors = Errors::kCompared) {
  const Game game = game_of(line);
  const Position& position = game.position();
  Evaluation evaluation;
  EvalRequest request;
  request.position = &position;
  request.result = &evaluation;
  request.symmetry = Symmetry(static_cast<int>(line["report"]["symmetry"].get<double>()));
  request.with_ownership = true;
  request.policy_optimism = line.value("optimism", 0.0F);
  evaluate_one(evaluator, request);
  INFO(line["rules"].dump() << " komi " << line["komi"] << ' ' << line["handicap"].dump()
                            << line["moves"].dump() << " symmetry " << request.symmetry.number()
                            << '\n'
                            << position.board().to_diagram());
  CHECK(differences(line["report"], evaluation, position.to_move(), errors) == "");
}

std::vector<json> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<json> lines;
  for (std::string text; std::getline(file, text);) lines.push_back(json::parse(text));
  return lines;
}

NetEvaluator evaluator_of(Model model) {
  return NetEvaluator(
      std::make_shared<ReferenceNetwork>(std::make_shared<const Model>(std::move(model))));
}

TEST_CASE("the net says what KataGo says") {
  const auto net = test::test_net();
  if (!net) {
    WARN("no test net: skipped");
    return;
  }
  const char* named = std::getenv("PONNUKI_RAW_NN");
  const auto lines = lines_of(named ? named : PONNUKI_SOURCE_DIR "/tests/golden/raw_nn.jsonl");
  CHECK(lines.size() >= 24);
  auto model = load_model(*net);
  REQUIRE(model.ok());
  NetEvaluator evaluator = evaluator_of(std::move(*model));
  for (const json& line : lines) check_line(line, evaluator);
}

TEST_CASE("the net says what KataGo says where playouts are doubled") {
  const auto net = test::test_net();
  if (!net) {
    WARN("no test net: skipped");
    return;
  }
  // kata-raw-nn 0 on 19x19 with komi 7.5 under Tromp-Taylor rules; White's view.
  struct Row {
    float doublings;  // of the player to move
    const char* moves;
    double white_wins, lead, score;
  };
  const Row rows[] = {
      {1.5F, "", 0.214478, -18.628, -18.910}, {1.5F, "Q16 D4 D16", 0.858285, 21.091, 21.585},
      {-2, "", 0.973074, 23.946, 25.437},     {-2, "Q16 D4 D16", 0.006513, -31.408, -36.338},
      {-2.75F, "", 0.997914, 1.659, 54.795},  {2.75F, "Q16 D4 D16", 0.996389, 55.568, 60.408},
      {1, "", 0.443464, -6.383, -6.396},      {-1, "Q16 D4 D16", 0.267303, -11.085, -12.463},
  };
  NetEvaluator evaluator = evaluator_of(*load_model(*net));
  for (const Row& row : rows) {
    CAPTURE(row.doublings, row.moves);
    Position position({19, 19});
    std::istringstream moves(row.moves);
    for (std::string vertex; moves >> vertex;)
      position.play({position.to_move(), *parse_gtp_vertex(vertex, position.size())});
    const Evaluation e = evaluate_one(evaluator, position, {.playout_doublings = row.doublings});
    const bool black = position.to_move() == Color::kBlack;
    CHECK(double{black ? e.loss : e.win} == Approx(row.white_wins).margin(kProbability));
    CHECK(double{black ? -e.lead : e.lead} == Approx(row.lead).margin(kPoints));
    CHECK(double{black ? -e.score_mean : e.score_mean} == Approx(row.score).margin(kPoints));
  }
}

// Nets of every version with V7 inputs, small and random, need no file: KataGo has read them as the
// hidden test below wrote them, and tests/golden/random_nets.jsonl holds its answers, each line
// with its version.
constexpr int kOldestV7Version = 8;

Model golden_model(int version, Activation activation) {
  test::RandomModelOptions options;
  options.version = version;
  options.channels = 8;
  options.activation = activation;
  if (version == 17) {
    options.blocks = "tfogrfam";
    options.tip_rms = TipRms{1e-4F, true};
  }
  Model model = test::random_model(options);
  // Sharpens the policy: where all moves are about as likely, no error would be seen.
  for (float& weight : model.policy.p2_conv.weights) weight *= 6;
  for (float& weight : model.policy.gpool_to_pass.weights) weight *= 2;
  return model;
}
Model golden_model(int version) {
  return golden_model(version, version % 3 == 0 ? Activation::kSilu : Activation::kMish);
}

TEST_CASE("nets of all versions say what KataGo says") {
  const auto lines = lines_of(PONNUKI_SOURCE_DIR "/tests/golden/random_nets.jsonl");
  for (int version = kOldestV7Version; version <= kNewestModelVersion; ++version) {
    CAPTURE(version);
    NetEvaluator evaluator = evaluator_of(golden_model(version));
    int positions = 0;
    for (const json& line : lines) {
      if (line["version"] != version) continue;
      check_line(line, evaluator);
      ++positions;
    }
    CHECK(positions >= 4);
  }
}

// A net of version 11 as net convert writes it for KataGo: tests/golden/converted_nets.jsonl holds
// what KataGo says of the converted nets.
constexpr int kConvertedVersions[] = {8, 11, 15};

Model original_model() { return golden_model(11, Activation::kRelu); }

TEST_CASE("converted nets say in KataGo what the net says here") {
  const auto lines = lines_of(PONNUKI_SOURCE_DIR "/tests/golden/converted_nets.jsonl");
  NetEvaluator original = evaluator_of(original_model());
  for (const int version : kConvertedVersions) {
    CAPTURE(version);
    NetEvaluator converted = evaluator_of(convert_for_katago(original_model(), version)->model);
    int positions = 0;
    for (const json& line : lines) {
      if (line["version"] != version) continue;
      check_line(line, converted);
      // Version 15 has another formula for short-term errors.
      check_line(line, original, version == 15 ? Errors::kLeftOut : Errors::kCompared);
      ++positions;
    }
    CHECK(positions >= 4);
  }
}

TEST_CASE("the transformer nets say what KataGo says") {
  const auto lines = lines_of(PONNUKI_SOURCE_DIR "/tests/golden/transformer_nets.jsonl");
  REQUIRE(lines.size() >= 20);
  for (const std::string& path : test::transformer_nets()) {
    Result<Model> model = load_model(path);
    REQUIRE(model.ok());
    const std::string name = model->name;
    CAPTURE(name);
    NetEvaluator evaluator = evaluator_of(std::move(*model));
    for (const json& line : lines)
      if (line["net"] == name) check_line(line, evaluator);
  }
}

TEST_CASE("write the random nets for KataGo", "[.write]") {
  const char* folder = std::getenv("PONNUKI_WRITE_NETS");
  if (folder == nullptr || !std::filesystem::is_directory(folder)) {
    FAIL("PONNUKI_WRITE_NETS must name an existing folder, where the nets shall be written");
  }
  for (int version = kOldestV7Version; version <= kNewestModelVersion; ++version) {
    const auto path =
        std::filesystem::path(folder) / ("random-v" + std::to_string(version) + ".bin.gz");
    REQUIRE(write_model(golden_model(version), path.string(), {}).ok());
  }
  for (const int version : {1, 2}) {
    const std::string name = "leela-v" + std::to_string(version) + ".txt";
    const std::string text = test::random_leela_zero({.version = version});
    REQUIRE(write_file_atomically((std::filesystem::path(folder) / name).string(), text).ok());
  }
  for (const int version : kConvertedVersions) {
    const auto path =
        std::filesystem::path(folder) / ("converted-v" + std::to_string(version) + ".bin.gz");
    const Model model = convert_for_katago(original_model(), version)->model;
    REQUIRE(write_model(model, path.string(), {}).ok());
  }
}

}  // namespace
}  // namespace ponnuki::nn
