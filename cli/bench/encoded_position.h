// EncodedPosition: a position as the input of a net, for measurements.
#pragma once

#include <vector>

#include "engine/types.h"
#include "nn/network.h"

namespace ponnuki::cli {

/// The planes of a position from the middle of a random game. The first layer of the net takes
/// longer if there are more stones on the board.
class EncodedPosition {
 public:
  explicit EncodedPosition(BoardSize size);
  nn::NetworkInput input() const { return {size_, spatial_.data(), global_.data()}; }

 private:
  BoardSize size_;
  std::vector<float> spatial_, global_;
};

}  // namespace ponnuki::cli
