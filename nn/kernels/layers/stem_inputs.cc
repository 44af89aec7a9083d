#include "nn/kernels/layers/stem_inputs.h"

#include <algorithm>
#include <bit>

namespace ponnuki::nn::kernels {
namespace {

constexpr int kWord = 32;  // planes whose presence bits share one word

/// The taps [first, last) of one axis that are on the board for the output at `at`.
struct TapRange {
  TapRange(int at, int taps, int dilation, int length) {
    const int begin = at - (taps - 1) * dilation / 2;  // position of tap 0
    first = (std::max(-begin, 0) + dilation - 1) / dilation;
    last = std::max(first, std::min(taps, (length - begin + dilation - 1) / dilation));
  }
  int first, last;
};

}  // namespace

StemInputs::StemInputs(const ConvLayer& layer, BoardSize size, Scratch& scratch)
    : layer_(layer), size_(size), words_((layer.in + kWord - 1) / kWord) {
  const auto area = static_cast<std::size_t>(size.area());
  inputs_ = scratch.take<SparseInput>(area * static_cast<std::size_t>(layer.in));
  begin_ = scratch.take<std::int32_t>(area + 1);
  present_ = scratch.take<std::uint32_t>(area * static_cast<std::size_t>(words_));
  corners_ = scratch.take<SparseInput>(4);
  runs_ = scratch.take<SparseRun>(static_cast<std::size_t>(layer.height * layer.width + 1));
}

/// Sets bit i of present[p] if plane first_plane + i is not zero at point p.
void StemInputs::find_present(const NetworkInput& input, int first_plane,
                              std::uint32_t* present) const {
  const int area = size_.area();
  std::fill_n(present, area, 0U);
  for (int i = 0; i < std::min(kWord, layer_.in - first_plane); ++i) {
    const float* plane = input.spatial + std::ptrdiff_t{first_plane + i} * area;
    const std::uint32_t bit = 1U << i;
    for (int p = 0; p < area; ++p) present[p] |= plane[p] != 0 ? bit : 0U;
  }
}

void StemInputs::read(const NetworkInput& input) {
  const int area = size_.area(), in = layer_.in;
  for (int word = 0; word < words_; ++word)
    find_present(input, word * kWord, present_ + std::ptrdiff_t{word} * area);
  ones_ = std::all_of(input.spatial, input.spatial + area, [](float x) { return x == 1; });
  if (ones_) {
    for (int p = 0; p < area; ++p) present_[p] &= ~1U;
  }
  std::int32_t count = 0;
  for (int p = 0; p < area; ++p) {
    begin_[p] = count;
    const std::int32_t row = p % size_.width * in;
    for (int word = 0; word < words_; ++word) {
      for (std::uint32_t left = present_[word * area + p]; left != 0; left &= left - 1) {
        const int plane = word * kWord + std::countr_zero(left);
        inputs_[count++] = {row + plane, input.spatial[std::ptrdiff_t{plane} * area + p]};
      }
    }
  }
  begin_[area] = count;
}

/// One run for each kernel row, or for each tap if the columns are dilated.
std::span<const SparseRun> StemInputs::runs(int y, int x) {
  const int top = y - (layer_.height - 1) * layer_.dilation_y / 2;
  const int left = x - (layer_.width - 1) * layer_.dilation_x / 2;
  const int taps_a_run = layer_.dilation_x == 1 ? layer_.width : 1;
  std::size_t count = 0;
  if (ones_) runs_[count++] = ones_run(y, x);
  for (int tap = 0; tap < layer_.height * layer_.width; tap += taps_a_run) {
    const int in_y = top + tap / layer_.width * layer_.dilation_y;
    const int in_x = left + tap % layer_.width * layer_.dilation_x;
    const int first = std::max(in_x, 0), last = std::min<int>(in_x + taps_a_run, size_.width);
    if (in_y < 0 || in_y >= size_.height || first >= last) continue;
    const std::int32_t* begin = begin_ + in_y * size_.width;
    runs_[count++] = {inputs_ + begin[first], begin[last] - begin[first], (tap - in_x) * layer_.in};
  }
  return {runs_, count};
}

/// The share of plane 0, all ones: the sums at the corners of the rectangle of taps.
SparseRun StemInputs::ones_run(int y, int x) {
  const TapRange rows(y, layer_.height, layer_.dilation_y, size_.height);
  const TapRange cols(x, layer_.width, layer_.dilation_x, size_.width);
  int count = 0;
  const auto add = [&](int row, int col, float sign) {
    if (row > 0 && col > 0) corners_[count++] = {(row - 1) * layer_.width + col - 1, sign};
  };
  add(rows.last, cols.last, 1);
  add(rows.first, cols.last, -1);
  add(rows.last, cols.first, -1);
  add(rows.first, cols.first, 1);
  return {corners_, count, layer_.height * layer_.width * layer_.in};
}

}  // namespace ponnuki::nn::kernels
