#include "nn/kernels/conv/direct_conv.h"

namespace ponnuki::nn::kernels {

DirectConv::DirectConv(const KernelTable& kernels, const ConvWeights& weights)
    : height_(weights.shape().height),
      width_(weights.shape().width),
      dilation_y_(weights.shape().dilation_y),
      dilation_x_(weights.shape().dilation_x),
      in_(weights.in()),
      out_(weights.out()),
      panels_(make_panels(kernels, out_, weights.taps() * in_)),
      weights_(static_cast<std::size_t>(weights.taps()) * static_cast<std::size_t>(in_) *
               static_cast<std::size_t>(out_)),
      zeros_(static_cast<std::size_t>(in_)) {
  std::vector<float> row(static_cast<std::size_t>(out_));
  for (int tap = 0; tap < weights.taps(); ++tap) {
    for (int i = 0; i < in_; ++i) {
      weights.copy_row(tap, i, row.data());
      pack_row(panels_, tap * in_ + i, row.data(), weights_.data());
    }
  }
}

const float* DirectConv::row_of(const Frame& frame, Map image, int cell, int tap) const {
  const int y =
      cell / frame.size().width + tap / width_ * dilation_y_ - (height_ - 1) * dilation_y_ / 2;
  const int x =
      cell % frame.size().width + tap % width_ * dilation_x_ - (width_ - 1) * dilation_x_ / 2;
  if (y < 0 || x < 0 || y >= frame.size().height || x >= frame.size().width) return zeros_.data();
  return image.data + ((y + 1) * frame.cols() + x + 1) * image.stride;
}

/// The rows of a block: [tap][point].
void DirectConv::list_rows(const Frame& frame, Map in, const PointBlock& block,
                           const float** rows) const {
  const int area = frame.size().area();
  for (int r = 0; r < block.count; ++r) {
    if (height_ * width_ == 1) {
      rows[r] = in.data + block.points[r] * in.stride;
      continue;
    }
    const int image = (block.first + r) / area, cell = (block.first + r) % area;
    const Map image_map{in.data + std::ptrdiff_t{image} * frame.points() * in.stride, in.stride};
    for (int tap = 0; tap < height_ * width_; ++tap)
      rows[tap * block.count + r] = row_of(frame, image_map, cell, tap);
  }
}

/// Calls write_out(rows, points, count) with the outputs of each block.
template <typename WriteOut>
void DirectConv::run_blocks(Run& run, Map in, const WriteOut& write_out) const {
  const int taps = height_ * width_;
  Scratch& scratch = run.work.scratch();
  auto* rows = scratch.take<const float*>(static_cast<std::size_t>(taps * kBlockPoints));
  auto* out = scratch.take<float>(kBlockPoints * static_cast<std::size_t>(out_));
  for_each_point_block(run, [&](const PointBlock& block) {
    list_rows(run.work.frame(), in, block, rows);
    run.kernels.gemm({weights_.data(), weights_.data(), panels_.data(),
                      static_cast<int>(panels_.size()), rows, block.count, taps, in_, out, out_});
    write_out(out, block.points, block.count);
  });
}

void DirectConv::run(Run& run, Map in, const EpilogueArgs& epilogue_args) const {
  run_blocks(run, in, [&](const float* rows, const std::int32_t* points, int count) {
    run.kernels.epilogue_rows({rows, out_, points, count, out_, epilogue_args});
  });
}

void DirectConv::run(Run& run, Map in, const MaskedEpilogueArgs& epilogue_args) const {
  run_blocks(run, in, [&](const float* rows, const std::int32_t* points, int count) {
    run.kernels.training.masked_rows({rows, out_, points, count, out_, epilogue_args});
  });
}

}  // namespace ponnuki::nn::kernels
