#include "nn/kernels/step/workspace.h"

#include <algorithm>
#include <numeric>

namespace ponnuki::nn::kernels {

Workspace::Workspace(const std::vector<int>& slot_strides) : strides_(slot_strides) {}

void Workspace::prepare(BoardSize size, int images) {
  std::unique_ptr<Frame>& frame = frames_[{size.height, size.width}];
  if (!frame) frame = std::make_unique<Frame>(size);
  images_ = images;
  cover_ = &frame->cover(images);
  if (frame_ == frame.get() && images <= capacity_) return;
  frame_ = frame.get();
  capacity_ = images;
  const std::size_t channels = std::accumulate(strides_.begin(), strides_.end(), std::size_t{0});
  const std::size_t floats = channels * static_cast<std::size_t>(frame_->points() * capacity_);
  if (maps_.size() < floats) maps_.resize(floats);
  std::fill_n(maps_.begin(), floats, 0.0F);
}

Map Workspace::slot(int index) {
  const auto begin = strides_.begin();
  const std::ptrdiff_t before = std::accumulate(begin, begin + index, std::ptrdiff_t{0});
  const std::ptrdiff_t points = std::ptrdiff_t{1} * frame_->points() * capacity_;
  return {maps_.data() + before * points, strides_[static_cast<std::size_t>(index)]};
}

}  // namespace ponnuki::nn::kernels
