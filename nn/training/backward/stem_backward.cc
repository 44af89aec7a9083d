#include "nn/training/backward/stem_backward.h"

#include "nn/kernels/layers/stem_inputs.h"
#include "nn/training/backward/pooling_backward.h"

namespace ponnuki::nn::training {

StemBackward::StemBackward(const BackwardContext& context, const Trunk& trunk,
                           int trunk_gradient_slot)
    : conv_(trunk.initial_conv),
      slot_(trunk_gradient_slot),
      out_(kernels::padded_channels(conv_.out)),
      global_(context, trunk.initial_matmul),
      parameters_(context.parameters.offset_of(conv_.weights)),
      sums_(context.sums.take(static_cast<std::size_t>(kernels::StemInputs::rows(conv_) * out_))) {}

void StemBackward::run(BackwardRun& backward) const {
  kernels::Run& run = backward.run;
  const BoardSize size = run.work.frame().size();
  kernels::StemInputs inputs(conv_, size, run.work.scratch());
  kernels::SparseGradientArgs args;
  args.weights = backward.sums + sums_;
  args.stride = args.channels = out_;
  for (int i = 0; i < run.work.images(); ++i) {
    const kernels::Map gradient = kernels::image_of(run, run.work.slot(slot_), i);
    inputs.read(*run.inputs[i]);
    for (int cell = 0; cell < size.area(); ++cell) {
      const std::span<const kernels::SparseRun> runs =
          inputs.runs(cell / size.width, cell % size.width);
      args.runs = runs.data();
      args.run_count = static_cast<int>(runs.size());
      args.in = gradient.data +
                run.work.frame().board_points()[static_cast<std::size_t>(cell)] * gradient.stride;
      run.kernels.training.sparse_gradient(args);
    }
    global_.run(backward, run.inputs[i]->global, sum_of_image(run, gradient, conv_.out), nullptr);
  }
}

void StemBackward::collect(const float* sums, float* gradient) const {
  global_.collect(sums, gradient);
  const int taps = conv_.height * conv_.width;
  const float* rows = sums + sums_;
  const auto sum_row = [&](int y, int x) {
    return rows + (taps * conv_.in + y * conv_.width + x) * out_;
  };
  for (int tap = 0; tap < taps; ++tap) {
    float* plane0 = gradient + parameters_ + std::ptrdiff_t{tap} * conv_.in * conv_.out;
    float* to = plane0;
    for (int i = 0; i < conv_.in; ++i, to += conv_.out)
      std::copy_n(rows + (std::ptrdiff_t{tap} * conv_.in + i) * out_, conv_.out, to);
    // Plane 0 at tap (y, x) is part of the sums S of all taps below and to the right of it, and of
    // its own.
    for (int y = tap / conv_.width; y < conv_.height; ++y)
      for (int x = tap % conv_.width; x < conv_.width; ++x)
        for (int o = 0; o < conv_.out; ++o) plane0[o] += sum_row(y, x)[o];
  }
}

}  // namespace ponnuki::nn::training
