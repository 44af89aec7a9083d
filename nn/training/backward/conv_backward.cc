#include "nn/training/backward/conv_backward.h"

#include <algorithm>

#include "engine/check.h"
#include "nn/kernels/conv/winograd_weights.h"

namespace ponnuki::nn::training {
namespace {

/// The size of V and dM of a block of tiles: not much more than a second-level cache.
constexpr int kBlockBytes = 2 << 20;

/// The convolution from padded outputs to inputs, with kernels rotated by 180 degrees.
ConvLayer transposed(const std::vector<const ConvLayer*>& layers) {
  const kernels::ConvWeights weights(layers);
  ConvLayer t = weights.shape();
  t.in = weights.out();
  t.out = weights.in();
  t.weights.resize(static_cast<std::size_t>(weights.taps() * t.in * t.out));
  std::vector<float> row(static_cast<std::size_t>(t.in));
  for (int tap = 0; tap < weights.taps(); ++tap) {
    float* flipped = t.weights.data() + std::ptrdiff_t{weights.taps() - 1 - tap} * t.in * t.out;
    for (int i = 0; i < t.out; ++i) {
      weights.copy_row(tap, i, row.data());
      for (int o = 0; o < t.in; ++o) flipped[o * t.out + i] = row[static_cast<std::size_t>(o)];
    }
  }
  return t;
}

/// The operands of the sums of outer products, and the kernels that make and add them.
struct Fp32Operands {
  using Value = float;
  static constexpr int kTiles = 1;
  static auto input(const kernels::KernelTable& table, std::size_t kind) {
    return table.winograd[kind].input;
  }
  static auto gradient(const kernels::KernelTable& table, std::size_t kind) {
    return table.training.winograd_gradient[kind];
  }
  static auto outer(const kernels::KernelTable& table) { return table.training.outer; }
};
struct Bf16Operands {
  using Value = kernels::Bf16Pair;
  static constexpr int kTiles = 2;
  static auto input(const kernels::KernelTable& table, std::size_t kind) {
    return table.training.bf16_input[kind];
  }
  static auto gradient(const kernels::KernelTable& table, std::size_t kind) {
    return table.training.bf16_gradient[kind];
  }
  static auto outer(const kernels::KernelTable& table) { return table.training.outer_bf16; }
};

}  // namespace

ConvBackward::ConvBackward(const BackwardContext& context, std::vector<const ConvLayer*> layers)
    : kernels_(context.kernels),
      precision_(context.precision),
      layers_(std::move(layers)),
      taps_(layers_.front()->height * layers_.front()->width),
      in_(layers_.front()->in),
      out_(kernels::ConvWeights(layers_).out()),
      sums_(context.sums.take(
          static_cast<std::size_t>((taps_ == 1 ? 1 : kernels::kWinogradElements) * in_ * out_))) {
  PONNUKI_CHECK(taps_ == 1 || kernels::WinogradConv::can_do(*layers_.front()));
  for (const ConvLayer* layer : layers_)
    parameters_.push_back(context.parameters.offset_of(layer->weights));
}

void ConvBackward::pack() {
  const ConvLayer layer = transposed(layers_);
  transposed_.reset();  // frees its memory for the new one
  transposed_.emplace(kernels_, std::vector{&layer}, conv_precision(precision_, layer));
}

void ConvBackward::add_weights_gradient(BackwardRun& backward, kernels::Map in,
                                        kernels::Map out_gradient) const {
  kernels::Run& run = backward.run;
  if (taps_ > 1) {
    if (precision_ == TrainingPrecision::kReduced && run.kernels.training.outer_bf16 != nullptr)
      return add_by_winograd<Bf16Operands>(backward, in, out_gradient);
    return add_by_winograd<Fp32Operands>(backward, in, out_gradient);
  }
  const int points = run.work.frame().points() * run.work.images();  // the border's points add 0
  run.kernels.training.outer({in.data, in.stride, out_gradient.data, out_gradient.stride, points,
                              in_, out_, backward.sums + sums_, out_});
}

/// Rows of V and dM hold Operands::kTiles tiles. Tiles of one kind begin with a row of their own,
/// so that an element's rows hold only tiles that have this element.
template <typename Operands>
void ConvBackward::add_by_winograd(BackwardRun& backward, kernels::Map in,
                                   kernels::Map out_gradient) const {
  using Value = typename Operands::Value;
  kernels::Run& run = backward.run;
  kernels::Scratch& scratch = run.work.scratch();
  const int padded_in = kernels::padded_channels(in_), line = run.work.frame().cols();
  const int total = kernels::count_tiles(run.work);
  const int row_bytes =
      kernels::kWinogradElements * (padded_in + out_) * static_cast<int>(sizeof(Value));
  const std::int64_t bytes = std::int64_t{total} * row_bytes / Operands::kTiles;
  const int blocks = static_cast<int>((bytes + kBlockBytes - 1) / kBlockBytes);
  const int most = (total + blocks - 1) / blocks;
  const int most_rows = most / Operands::kTiles + (Operands::kTiles - 1) * kernels::kTileKinds;
  const std::ptrdiff_t v_stride = kernels::element_stride<Value>(most_rows, padded_in);
  const std::ptrdiff_t m_stride = kernels::element_stride<Value>(most_rows, out_);
  kernels::TileBlock block, rows{nullptr, {}};
  block.tiles = scratch.take<kernels::TileRef>(static_cast<std::size_t>(most));
  auto* v = scratch.take<Value>(static_cast<std::size_t>(kernels::kWinogradElements * v_stride));
  auto* dm = scratch.take<Value>(static_cast<std::size_t>(kernels::kWinogradElements * m_stride));
  for (int b = 0; b < blocks; ++b) {
    kernels::fill_block(run, total * b / blocks, total * (b + 1) / blocks, block);
    for (std::size_t kind = 0; kind < kernels::kTileKinds; ++kind) {
      const kernels::TileRef* tiles = block.tiles + block.kind_begin[kind];
      const int count = block.count(kind), first = rows.kind_begin[kind];
      rows.kind_begin[kind + 1] = first + (count + Operands::kTiles - 1) / Operands::kTiles;
      Operands::input(run.kernels, kind)({{tiles, count, padded_in, line, v_stride},
                                          in.data,
                                          in.stride,
                                          v + std::ptrdiff_t{first} * padded_in});
      Operands::gradient(run.kernels, kind)({{tiles, count, out_, line, m_stride},
                                             out_gradient.data,
                                             out_gradient.stride,
                                             dm + std::ptrdiff_t{first} * out_});
    }
    kernels::for_each_element(rows, [&](int e, int, kernels::TileRange range) {
      Operands::outer(run.kernels)(
          {v + e * v_stride + std::ptrdiff_t{range.first} * padded_in, padded_in,
           dm + e * m_stride + std::ptrdiff_t{range.first} * out_, out_, range.last - range.first,
           in_, out_, backward.sums + sums_ + std::ptrdiff_t{e} * in_ * out_, out_});
    });
  }
}

void ConvBackward::collect(const float* sums, float* gradient) const {
  const float* sum = sums + sums_;
  kernels::AlignedFloats taps(9 * static_cast<std::size_t>(out_));
  for (int i = 0; i < in_; ++i, sum += out_) {
    if (taps_ == 1) {
      collect_input(i, sum, gradient);
      continue;
    }
    kernels_.training.winograd_filter_gradient(
        {sum, std::ptrdiff_t{in_} * out_, out_, taps.data()});
    collect_input(i, taps.data(), gradient);
  }
}

/// Writes taps[tap][padded out] of input i to the layers' gradients.
void ConvBackward::collect_input(int i, const float* taps, float* gradient) const {
  for (int tap = 0; tap < taps_; ++tap, taps += out_) {
    const float* from = taps;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const int out = layers_[l]->out;
      std::copy_n(from, out, gradient + parameters_[l] + (std::ptrdiff_t{tap} * in_ + i) * out);
      from += kernels::padded_channels(out);
    }
  }
}

}  // namespace ponnuki::nn::training
