// Workspace: the memory of one forward call, kept between calls. Not thread-safe.
//
// Maps are stored in slots. The stride of a slot (its channels for each point) never changes. The
// frame's border, once zeroed, therefore stays zero, whichever layer writes to the slot.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "nn/kernels/step/frame.h"
#include "nn/kernels/step/scratch.h"
#include "nn/network.h"

namespace ponnuki::nn::kernels {

struct Map {
  float* data = nullptr;  // point 0 of image 0, at the first channel used
  std::ptrdiff_t stride = 0;

  Map channel(int c) const { return {data + c, stride}; }
};

class Workspace {
 public:
  /// Takes the stride of each slot.
  explicit Workspace(const std::vector<int>& slot_strides);

  /// Prepares for `images` boards of `size`: zeroes the border of all maps.
  void prepare(BoardSize size, int images);

  const Frame& frame() const { return *frame_; }
  int images() const { return images_; }
  /// Points of all boards of the batch, without borders.
  int area() const { return frame_->size().area() * images_; }
  const Cover& cover() const { return *cover_; }
  Map slot(int index);
  Scratch& scratch() { return scratch_; }
  /// Lists for the caller's use. They keep their capacity between calls.
  std::vector<int>& order() { return order_; }
  std::vector<const NetworkInput*>& inputs() { return inputs_; }
  std::vector<NetworkOutput*>& outputs() { return outputs_; }

 private:
  std::vector<int> strides_;
  std::map<std::pair<int, int>, std::unique_ptr<Frame>> frames_;  // by height and width
  const Frame* frame_ = nullptr;
  const Cover* cover_ = nullptr;  // for images_ images
  int images_ = 0, capacity_ = 0;
  AlignedFloats maps_;  // slot by slot, each [capacity_][frame points][stride]
  Scratch scratch_;
  std::vector<int> order_;
  std::vector<const NetworkInput*> inputs_;
  std::vector<NetworkOutput*> outputs_;
};

}  // namespace ponnuki::nn::kernels
