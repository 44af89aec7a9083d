// Analyses a whole game in one query, as a reviewer does.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/analysis_engine.h"
#include "cli/bench/bench.h"
#include "cli/bench/peer.h"
#include "engine/file.h"
#include "engine/random.h"

namespace ponnuki::cli {
namespace {

constexpr int kPositionVisits = 50;

/// Moves drawn from the policy of the net: a plausible game, the same every time.
std::vector<Point> draw_game(Evaluator& evaluator, BoardSize size, int moves) {
  Position position(size);
  Random random(1);
  std::vector<Point> game;
  while (static_cast<int>(game.size()) < moves) {
    const Evaluation evaluation = evaluate_one(evaluator, position);
    double left = random.uniform();
    Point move = Point::pass();
    for (int cell = 0; cell < size.area() && left >= 0; ++cell) {
      const double p = std::max(0.0F, evaluation.policy[static_cast<std::size_t>(cell)]);
      left -= p;
      if (p > 0) move = Point::from_cell(cell, size);
    }
    if (!position.is_legal(move)) break;
    game.push_back(move);
    position.play(move);
  }
  return game;
}

/// One query for all positions of the game.
std::string query_of(const std::vector<Point>& game, BoardSize size) {
  nlohmann::json query = {{"id", "game"},
                          {"boardXSize", size.width},
                          {"boardYSize", size.height},
                          {"rules", "tromp-taylor"},
                          {"komi", 7.5},
                          {"maxVisits", kPositionVisits},
                          {"moves", nlohmann::json::array()},
                          {"analyzeTurns", nlohmann::json::array({0})}};
  for (std::size_t i = 0; i < game.size(); ++i) {
    query["moves"].push_back(
        nlohmann::json::array({i % 2 == 0 ? "B" : "W", to_gtp(game[i], size)}));
    query["analyzeTurns"].push_back(i + 1);
  }
  return query.dump();
}

/// The path of a file that is removed with this object.
class TemporaryFile {
 public:
  TemporaryFile()
      : path_((std::filesystem::temp_directory_path() /
               ("ponnuki-bench-" + std::to_string(::getpid()) + ".json"))
                  .string()) {}
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

Status bench_analysis(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                      const BenchSink& sink) {
  PONNUKI_TRY(const auto file, choose_net(options.evaluator));
  if (file.empty()) return {};
  PONNUKI_TRY(const auto evaluator, make_evaluator(options.evaluator));
  for (const BoardSize size : sizes) {
    const std::vector<Point> game = draw_game(*evaluator, size, std::min(200, size.area() * 2 / 3));
    const std::string query = query_of(game, size);
    const auto positions = static_cast<std::int64_t>(game.size()) + 1;
    for (int threads = 1; threads <= options.threads; threads *= 2) {
      std::optional<double> peer;
      if (!options.katago.empty() && katago_benchmarks(size)) {
        const TemporaryFile queries;
        PONNUKI_TRY(write_file_atomically(queries.path(), query + "\n"));
        PONNUKI_TRY(const auto rate, run_katago_analysis(options, file, queries.path(),
                                                         static_cast<int>(positions), threads));
        peer = rate;
      }
      analysis::AnalysisEngine::Options engine_options;
      engine_options.threads = threads;
      const Rate rate = measure(options, [&] {
        evaluator->clear_cache();
        analysis::AnalysisEngine engine(*evaluator, engine_options, [](const std::string&) {});
        engine.handle(query);
        engine.finish();
        return positions;
      });
      BenchRow row{
          "game " + size_text(size) + " analysed, " + std::to_string(kPositionVisits) + " visits",
          "positions/s", threads, rate, peer};
      row.decimals = 1;
      sink(row);
    }
  }
  return {};
}

}  // namespace ponnuki::cli
