#include "web/server/training_run.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "engine/file.h"
#include "engine/json_line.h"
#include "selfplay/records/game_sgf.h"
#include "selfplay/run/run_directory.h"
#include "selfplay/run/training_report.h"
#include "web/server/json_numbers.h"

namespace ponnuki::web {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t kMostPoints = 400;  // of a curve
constexpr int kRows = 20;                 // of the table

/// The files of games, the newest first.
std::vector<std::string> game_files(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder + "/games", ignored)) {
    if (entry.path().extension() == ".games") files.push_back(entry.path().string());
  }
  std::ranges::sort(files, std::greater<>());
  return files;
}

std::string with_size(const std::string& path) {
  std::error_code ignored;
  return path + " " + std::to_string(fs::file_size(path, ignored));
}

Json plots_json(const std::string& metrics) {
  Json plots = Json::array();
  for (const auto& plot : selfplay::training_plots(metrics, kMostPoints)) {
    Json curves = Json::array();
    for (const auto& curve : plot.curves) {
      Json points = Json::array();
      for (const auto& [minutes, value] : curve.points)
        points.push_back({rounded(minutes, 100), rounded(value, 1e5)});
      curves.push_back({{"name", curve.name}, {"points", points}});
    }
    plots.push_back({{"title", plot.title}, {"curves", curves}});
  }
  return plots;
}

Json game_json(const selfplay::GameRecord& game) {
  const bool has_result = game.ending == selfplay::GameRecord::Ending::kPasses;
  return {{"size", size_text(game.size)},
          {"moves", game.turns.size()},
          {"result", has_result ? Score{game.white_score}.to_string() : "Void"}};
}

}  // namespace

Result<std::unique_ptr<TrainingRun>> TrainingRun::open(const std::string& folder) {
  std::error_code ignored;
  if (fs::exists(selfplay::RunDirectory::metrics_path(folder), ignored) ||
      fs::exists(folder + "/config.json", ignored))
    return std::unique_ptr<TrainingRun>(new TrainingRun(folder));
  return Error{"'" + folder +
               "' is not the folder of a training run: name one that 'ponnuki train' was given by "
               "--dir"};
}

/// Reads from the newest files until there are enough. A file that cannot be read has no games.
void TrainingRun::read_games() {
  games_.clear();
  for (const std::string& path : game_files(folder_)) {
    if (games_.size() >= kMostGames) break;
    const auto file = selfplay::read_games(path);
    if (!file) continue;
    for (auto game = file->games.rbegin(); game != file->games.rend(); ++game) {
      if (games_.size() < kMostGames) games_.push_back(*game);
    }
  }
}

Result<std::string> TrainingRun::message(std::int64_t since) {
  const MutexLock lock(mutex_);
  std::string metrics;  // there are none before the first cycle ends
  std::error_code ignored;
  if (const std::string path = selfplay::RunDirectory::metrics_path(folder_);
      fs::exists(path, ignored)) {
    PONNUKI_TRY(metrics, read_plain_file(path));
  }
  const auto files = game_files(folder_);
  const std::string newest = files.empty() ? "" : with_size(files.front());
  if (number_ == 0 || metrics != metrics_ || newest != newest_) {
    ++number_;
    metrics_ = metrics;
    if (newest != newest_) read_games();
    newest_ = newest;
  }
  Json json{{"type", "training"}, {"number", number_}};
  if (since == number_) return json_line(json);
  json["folder"] = folder_;
  json["plots"] = plots_json(metrics_);
  json["table"] = selfplay::training_table(metrics_, kRows);
  json["games"] = Json::array();
  for (const auto& game : games_) json["games"].push_back(game_json(*game));
  return json_line(json);
}

Result<sgf::SgfTree> TrainingRun::game(std::size_t number, const std::string& program) const {
  const MutexLock lock(mutex_);
  if (number >= games_.size()) return Error{"this game is not among the latest any more"};
  return selfplay::sgf_of(*games_[number], "Training", program);
}

}  // namespace ponnuki::web
