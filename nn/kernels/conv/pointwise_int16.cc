#include "nn/kernels/conv/pointwise_int16.h"

#include "engine/check.h"
#include "nn/kernels/conv/point_blocks.h"

namespace ponnuki::nn::kernels {
namespace {

constexpr int kNumber = 0;  // of the only matrix

}  // namespace

PointwiseInt16::PointwiseInt16(const KernelTable& kernels, const ConvWeights& weights)
    : in_(weights.in()), out_(weights.out()), weights_(kernels, 1, in_, out_) {
  PONNUKI_CHECK(can_do(weights.shape()));
  const auto out = static_cast<std::size_t>(out_);
  AlignedFloats matrix(static_cast<std::size_t>(in_) * out);
  for (int i = 0; i < in_; ++i)
    weights.copy_row(0, i, matrix.data() + static_cast<std::size_t>(i) * out);
  weights_.quantize(kernels, kNumber, 0, out_, matrix.data(), kPairInputLimit);
}

void PointwiseInt16::run(Run& run, Map in, const EpilogueArgs& epilogue_args) const {
  const int padded_in = padded_channels(in_);
  Scratch& scratch = run.work.scratch();
  auto* rows = scratch.take<const float*>(kBlockPoints);
  auto* integers = scratch.take<std::int16_t>(kBlockPoints * static_cast<std::size_t>(padded_in));
  auto* integer_rows = scratch.take<const std::int16_t*>(kBlockPoints);
  auto* ranges = scratch.take<float>(kBlockPoints);
  auto* out = scratch.take<float>(kBlockPoints * static_cast<std::size_t>(out_));
  for (int r = 0; r < kBlockPoints; ++r) integer_rows[r] = integers + std::ptrdiff_t{r} * padded_in;
  PairGemmArgs gemm;
  weights_.set(gemm, kNumber, kNumber);
  gemm.rows = integer_rows;
  gemm.out = out;
  for_each_point_block(run, [&](const PointBlock& block) {
    for (int r = 0; r < block.count; ++r) rows[r] = in.data + block.points[r] * in.stride;
    run.kernels.pair_rows(
        {rows, block.count, padded_in, static_cast<float>(kPairInputLimit), integers, ranges});
    gemm.row_count = block.count;
    run.kernels.pair_gemm(gemm);
    run.kernels.epilogue_rows({out, out_, block.points, block.count, out_, epilogue_args, ranges});
  });
}

}  // namespace ponnuki::nn::kernels
