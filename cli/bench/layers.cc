// Where the time of a net goes, by kind of layer.
#include "cli/bench/ceilings.h"
#include "cli/bench/encoded_position.h"
#include "nn/files/built_in_nets.h"
#include "nn/kernels/fast_network.h"

namespace ponnuki::cli {
namespace {

/// The number of passes in about `seconds`.
int passes_in(double seconds, const std::vector<nn::kernels::LayerTime>& kinds, std::size_t batch) {
  double pass = 0;
  for (const auto& kind : kinds) pass += kind.seconds * static_cast<double>(batch);
  return std::max(3, static_cast<int>(seconds / std::max(pass, 1e-6)));
}

std::string formats(const nn::Products& products) {
  return (products.pairs > 0 ? " int16" : "") + std::string(products.fp32 > 0 ? " fp32" : "");
}

void report(const std::string& name, const std::vector<nn::kernels::LayerTime>& kinds,
            const Ceilings& ceilings, const BenchSink& sink) {
  double total = 0, products = 0, least = 0;
  for (const auto& kind : kinds) total += kind.seconds;
  const auto row = [&](const std::string& what, double seconds, double operations, double at_best) {
    BenchRow measured{.name = name + what,
                      .unit = "ms",
                      .rate = {1e3 * seconds, 0},
                      .decimals = 3,
                      .layer = LayerFigures{seconds / total, {}}};
    if (operations > 0) {
      measured.layer->gigaops = operations / seconds / 1e9;
      measured.of_ceiling = at_best / seconds;
    }
    sink(measured);
  };
  for (const auto& kind : kinds) {
    const double operations = 2 * kind.products.all();
    const double at_best = seconds_at_ceiling(kind.products, ceilings);
    products += operations;
    least += at_best;
    std::string what = std::to_string(kind.layers) + " " + kind.kind;
    // Not "global poolings", nor "feed-forwards".
    if (kind.layers > 1 && !what.ends_with('g') && !what.ends_with('d')) what += 's';
    what += formats(kind.products);
    row(what, kind.seconds, operations, at_best);
  }
  row("all", total, products, least);
}

}  // namespace

Status bench_layers(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                    const BenchSink& sink) {
  PONNUKI_TRY(const auto file, choose_net(options.evaluator));
  PONNUKI_TRY(const nn::Model model, nn::load_named_model(file));
  const auto level = nn::kernels::default_simd_level();
  if (!level) return level.error().in("PONNUKI_SIMD");
  const Ceilings ceilings = measure_ceilings(options, nn::kernels::kernel_table(*level), 1);
  for (const BoardSize size : sizes) {
    const EncodedPosition position(size);
    for (const std::string& precision : options.precisions) {
      for (const std::size_t batch : {1, 8}) {
        const std::vector<nn::NetworkInput> inputs(batch, position.input());
        const auto time = [&](int passes) {
          return nn::kernels::time_layers(model, *level, *nn::kernels::parse_precision(precision),
                                          inputs, passes);
        };
        report(size_text(size) + " x " + std::to_string(batch) + ": ",
               time(passes_in(options.seconds * options.runs, time(1), batch)), ceilings, sink);
      }
    }
  }
  return {};
}

}  // namespace ponnuki::cli
