// A process that lives long: searches at full load, with a row a minute on how fast it still is and
// how much memory it has come to.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <span>

#include "cli/bench.h"
#include "engine/search/search.h"

namespace ponnuki {
namespace {

using Clock = std::chrono::steady_clock;

/// Resident, of the process; nothing where there is no /proc as Linux has it.
std::optional<double> memory_mb() {
  std::ifstream statm("/proc/self/statm");
  double all_pages = 0, resident_pages = 0;
  if (!(statm >> all_pages >> resident_pages)) return std::nullopt;
  return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// Plays one game after the other against itself, and keeps from move to move what it can use of
/// the tree.
class Player {
 public:
  Player(Evaluator& evaluator, BoardSize size, const BenchOptions& options)
      : position_(size),
        visits_(options.visits),
        search_(evaluator, {.threads = options.threads}) {}

  /// Returns how many visits it made, those found in the tree left out. A search that is not
  /// done by then goes on in the next call.
  std::int64_t run_until(Clock::time_point end) {
    std::int64_t done = 0;
    for (auto now = Clock::now(); now < end; now = Clock::now()) {
      const double left = std::chrono::duration<double>(end - now).count();
      search_.set_position(position_);
      done += search_.run({.visits = visits_, .seconds = left}).playouts;
      if (Clock::now() < end) play();
    }
    return done;
  }

 private:
  void play() {
    position_.play(search_.choose_move().move);
    const BoardSize size = position_.size();
    if (position_.is_over() || position_.move_count() >= 3 * size.area())
      position_ = Position(size, position_.rules());
  }

  Position position_;
  std::int64_t visits_;  // a move
  Search search_;
};

/// What happened in a minute, and the memory at its end.
struct Minute {
  Rate rate;
  std::optional<double> memory;
};

Minute run_minute(Player& player, double seconds) {
  const double cpu_before = cpu_seconds();
  const auto start = Clock::now();
  const auto length =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  const auto visits = static_cast<double>(player.run_until(start + length));
  const double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
  const double cpu = std::max(cpu_seconds() - cpu_before, 1e-6);
  return {{visits / elapsed, visits / cpu}, memory_mb()};
}

/// Median rates; the memory at the end of the last.
Minute summary(std::span<const Minute> minutes) {
  std::vector<double> wall, cpu;
  for (const Minute& minute : minutes) {
    wall.push_back(minute.rate.per_second);
    cpu.push_back(minute.rate.per_cpu_second);
  }
  return {{median(wall), median(cpu)}, minutes.back().memory};
}

void bench_board(const BenchOptions& options, Evaluator& evaluator, BoardSize size,
                 const BenchSink& sink) {
  const std::string name = "endurance " + size_text(size) + ", ";
  const auto report = [&](const std::string& what, const Minute& minute) {
    sink({.name = name + what,
          .unit = "visits/s",
          .threads = options.threads,
          .rate = minute.rate,
          .memory_mb = minute.memory});
  };
  Player player(evaluator, size, options);
  const int count = std::max(3, static_cast<int>(std::lround(options.minutes)));
  const double length = options.minutes / count;
  std::vector<Minute> minutes;
  while (static_cast<int>(minutes.size()) < count) {
    minutes.push_back(run_minute(player, 60 * length));
    char time[32];
    std::snprintf(time, sizeof time, "after %.5g min",
                  length * static_cast<double>(minutes.size()));
    report(time, minutes.back());
  }
  const std::span<const Minute> all(minutes);
  const auto third = static_cast<std::size_t>(count / 3);
  const Minute first = summary(all.first(third)), last = summary(all.last(third));
  report("first third", first);
  report("last third", last);
  sink({.name = name + "last to first third",
        .unit = "ratio",
        .threads = options.threads,
        .rate = {last.rate.per_second / first.rate.per_second, 0},
        .decimals = 3});
}

}  // namespace

Status bench_endurance(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                       const BenchSink& sink) {
  const auto evaluator = make_evaluator(options.evaluator);
  if (!evaluator) return Error{evaluator.error()};
  for (const BoardSize size : sizes) bench_board(options, **evaluator, size, sink);
  return {};
}

}  // namespace ponnuki
