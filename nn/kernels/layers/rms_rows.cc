#include "nn/kernels/layers/rms_rows.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "nn/kernels/layers/row_product.h"
#include "nn/kernels/layers/vectors.h"

namespace ponnuki::nn::kernels {

RmsRows::RmsRows(Run& run, int channels, float epsilon)
    : run_(run),
      channels_(channels),
      padded_(padded_channels(channels)),
      epsilon_(epsilon),
      factors_(run.work.scratch().take<float>(kBlockRows)),
      values_(run.work.scratch().take<float>(static_cast<std::size_t>(kBlockRows * padded_))),
      rows_(run.work.scratch().take<const float*>(kBlockRows)) {
  for (int r = 0; r < kBlockRows; ++r) rows_[r] = values_ + std::ptrdiff_t{r} * padded_;
}

void RmsRows::sum_squares(const Map& image, const std::int32_t* points, int count) {
  run_.kernels.transformer.square_sums(
      {image.data, image.stride, points, count, padded_, factors_});
}

const float* RmsRows::scale(const Map& image, const std::int32_t* points, int count) {
  run_.kernels.transformer.scaled_rows(
      {image.data, image.stride, points, count, padded_, factors_, values_});
  return values_;
}

const float* RmsRows::read(const Map& image, const std::int32_t* points, int count) {
  sum_squares(image, points, count);
  for (int r = 0; r < count; ++r)
    factors_[r] = 1 / std::sqrt(factors_[r] / static_cast<float>(channels_) + epsilon_);
  return scale(image, points, count);
}

const float* RmsRows::read_scaled(const Map& image, const std::int32_t* points, int count,
                                  float factor) {
  std::fill_n(factors_, count, factor);
  return scale(image, points, count);
}

float RmsRows::board_factor(const Map& image) {
  const std::vector<std::int32_t>& points = run_.work.frame().board_points();
  const int area = static_cast<int>(points.size());
  double sum = 0;
  for_row_blocks(area, [&](int first, int count) {
    sum_squares(image, points.data() + first, count);
    sum = std::accumulate(factors_, factors_ + count, sum);
  });
  return static_cast<float>(1 / std::sqrt(sum / area / channels_ + static_cast<double>(epsilon_)));
}

void TipRmsStep::run(Run& run) const {
  const Frame& frame = run.work.frame();
  const int padded = padded_channels(channels_);
  RmsRows rms(run, channels_, norm_.epsilon);
  for (int i = 0; i < run.work.images(); ++i) {
    const Map image = image_of(run, run.work.slot(slot_), i);
    const EpilogueArgs epilogue_args =
        shifted(make_epilogue_args(epilogue, run.work), i * frame.points());
    const float factor = norm_.whole_board ? rms.board_factor(image) : 0;
    for_row_blocks(frame.size().area(), [&](int first, int count) {
      const std::int32_t* points = frame.board_points().data() + first;
      const float* rows = norm_.whole_board ? rms.read_scaled(image, points, count, factor)
                                            : rms.read(image, points, count);
      run.kernels.epilogue_rows({rows, padded, points, count, padded, epilogue_args});
    });
  }
}

}  // namespace ponnuki::nn::kernels
