#include "cli/bench/bench.h"
#include "engine/playouts.h"
#include "engine/position.h"
#include "nn/inputs/planes.h"

namespace ponnuki::cli {
namespace {

void bench_random_games(const BenchOptions& options, BoardSize size, const BenchSink& sink) {
  std::uint64_t stream = 0;
  const auto play = [&] {
    return run_random_games(size, tromp_taylor_rules(), 100000, Random(1, ++stream));
  };
  const Rate playouts = measure(options, [&] { return play().games; });
  sink({"random playouts " + size_text(size) + ", counted", "playouts/s", 1, playouts, {}});
  const Rate rate = measure(options, [&] { return play().moves; });
  sink({"random legal moves " + size_text(size) + ", superko kept", "moves/s", 1, rate, {}});
}

/// Positions of random games without filled eyes, spread over all phases of the game.
std::vector<Position> sample_positions(BoardSize size) {
  std::vector<Position> positions;
  Random random(2, 0);
  for (int game = 0; game < 8; ++game) {
    Position position(size);
    for (int move = 0; move < size.area() && !position.is_over(); ++move) {
      std::vector<Point> moves;
      for (int cell = 0; cell < size.area(); ++cell) {
        const Point p = Point::from_cell(cell, size);
        if (position.is_legal(p) && !position.board().is_simple_eye(p, position.to_move()))
          moves.push_back(p);
      }
      position.play(moves.empty() ? Point::pass()
                                  : moves[random.below(static_cast<std::uint32_t>(moves.size()))]);
      if (move % 4 == 0) positions.push_back(position);
    }
  }
  return positions;
}

void bench_planes(const BenchOptions& options, BoardSize size, bool ladders,
                  const BenchSink& sink) {
  const std::vector<Position> positions = sample_positions(size);
  std::vector<float> spatial(static_cast<std::size_t>(nn::kPlaneCount * size.area()));
  std::vector<float> global(nn::kGlobalCount);
  const nn::PlaneOptions planes{.ladders = ladders};
  const Rate rate = measure(options, [&] {
    // A new encoder, since an old one would remember the ladders of the positions.
    nn::PlaneEncoder encoder;
    for (const Position& position : positions)
      encoder.encode(position, Symmetry(), planes, spatial, global);
    return static_cast<std::int64_t>(positions.size());
  });
  sink({"planes " + size_text(size) + (ladders ? ", with ladders" : ", without ladders"),
        "encodings/s",
        1,
        rate,
        {}});
}

}  // namespace

Status bench_rules(const BenchOptions& options, const BenchSink& sink) {
  for (const BoardSize size : {BoardSize{9, 9}, BoardSize{19, 19}})
    bench_random_games(options, size, sink);
  for (const BoardSize size : {BoardSize{9, 9}, BoardSize{19, 19}}) {
    bench_planes(options, size, false, sink);
    bench_planes(options, size, true, sink);
  }
  return {};
}

}  // namespace ponnuki::cli
