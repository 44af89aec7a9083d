#include "nn/kernels/stem.h"

#include <algorithm>

#include "nn/kernels/vectors.h"

namespace ponnuki {

/// The inputs of one image that are not zero.
struct StemStep::Planes {
  SparseInput* of_point;  // [area][planes]; row is the plane
  std::int32_t* count;    // [area]
  SparseInput* gathered;  // [taps * planes]
  float* bias;            // [out]
  float* out;             // [board width][out]
};

StemStep::StemStep(const KernelTable& kernels, const Model& model)
    : model_(model),
      conv_({&model.trunk.initial_conv}),
      panels_(make_panels(kernels, conv_.out(), conv_.taps() * conv_.in())),
      weights_(static_cast<std::size_t>(conv_.taps()) * static_cast<std::size_t>(conv_.in()) *
               static_cast<std::size_t>(conv_.out())) {
  std::vector<float> row(static_cast<std::size_t>(conv_.out()));
  for (int tap = 0; tap < conv_.taps(); ++tap) {
    for (int i = 0; i < conv_.in(); ++i) {
      conv_.copy_row(tap, i, row.data());
      pack_row(panels_, tap * conv_.in() + i, row.data(), weights_.data());
    }
  }
}

void StemStep::run(Run& run) const {
  const BoardSize size = run.work.frame().size();
  const auto area = static_cast<std::size_t>(size.area());
  const auto in = static_cast<std::size_t>(conv_.in()), out = static_cast<std::size_t>(conv_.out());
  Scratch& scratch = run.work.scratch();
  Planes planes;
  planes.of_point = scratch.take<SparseInput>(area * in);
  planes.count = scratch.take<std::int32_t>(area);
  planes.gathered = scratch.take<SparseInput>(static_cast<std::size_t>(conv_.taps()) * in);
  planes.bias = scratch.take<float>(out);
  planes.out = scratch.take<float>(size.width * out);
  for (int image = 0; image < run.work.images(); ++image) {
    find_inputs(*run.inputs[image], planes);
    global_bias(*run.inputs[image], scratch, planes.bias);
    run_image(run, image, planes);
  }
}

void StemStep::find_inputs(const NetworkInput& input, Planes& planes) const {
  const int area = input.size.area();
  std::fill_n(planes.count, area, 0);
  for (int plane = 0; plane < conv_.in(); ++plane) {
    const float* values = input.spatial + std::ptrdiff_t{plane} * area;
    for (int p = 0; p < area; ++p) {  // written in any case, counted only if not zero
      planes.of_point[p * conv_.in() + planes.count[p]] = {plane, values[p]};
      planes.count[p] += values[p] != 0;
    }
  }
}

int StemStep::gather(const Planes& planes, BoardSize size, int y, int x) const {
  const ConvLayer& shape = conv_.shape();
  const int top = y - (shape.height - 1) * shape.dilation_y / 2;
  const int left = x - (shape.width - 1) * shape.dilation_x / 2;
  int count = 0;
  for (int tap = 0; tap < conv_.taps(); ++tap) {
    const int in_y = top + tap / shape.width * shape.dilation_y;
    const int in_x = left + tap % shape.width * shape.dilation_x;
    if (in_y < 0 || in_x < 0 || in_y >= size.height || in_x >= size.width) continue;
    const int p = in_y * size.width + in_x;
    const SparseInput* inputs = planes.of_point + p * conv_.in();
    for (int i = 0; i < planes.count[p]; ++i)
      planes.gathered[count++] = {tap * conv_.in() + inputs[i].row, inputs[i].value};
  }
  return count;
}

void StemStep::run_image(Run& run, int image, Planes& planes) const {
  const Frame& frame = run.work.frame();
  const Finish finish = shifted(make_finish(outlet, run.work), image * frame.points());
  SparseArgs args{
      weights_.data(), panels_.data(), static_cast<int>(panels_.size()), planes.gathered, 0,
      planes.bias,     planes.out};
  for (int y = 0; y < frame.size().height; ++y) {
    for (int x = 0; x < frame.size().width; ++x) {
      args.input_count = gather(planes, frame.size(), y, x);
      args.out = planes.out + std::ptrdiff_t{x} * conv_.out();
      run.kernels.sparse(args);
    }
    run.kernels.finish_rows({planes.out, conv_.out(),
                             frame.board_points().data() + y * frame.size().width,
                             frame.size().width, conv_.out(), finish});
  }
}

void StemStep::global_bias(const NetworkInput& input, Scratch& scratch, float* bias) const {
  std::fill_n(bias, conv_.out(), 0.0F);
  add_product(model_.trunk.initial_matmul, input.global, bias);
  if (!model_.trunk.metadata) return;
  const MetadataEncoder& encoder = *model_.trunk.metadata;
  auto* none = scratch.take<float>(static_cast<std::size_t>(encoder.mul1.in));
  std::fill_n(none, encoder.mul1.in, 0.0F);
  const float* metadata = input.metadata ? input.metadata : none;
  const float* hidden = dense({encoder.mul1, &encoder.bias1, encoder.act1}, metadata, scratch);
  hidden = dense({encoder.mul2, &encoder.bias2, encoder.act2}, hidden, scratch);
  add_product(encoder.mul3, hidden, bias);
}

}  // namespace ponnuki
