#include "cli/bench/ceilings.h"

#include <atomic>
#include <thread>

#include "nn/kernels/simd/simd_level.h"
#include "nn/kernels/step/aligned.h"

namespace ponnuki::cli {
namespace {

/// The work of one thread. The result keeps the compiler from removing the work.
using Work = std::function<float(int thread)>;

/// Runs `work` on all threads at once. Each call counts as `amount`.
Rate measure_on_threads(const BenchOptions& options, int threads, double amount, const Work& work) {
  std::atomic<float> ignored{0};
  Rate rate = measure(options, [&] {
    std::vector<std::jthread> workers;
    workers.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) workers.emplace_back([&, i] { ignored = work(i); });
    workers.clear();
    return threads;
  });
  rate.per_second *= amount;
  rate.per_cpu_second *= amount;
  return rate;
}

Rate giga(const Rate& rate) { return {rate.per_second / 1e9, rate.per_cpu_second / 1e9}; }

void bench_products(const BenchOptions& options, const nn::kernels::KernelTable& kernels,
                    int threads, const BenchSink& sink) {
  const Ceilings ceilings = measure_ceilings(options, kernels, threads);
  sink({"multiply-adds in fp32", "GFLOP/s", threads, giga(ceilings.fp32)});
  sink({"multiply-adds of 16-bit pairs", "Gop/s", threads, giga(ceilings.pairs)});
}

/// Repeated reads of a buffer of this size. Each thread has its own buffer.
void bench_reads(const BenchOptions& options, const nn::kernels::KernelTable& kernels,
                 int kilobytes, int threads, const BenchSink& sink) {
  const auto floats = static_cast<std::size_t>(kilobytes) * 1024 / sizeof(float);
  const std::vector<nn::kernels::AlignedFloats> buffers(static_cast<std::size_t>(threads),
                                                        nn::kernels::AlignedFloats(floats, 1.0F));
  const int times = std::max(1, (256 << 10) / kilobytes);
  const auto read = [&](int thread) {
    float sum = 0;
    const nn::kernels::AlignedFloats& buffer = buffers[static_cast<std::size_t>(thread)];
    for (int i = 0; i < times; ++i)
      sum += kernels.peak_read(buffer.data(), static_cast<std::int64_t>(floats));
    return sum;
  };
  const double gigabytes = static_cast<double>(kilobytes) * times * 1024 / 1e9;
  const std::string size = kilobytes < 1024 ? std::to_string(kilobytes) + " KB"
                                            : std::to_string(kilobytes / 1024) + " MB";
  sink({"reads of " + size,
        "GB/s",
        threads,
        measure_on_threads(options, threads, gigabytes, read),
        {}});
}

}  // namespace

Ceilings measure_ceilings(const BenchOptions& options, const nn::kernels::KernelTable& kernels,
                          int threads) {
  constexpr std::int64_t kSteps = 2'000'000;
  const auto rate = [&](float (*peak)(std::int64_t), int operations) {
    const double amount = 1.0 * operations * kernels.peak_vectors * kernels.vector_floats * kSteps;
    return measure_on_threads(options, threads, amount, [&](int) { return peak(kSteps); });
  };
  return {rate(kernels.peak_fp32, 2), rate(kernels.peak_pairs, 4)};
}

double seconds_at_ceiling(const nn::Products& products, const Ceilings& ceilings) {
  return 2 *
         (products.fp32 / ceilings.fp32.per_second + products.pairs / ceilings.pairs.per_second);
}

Status bench_ceilings(const BenchOptions& options, const BenchSink& sink) {
  const auto level = nn::kernels::default_simd_level();
  if (!level) return level.error().in("PONNUKI_SIMD");
  const nn::kernels::KernelTable& kernels = nn::kernels::kernel_table(*level);
  for (int threads = 1; threads <= options.threads; threads *= 2) {
    bench_products(options, kernels, threads, sink);
    // Sizes that fit the usual first, second and third level caches, and a size for memory.
    for (const int kilobytes : {24, 512, 8 << 10, 256 << 10})
      bench_reads(options, kernels, kilobytes, threads, sink);
  }
  return {};
}

}  // namespace ponnuki::cli
