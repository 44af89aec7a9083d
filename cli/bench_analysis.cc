// A whole game analysed, as a reviewer asks for it.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/analysis_engine.h"
#include "cli/bench.h"
#include "cli/bench_peer.h"
#include "engine/file.h"
#include "engine/random.h"

namespace ponnuki::cli {
namespace {

constexpr int kVisits = 50;

/// Moves drawn from the net's policy: a game that has something of a game, the same every time.
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

/// All positions of the game, in one query.
std::string query_of(const std::vector<Point>& game, BoardSize size) {
  nlohmann::json query = {{"id", "game"},
                          {"boardXSize", size.width},
                          {"boardYSize", size.height},
                          {"rules", "tromp-taylor"},
                          {"komi", 7.5},
                          {"maxVisits", kVisits},
                          {"moves", nlohmann::json::array()},
                          {"analyzeTurns", nlohmann::json::array({0})}};
  for (std::size_t i = 0; i < game.size(); ++i) {
    query["moves"].push_back(
        nlohmann::json::array({i % 2 == 0 ? "B" : "W", to_gtp(game[i], size)}));
    query["analyzeTurns"].push_back(i + 1);
  }
  return query.dump();
}

/// A file while this lives.
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
  const auto file = choose_net(options.evaluator);
  if (!file) return file.error();
  if (file->empty()) return {};
  const auto evaluator = make_evaluator(options.evaluator);
  if (!evaluator) return evaluator.error();
  for (const BoardSize size : sizes) {
    const std::vector<Point> game =
        draw_game(**evaluator, size, std::min(200, size.area() * 2 / 3));
    const std::string query = query_of(game, size);
    const auto positions = static_cast<std::int64_t>(game.size()) + 1;
    for (int threads = 1; threads <= options.threads; threads *= 2) {
      std::optional<double> peer;
      if (!options.katago.empty() && katago_benchmarks(size)) {
        const TemporaryFile queries;
        if (Status status = write_file_atomically(queries.path(), query + "\n"); !status)
          return status;
        const auto rate = run_katago_analysis(options, *file, queries.path(),
                                              static_cast<int>(positions), threads);
        if (!rate) return rate.error();
        peer = *rate;
      }
      analysis::AnalysisEngine::Options engine_options;
      engine_options.threads = threads;
      const Rate rate = measure(options, [&] {
        (*evaluator)->clear_cache();
        analysis::AnalysisEngine engine(**evaluator, engine_options, [](const std::string&) {});
        engine.handle(query);
        engine.finish();
        return positions;
      });
      BenchRow row{"game " + size_text(size) + " analysed, " + std::to_string(kVisits) + " visits",
                   "positions/s", threads, rate, peer};
      row.decimals = 1;
      sink(row);
    }
  }
  return {};
}

}  // namespace ponnuki::cli
