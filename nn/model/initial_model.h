// The net that training starts from: KataGo's architecture, so that it can be exported;
// pre-activation residual blocks, some with global pooling; random weights, and batch norm as the
// identity.
#pragma once

#include <cstdint>

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// For example "b6c96": 6 blocks of 96 channels. The third block and every second one after it,
/// except the last, pools a third of its channels globally. In "b6c96-plain" no block does. The
/// heads have 3/8 of the channels, at most 32, and always pool.
struct NetShape {
  int blocks = 4;
  int channels = 32;
  bool pools = true;
};
/// Accepts 1 to 60 blocks and 8 to 512 channels in steps of 8.
Result<NetShape> parse_net_shape(const std::string& text);
std::string net_shape_text(const NetShape& shape);

/// Convolutions and matrices that feed a ReLU are initialised as in He et al., "Delving Deep into
/// Rectifiers" (2015), section 2.2. The last convolution of a block is smaller by the square root
/// of the number of blocks, so that the trunk keeps its scale. The outputs are near zero: an even
/// game and equal probabilities for all moves. Inputs and outputs are those of version 11. The
/// result passes check_model().
Model make_initial_model(const NetShape& shape, std::uint64_t seed);

}  // namespace ponnuki::nn
