// Games that count no more after they were stored.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/file.h"
#include "selfplay/run/training_loop.h"
#include "tests/support/small_training.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

/// Plays itself. Once `withdraws` is set, it withdraws all games of the first cycle when it has
/// played for the second one.
class Withdrawing : public GameSource {
 public:
  Withdrawing(const TrainingOptions& options, bool withdraws)
      : own_({options.games, options.seed, 1, options.precision, {}}), withdraws_(withdraws) {}

  Status open(std::int64_t cycle) override {
    opened_ = cycle;
    return {};
  }
  Status play(const GamesWanted& wanted, const std::atomic<bool>* stop, const Actors::Save& save,
              const Actors::Progress& progress) override {
    PONNUKI_TRY(own_.play(wanted, stop, save, progress));
    if (withdraws_ && wanted.cycle == 2) withdrawals_ = 1;
    return {};
  }
  MatchPlayer& match_player() override { return own_.match_player(); }
  std::int64_t withdrawals() const override { return withdrawals_; }
  void take_out_withdrawn(std::int64_t cycle, GamesFile& file) const override {
    REQUIRE(opened_ == 1);
    if (withdrawals_ == 0 || cycle != 1) return;
    file = {};
  }

 private:
  OwnGames own_;
  const bool withdraws_;
  std::int64_t opened_ = 0, withdrawals_ = 0;
};

/// The rows in the window after each cycle.
std::vector<std::int64_t> window_rows(bool withdraws) {
  const test::TemporaryFolder folder;
  const TrainingOptions options = test::small_run(folder / "run", 3);
  std::vector<std::string> said;
  REQUIRE(run_training(options, {[&](const std::string& line) { said.push_back(line); }, nullptr},
                       {}, std::make_unique<Withdrawing>(options, withdraws)));
  CHECK(said.size() == 3);
  std::istringstream lines(*read_file(folder / "run/metrics.jsonl"));
  std::vector<std::int64_t> rows;
  for (std::string line; std::getline(lines, line);)
    rows.push_back(nlohmann::json::parse(line).at("windowRows"));
  return rows;
}

TEST_CASE("Training: games that are withdrawn leave the window, and the run goes on") {
  const auto all = window_rows(false), fewer = window_rows(true);
  REQUIRE(all.size() == 3);
  REQUIRE(fewer.size() == 3);
  CHECK(fewer[0] == all[0]);
  CHECK(fewer[1] < all[1]);
  CHECK(std::abs(fewer[1] - (all[1] - all[0])) < all[0] / 2);  // rows are drawn anew
}

}  // namespace
}  // namespace ponnuki::selfplay
