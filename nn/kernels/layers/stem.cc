#include "nn/kernels/layers/stem.h"

#include <algorithm>

#include "nn/kernels/layers/stem_inputs.h"
#include "nn/kernels/layers/vectors.h"

namespace ponnuki::nn::kernels {

StemStep::StemStep(const KernelTable& kernels, const ConvLayer& conv)
    : conv_({&conv}),
      panels_(make_panels(kernels, conv_.out(), StemInputs::rows(conv_.shape()))),
      weights_(static_cast<std::size_t>(StemInputs::rows(conv_.shape())) *
               static_cast<std::size_t>(conv_.out())) {
  std::vector<float> row(static_cast<std::size_t>(conv_.out()));
  for (int tap = 0; tap < conv_.taps(); ++tap) {
    for (int i = 0; i < conv_.in(); ++i) {
      conv_.copy_row(tap, i, row.data());
      pack_row(panels_, tap * conv_.in() + i, row.data(), weights_.data());
    }
  }
  pack_sums();
}

StemStep::StemStep(const KernelTable& kernels, const Trunk& trunk)
    : StemStep(kernels, trunk.initial_conv) {
  global_.emplace_back(kernels, trunk.initial_matmul);
  if (!trunk.metadata) return;
  const MetadataEncoder& encoder = *trunk.metadata;
  metadata_.emplace_back(kernels, encoder.mul1, &encoder.bias1, encoder.act1);
  metadata_.emplace_back(kernels, encoder.mul2, &encoder.bias2, encoder.act2);
  metadata_.emplace_back(kernels, encoder.mul3);
}

/// Packs the sums S (stem_inputs.h): for each tap, the weights of plane 0 summed over the taps
/// above and to the left of it, itself included.
void StemStep::pack_sums() {
  const int width = conv_.shape().width;
  const auto out = static_cast<std::size_t>(conv_.out());
  std::vector<float> row(out);
  // Sums of the taps above.
  std::vector<double> columns(static_cast<std::size_t>(width) * out);
  for (int tap = 0; tap < conv_.taps(); ++tap) {
    conv_.copy_row(tap, 0, row.data());
    const auto last = static_cast<std::size_t>(tap % width);
    for (std::size_t o = 0; o < out; ++o) {
      columns[last * out + o] += static_cast<double>(row[o]);
      double sum = 0;
      for (std::size_t x = 0; x <= last; ++x) sum += columns[x * out + o];
      row[o] = static_cast<float>(sum);
    }
    pack_row(panels_, conv_.taps() * conv_.in() + tap, row.data(), weights_.data());
  }
}

void StemStep::run(Run& run) const {
  StemInputs inputs(conv_.shape(), run.work.frame().size(), run.work.scratch());
  for (int image = 0; image < run.work.images(); ++image) {
    inputs.read(*run.inputs[image]);
    run_image(run, image, inputs);
  }
}

void StemStep::run_image(Run& run, int image, StemInputs& inputs) const {
  const Frame& frame = run.work.frame();
  const int width = frame.size().width, out = conv_.out();
  const EpilogueArgs epilogue_args =
      shifted(make_epilogue_args(epilogue, run.work), image * frame.points());
  auto* row = run.work.scratch().take<float>(static_cast<std::size_t>(width * out));
  SparseArgs args{weights_.data(), panels_.data(), static_cast<int>(panels_.size())};
  args.bias = global_bias(run, *run.inputs[image]);
  for (int y = 0; y < frame.size().height; ++y) {
    for (int x = 0; x < width; ++x) {
      const std::span<const SparseRun> runs = inputs.runs(y, x);
      args.runs = runs.data();
      args.run_count = static_cast<int>(runs.size());
      args.out = row + std::ptrdiff_t{x} * out;
      run.kernels.sparse(args);
    }
    run.kernels.epilogue_rows(
        {row, out, frame.board_points().data() + y * width, width, out, epilogue_args});
  }
}

const float* StemStep::global_bias(Run& run, const NetworkInput& input) const {
  if (global_.empty()) return run.work.scratch().take_zeros(static_cast<std::size_t>(conv_.out()));
  float* bias = global_.front().run(run, input.global);
  if (metadata_.empty()) return bias;
  const float* values = input.metadata;
  if (values == nullptr) {
    const auto count = static_cast<std::size_t>(metadata_.front().inputs());
    values = run.work.scratch().take_zeros(count);
  }
  for (const PackedDense& layer : metadata_) values = layer.run(run, values);
  for (int c = 0; c < conv_.out(); ++c) bias[c] += values[c];
  return bias;
}

}  // namespace ponnuki::nn::kernels
