#include "nn/kernels/stem.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "nn/kernels/vectors.h"

namespace ponnuki {
namespace {

constexpr int kWord = 32;  // planes whose presence one number tells

}  // namespace

/// The inputs of one image that are not zero.
struct StemStep::Planes {
  SparseInput* inputs;     // [area * planes] in the order of points; row is x * planes + plane
  std::int32_t* begin;     // [area + 1] where a point's inputs begin
  std::uint32_t* present;  // [planes / 32][area] which inputs a point has
  SparseRun* runs;         // [taps]
  float* bias;             // [out]
  float* out;              // [board width][out]
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
  planes.inputs = scratch.take<SparseInput>(area * in);
  planes.begin = scratch.take<std::int32_t>(area + 1);
  planes.present = scratch.take<std::uint32_t>(area * ((in + kWord - 1) / kWord));
  planes.runs = scratch.take<SparseRun>(static_cast<std::size_t>(conv_.taps()));
  planes.bias = scratch.take<float>(out);
  planes.out = scratch.take<float>(size.width * out);
  for (int image = 0; image < run.work.images(); ++image) {
    find_inputs(*run.inputs[image], planes);
    global_bias(*run.inputs[image], scratch, planes.bias);
    run_image(run, image, planes);
  }
}

namespace {

/// Bit i of present[p]: whether planes[i][p] is not zero. At most 32 planes.
void find_present(const float* planes, int count, int area, std::uint32_t* present) {
  std::fill_n(present, area, 0U);
  for (int i = 0; i < count; ++i, planes += area) {
    const std::uint32_t bit = 1U << i;
    for (int p = 0; p < area; ++p) present[p] |= planes[p] != 0 ? bit : 0U;
  }
}

}  // namespace

void StemStep::find_inputs(const NetworkInput& input, Planes& planes) const {
  const int area = input.size.area(), in = conv_.in();
  const int words = (in + kWord - 1) / kWord;
  for (int word = 0; word < words; ++word) {
    const int first = word * kWord;
    find_present(input.spatial + std::ptrdiff_t{first} * area, std::min(kWord, in - first), area,
                 planes.present + std::ptrdiff_t{word} * area);
  }
  std::int32_t count = 0;
  for (int p = 0; p < area; ++p) {
    planes.begin[p] = count;
    const std::int32_t row = p % input.size.width * in;
    for (int word = 0; word < words; ++word) {
      for (std::uint32_t left = planes.present[word * area + p]; left != 0; left &= left - 1) {
        const int plane = word * kWord + std::countr_zero(left);
        planes.inputs[count++] = {row + plane, input.spatial[std::ptrdiff_t{plane} * area + p]};
      }
    }
  }
  planes.begin[area] = count;
}

/// The runs for output point (y, x): one a kernel row, or one a tap where columns are dilated.
int StemStep::find_runs(const Planes& planes, BoardSize size, int y, int x) const {
  const ConvLayer& shape = conv_.shape();
  const int top = y - (shape.height - 1) * shape.dilation_y / 2;
  const int left = x - (shape.width - 1) * shape.dilation_x / 2;
  const int taps_a_run = shape.dilation_x == 1 ? shape.width : 1;
  int count = 0;
  for (int tap = 0; tap < conv_.taps(); tap += taps_a_run) {
    const int in_y = top + tap / shape.width * shape.dilation_y;
    const int in_x = left + tap % shape.width * shape.dilation_x;
    const int first = std::max(in_x, 0), last = std::min<int>(in_x + taps_a_run, size.width);
    if (in_y < 0 || in_y >= size.height || first >= last) continue;
    const std::int32_t* begin = planes.begin + in_y * size.width;
    planes.runs[count++] = {planes.inputs + begin[first], begin[last] - begin[first],
                            (tap - in_x) * conv_.in()};
  }
  return count;
}

void StemStep::run_image(Run& run, int image, Planes& planes) const {
  const Frame& frame = run.work.frame();
  const Finish finish = shifted(make_finish(outlet, run.work), image * frame.points());
  SparseArgs args{weights_.data(), panels_.data(), static_cast<int>(panels_.size()), planes.runs, 0,
                  planes.bias,     planes.out};
  for (int y = 0; y < frame.size().height; ++y) {
    for (int x = 0; x < frame.size().width; ++x) {
      args.run_count = find_runs(planes, frame.size(), y, x);
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
