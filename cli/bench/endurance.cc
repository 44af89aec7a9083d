// A long-lived process: searches at full load, with a row per minute on its speed and memory.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <span>
#include <thread>

#include "cli/bench/bench.h"
#include "engine/clock.h"
#include "engine/search/search.h"
#include "nn/kernels/simd/simd_level.h"
#include "nn/kernels/step/aligned.h"

namespace ponnuki::cli {
namespace {

/// The resident memory of the process; nothing without Linux's /proc.
std::optional<double> memory_mb() {
  std::ifstream statm("/proc/self/statm");
  double all_pages = 0, resident_pages = 0;
  if (!(statm >> all_pages >> resident_pages)) return std::nullopt;
  return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// Plays one game after another against itself, and reuses the tree from move to move.
class Player {
 public:
  Player(Evaluator& evaluator, BoardSize size, const BenchOptions& options)
      : position_(size),
        visits_(options.visits),
        search_(evaluator, {.threads = options.threads}) {}

  /// Returns the number of new visits, without those of the reused tree. A search that is not
  /// finished in time continues in the next call.
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
  std::int64_t visits_;  // per move
  search::Search search_;
};

Clock::duration seconds_long(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

/// The current speed of the machine under its other load: repeats the same multiply-adds and reads
/// from the third-level cache, with as many threads as the search. Only ratios of results have a
/// meaning.
class Pace {
 public:
  Pace(const nn::kernels::KernelTable& kernels, int threads)
      : kernels_(kernels),
        buffers_(static_cast<std::size_t>(threads), nn::kernels::AlignedFloats(kFloats, 1.0F)) {}

  double measure(double seconds) const {
    std::vector<double> rates(buffers_.size());
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < buffers_.size(); ++i)
      workers.emplace_back([&, i] { rates[i] = rate_of_thread(buffers_[i], seconds); });
    workers.clear();
    return std::accumulate(rates.begin(), rates.end(), 0.0);
  }

 private:
  static constexpr std::size_t kFloats = std::size_t{1} << 20;  // 4 MB
  static constexpr std::int64_t kSteps = 20'000;                // takes about as long as the reads

  double rate_of_thread(const nn::kernels::AlignedFloats& buffer, double seconds) const {
    const auto start = Clock::now(), end = start + seconds_long(seconds);
    int rounds = 0;
    float sum = 0;
    do {
      sum += kernels_.peak_fp32(kSteps);
      sum += kernels_.peak_read(buffer.data(), kFloats);
      ++rounds;
      // The sum is used, so that the compiler does not remove the work.
    } while (Clock::now() < end && !std::isnan(sum));
    return rounds / seconds_since(start);
  }

  const nn::kernels::KernelTable& kernels_;
  std::vector<nn::kernels::AlignedFloats> buffers_;  // one for each thread
};

/// The rates of a minute, and the memory at its end.
struct Minute {
  Rate rate;
  double pace;
  std::optional<double> memory;
};

/// Searches, and measures the pace of the machine in between. The rate counts the searches only.
Minute run_minute(Player& player, const Pace& pace, double seconds) {
  constexpr int kLooks = 6;
  constexpr double kLookShare = 0.05;
  std::vector<double> paces;
  double visits = 0, elapsed = 0, cpu = 0;
  for (int look = 0; look < kLooks; ++look) {
    paces.push_back(pace.measure(kLookShare * seconds / kLooks));
    const double cpu_before = cpu_seconds();
    const auto start = Clock::now();
    const auto length = seconds_long((1 - kLookShare) * seconds / kLooks);
    visits += static_cast<double>(player.run_until(start + length));
    elapsed += seconds_since(start);
    cpu += cpu_seconds() - cpu_before;
  }
  return {{visits / elapsed, visits / std::max(cpu, 1e-6)}, median(paces), memory_mb()};
}

/// The median rates, and the memory at the end of the last minute.
Minute summary(std::span<const Minute> minutes) {
  std::vector<double> wall, cpu, pace;
  for (const Minute& minute : minutes) {
    wall.push_back(minute.rate.per_second);
    cpu.push_back(minute.rate.per_cpu_second);
    pace.push_back(minute.pace);
  }
  return {{median(wall), median(cpu)}, median(pace), minutes.back().memory};
}

void bench_board(const BenchOptions& options, Evaluator& evaluator, const Pace& pace,
                 BoardSize size, const BenchSink& sink) {
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
    minutes.push_back(run_minute(player, pace, 60 * length));
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
  const double of_search = last.rate.per_second / first.rate.per_second;
  const double of_machine = last.pace / first.pace;
  const auto report_ratio = [&](const std::string& what, double ratio) {
    sink({.name = name + what,
          .unit = "ratio",
          .threads = options.threads,
          .rate = {ratio, 0},
          .decimals = 3});
  };
  report_ratio("last to first third", of_search);
  report_ratio("pace of the machine", of_machine);
  report_ratio("speed by pace", of_search / of_machine);
}

}  // namespace

Status bench_endurance(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                       const BenchSink& sink) {
  PONNUKI_TRY(const auto evaluator, make_evaluator(options.evaluator));
  const auto level = nn::kernels::default_simd_level();
  if (!level) return level.error().in("PONNUKI_SIMD");
  const Pace pace(nn::kernels::kernel_table(*level), options.threads);
  for (const BoardSize size : sizes) bench_board(options, *evaluator, pace, size, sink);
  return {};
}

}  // namespace ponnuki::cli
