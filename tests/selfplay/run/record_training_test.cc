// Collections of game records, and learning from them.
#include "selfplay/run/record_training.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/file.h"
#include "nn/files/model_file.h"
#include "selfplay/run/run_directory.h"
#include "selfplay/run/training_report.h"
#include "tests/support/random_records.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

using test::TemporaryFolder;

std::vector<std::string> write_games(const TemporaryFolder& folder, int count,
                                     BoardSize size = {4, 4}) {
  std::vector<std::string> files;
  for (int i = 0; i < count; ++i) {
    const Game game = test::random_finished_game(static_cast<std::uint64_t>(i), size);
    files.push_back(folder.write(std::to_string(size.width) + "-" + std::to_string(i) + ".sgf",
                                 test::record_of(game)));
  }
  return files;
}

SplitCollection collected(const std::vector<std::string>& files, const CollectionOptions& options,
                          std::vector<std::string>* warnings = nullptr) {
  auto all = read_collection(files, options, [&](const std::string& line) {
    if (warnings != nullptr) warnings->push_back(line);
  });
  INFO((all ? "" : all.error().message));
  REQUIRE(all);
  return std::move(*all);
}

std::set<std::uint64_t> hashes_of(const GameCollection& games) {
  std::set<std::uint64_t> hashes;
  for (std::int64_t i = 0; i < games.positions(); ++i)
    hashes.insert(game_hash(*games.place(i).game));
  return hashes;
}

RecordTrainingOptions small_run(const std::string& directory, double epochs) {
  RecordTrainingOptions options;
  options.directory = directory;
  options.first.shape = {1, 8};
  options.learner.batch = 8;
  options.learner.warmup_samples = 100;
  options.learner.average_samples = 500;
  options.learner.final_share = 1;  // of the rate: the length of a run changes nothing
  options.epochs = epochs;
  return options;
}

std::vector<std::string> run(SplitCollection games, const RecordTrainingOptions& options) {
  std::vector<std::string> said;
  const TrainingHooks hooks{[&](const std::string& line) { said.push_back(line); }, nullptr};
  const Status status = train_on_records(std::move(games), options, hooks);
  INFO((status ? "" : status.error().message));
  REQUIRE(status);
  return said;
}

std::string learner_state(const std::string& directory) {
  const auto opened = RunDirectory::open(directory);
  REQUIRE(opened);
  const auto state = opened->read_records_state();
  REQUIRE(state);
  REQUIRE(*state);
  return (*state)->learner;
}

std::vector<nlohmann::json> metrics_of(const std::string& directory) {
  std::vector<nlohmann::json> lines;
  std::ifstream file(directory + "/metrics.jsonl");
  for (std::string line; std::getline(file, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

/// Gives all positions the same outputs.
class ConstantNetwork final : public nn::Network {
 public:
  explicit ConstantNetwork(nn::NetworkOutput output) : output_(std::move(output)) {
    model_.trunk.initial_conv = {};
    model_.trunk.initial_conv.out = 1;
    model_.trunk.initial_conv.in = 22;
    model_.trunk.initial_conv.height = model_.trunk.initial_conv.width = 1;
    model_.trunk.initial_conv.weights.resize(22);
  }
  const nn::Model& model() const override { return model_; }
  void forward(std::span<const nn::NetworkInput>, std::span<nn::NetworkOutput> outputs) override {
    for (nn::NetworkOutput& output : outputs) output = output_;
  }
  std::string backend_name() const override { return "constant"; }

 private:
  nn::Model model_;
  nn::NetworkOutput output_;
};

}  // namespace

TEST_CASE("Collections: games are split by their moves, whatever the order of the files") {
  const TemporaryFolder folder;
  std::vector<std::string> files = write_games(folder, 100);
  CollectionOptions options;
  options.holdout = 0.2;
  const SplitCollection all = collected(files, options);
  const auto training = hashes_of(all.training), held_out = hashes_of(all.held_out);
  CHECK(training.size() + held_out.size() == 100);
  CHECK(held_out.size() >= 10);
  CHECK(held_out.size() <= 30);
  std::ranges::reverse(files);
  CHECK(hashes_of(collected(files, options).held_out) == held_out);
  options.holdout = 0;
  CHECK(collected(files, options).held_out.games() == 0);
  CHECK(all.with_result == 100);
  CHECK(all.with_score == 100);

  std::int64_t at = 0;
  for (std::int64_t game = 0; game < all.training.games(); ++game) {
    const PlayedGame* const first = all.training.place(at).game;
    for (std::size_t turn = 0; turn < first->moves.size(); ++turn, ++at) {
      REQUIRE(all.training.place(at).game == first);
      REQUIRE(all.training.place(at).turn == turn);
    }
  }
  CHECK(at == all.training.positions());
}

TEST_CASE("Collections: what is left out is counted, what is broken named") {
  const TemporaryFolder folder;
  std::vector<std::string> files = write_games(folder, 3);
  files.push_back(files.front());
  files.push_back(write_games(folder, 1, {5, 5}).front());
  files.push_back(folder.write("two.sgf", "(;SZ[4];B[aa])(;SZ[4];B[aa];W[aa])"));
  files.push_back(folder.write("broken.sgf", "(;SZ[4];B[aa"));
  files.push_back(folder.write("empty.sgf", "(;SZ[4])"));
  CollectionOptions options;
  options.sizes = {{4, 4}};
  options.holdout = 0;
  std::vector<std::string> warnings;
  const SplitCollection all = collected(files, options, &warnings);
  CHECK(all.training.games() == 4);
  CHECK(all.broken == 2);
  CHECK(all.other_sizes == 1);
  CHECK(all.without_moves == 1);
  CHECK(all.duplicates == 1);
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0].find("two.sgf#2: move 2") != std::string::npos);
  CHECK(warnings[1].find("broken.sgf: ") != std::string::npos);
  CHECK(all.summary().ends_with(
      "left out: 2 broken, 1 of other sizes, 1 without moves, 1 that were there already"));

  const auto none = [&](const CollectionOptions& wanted, const std::vector<std::string>& from) {
    return read_collection(from, wanted, [](const std::string&) {}).error().message;
  };
  options.sizes = {{9, 9}};
  CHECK(none(options, {files[0]}) == "no game of 9x9 among 1 of other sizes");
  CHECK(none({}, {files.back()}) == "no game to learn from in 1 files");
}

TEST_CASE("Collections: an epoch has each position once, in an order of its own") {
  for (const std::int64_t count : {1, 2, 3, 4, 5, 63, 64, 65, 1000}) {
    std::set<std::int64_t> seen;
    std::int64_t same = 0, in_place = 0;
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t to = shuffled(i, count, 1);
      REQUIRE(to >= 0);
      REQUIRE(to < count);
      seen.insert(to);
      same += to == shuffled(i, count, 2);
      in_place += to == i;
    }
    CAPTURE(count);
    CHECK(static_cast<std::int64_t>(seen.size()) == count);
    if (count < 1000) continue;
    CHECK(same < 10);
    CHECK(in_place < 10);
  }
}

TEST_CASE("Held-out games: shares and losses are what they are called") {
  GameCollection games;
  const auto add = [&](const char* sgf) {
    const auto tree = sgf::parse_sgf(sgf);
    REQUIRE(tree);
    auto game = read_played_game(*tree, 0, Rules{});
    REQUIRE(game);
    games.add(std::move(*game));
  };
  add("(;SZ[3]KM[2.5]RE[B+6.5];B[bb];W[];B[])");  // cells 4, pass, pass
  add("(;SZ[3];B[aa])");
  nn::NetworkOutput output;
  output.policy = {0, 1, 2, 3, 9, 5, 6, 7, 8, 4};  // 4 is the best, pass is not among the best five
  output.value = {1, 0, -50};                      // who moves wins
  output.misc.resize(6);
  output.ownership = {1, 1, 1, -1, -1, -1, -1, -1, -1};
  ConstantNetwork network(output);
  WorkerPool workers;
  const HeldOutReport report = evaluate_held_out(network, games, 100, 3, workers);
  CHECK(report.positions == 4);
  CHECK(report.top1 == Approx(1.0 / 4));
  CHECK(report.top5 == Approx(1.0 / 4));
  double sum = 0;
  for (const float logit : output.policy) sum += std::exp(static_cast<double>(logit));
  CHECK(report.policy_loss == Approx(std::log(sum) - (9 + 4 + 4 + 0) / 4.0));
  CHECK(report.valued == 3);
  CHECK(report.value_accuracy == Approx(2.0 / 3));  // Black, who wins, moves first and last
  CHECK(report.value_loss == Approx(std::log(1 + std::exp(-1)) + 1.0 / 3));
  CHECK(report.owned == 3);
  CHECK(report.ownership_accuracy == Approx((3 + 6 + 3) / 27.0));
  CHECK(evaluate_held_out(network, games, 2, 1, workers).positions == 2);
  output.policy[9] = 5.5F;  // now pass is the fifth
  ConstantNetwork passing(output);
  CHECK(evaluate_held_out(passing, games, 100, 1, workers).top5 == Approx(3.0 / 4));
}

TEST_CASE("Learning from records: a few games are learned by heart") {
  const TemporaryFolder folder;
  CollectionOptions options;
  options.holdout = 0.2;
  const auto files = write_games(folder, 10);
  const std::string directory = folder / "run";
  RecordTrainingOptions training = small_run(directory, 120);
  training.first.shape = {2, 16};
  training.learner.learning_rate = 0.01;
  training.augment = false;
  const auto said = run(collected(files, options), training);
  const auto metrics = metrics_of(directory);
  REQUIRE(metrics.size() == 120);
  const double first = metrics.front()["loss"]["policy"], last = metrics.back()["loss"]["policy"];
  CAPTURE(first, last);
  CHECK(last < 0.3 * first);
  CHECK(metrics.back()["loss"]["value"] < 0.3 * metrics.front()["loss"]["value"].get<double>());
  CHECK(metrics.back()["loss"]["softPolicy"] == 0);
  CHECK(metrics.back()["heldOut"]["positions"] > 0);
  CHECK(nn::load_model(directory + "/nets/000120.bin.gz")->name == "b2c16-records-120");
  const auto text = read_file(directory + "/metrics.jsonl");
  REQUIRE(text);
  CHECK(training_table(*text, 3).find("top-5 %") != std::string::npos);
  CHECK(training_page(*text, "x").find("moves predicted") != std::string::npos);
}

TEST_CASE("Learning from records: one that was stopped goes on as if nothing had happened") {
  const TemporaryFolder folder;
  const auto files = write_games(folder, 40);
  const auto games = [&] { return collected(files, {}); };
  const std::string whole = folder / "whole", parts = folder / "parts";
  run(games(), small_run(whole, 3));
  run(games(), small_run(parts, 0.4));
  const auto said = run(games(), small_run(parts, 1.2));
  REQUIRE(said.size() >= 2);
  CHECK(said[1].starts_with("going on after "));
  run(games(), small_run(parts, 3));
  CHECK(learner_state(whole) == learner_state(parts));
  CHECK(metrics_of(parts).size() == 5);  // a line an epoch, and one for each stop
  RecordTrainingOptions mirrored = small_run(folder / "mirrored", 3);
  mirrored.augment = false;
  run(games(), mirrored);
  CHECK(learner_state(whole) != learner_state(folder / "mirrored"));
}

TEST_CASE("Learning from records: other games or another seed begin the epoch anew, and say so") {
  const TemporaryFolder folder;
  const auto files = write_games(folder, 40);
  const std::vector<std::string> fewer(files.begin(), files.end() - 1);
  const auto is_anew = [](const std::vector<std::string>& said) {
    return std::ranges::any_of(said, [](const std::string& line) {
      return line == "the games or the seed are not those of the last start; the epoch begins anew";
    });
  };
  const auto options = [&](double epochs, std::uint64_t seed) {
    RecordTrainingOptions training = small_run(folder / "run", epochs);
    training.first.seed = seed;
    return training;
  };
  run(collected(files, {}), options(0.4, 1));
  CHECK_FALSE(is_anew(run(collected(files, {}), options(0.5, 1))));
  CHECK(is_anew(run(collected(fewer, {}), options(0.6, 1))));
  CHECK_FALSE(is_anew(run(collected(fewer, {}), options(0.7, 1))));
  CHECK(is_anew(run(collected(fewer, {}), options(1, 2))));
}

TEST_CASE("Learning from records: what was learned from is never held out") {
  const TemporaryFolder folder;
  const auto files = write_games(folder, 60);
  const auto with = [&](double holdout) {
    CollectionOptions options;
    options.holdout = holdout;
    return collected(files, options);
  };
  const TrainingHooks silent{[](const std::string&) {}, nullptr};
  run(with(0.2), small_run(folder / "run", 0.2));
  run(with(0.1), small_run(folder / "run", 0.4));  // some of the held-out games are learned from
  const Status status = train_on_records(with(0.2), small_run(folder / "run", 0.6), silent);
  REQUIRE_FALSE(status);
  CHECK(status.error().message.find("give --holdout 0.1, or another --dir") != std::string::npos);
  run(with(0.1), small_run(folder / "run", 0.6));
}

TEST_CASE("Learning from records: a folder has runs of one kind") {
  const TemporaryFolder folder;
  const auto files = write_games(folder, 10);
  const std::string directory = folder / "run";
  run(collected(files, {}), small_run(directory, 1));
  const TrainingHooks silent{[](const std::string&) {}, nullptr};
  TrainingOptions own;
  own.directory = directory;
  own.cycles = 1;
  CHECK(run_training(own, silent).error().message.find("learns from game records") !=
        std::string::npos);
  RecordTrainingOptions wider = small_run(directory, 2);
  wider.first.shape = {1, 16};
  CHECK(
      train_on_records(collected(files, {}), wider, silent).error().message.find("another shape") !=
      std::string::npos);
  const std::string other = folder / "other";
  REQUIRE(RunDirectory::open(other)->write_state({}));
  CHECK(train_on_records(collected(files, {}), small_run(other, 1), silent)
            .error()
            .message.find("its own games") != std::string::npos);
}

}  // namespace ponnuki::selfplay
