#include <sys/resource.h>

#include <algorithm>

#include "cli/bench/bench.h"
#include "engine/clock.h"

namespace ponnuki::cli {
namespace {

Rate run_once(double seconds, const std::function<std::int64_t()>& work) {
  const double cpu_before = cpu_seconds();
  const auto start = Clock::now();
  std::int64_t done = 0;
  double elapsed = 0;
  do {
    done += work();
    elapsed = seconds_since(start);
  } while (elapsed < seconds);
  const double cpu = std::max(cpu_seconds() - cpu_before, 1e-6);
  return {static_cast<double>(done) / elapsed, static_cast<double>(done) / cpu};
}

}  // namespace

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Rate measure(const BenchOptions& options, const std::function<std::int64_t()>& work) {
  work();  // warm caches and allocations
  std::vector<double> wall, cpu;
  for (int run = 0; run < options.runs; ++run) {
    const Rate rate = run_once(options.seconds, work);
    wall.push_back(rate.per_second);
    cpu.push_back(rate.per_cpu_second);
  }
  return {median(wall), median(cpu)};
}

}  // namespace ponnuki::cli
