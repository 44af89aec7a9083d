// The net that training begins with: KataGo-shaped, pre-activation residual blocks, some with
// global pooling, so that it can be exported; random weights, batch norm as identity.
#pragma once

#include <cstdint>

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// "b6c96": 6 blocks of 96 channels. The third block and then every second one, except the last,
/// pools a third of its channels globally; in "b6c96-plain" none does. Heads have 3/8 of the
/// channels, at most 32, and always pool.
struct NetShape {
  int blocks = 4;
  int channels = 32;
  bool pools = true;
};
/// 1 to 60 blocks, 8 to 512 channels in steps of 8.
Result<NetShape> parse_net_shape(const std::string& text);
std::string net_shape_text(const NetShape& shape);

/// Convolutions and products that feed a ReLU have weights of He et al., "Delving Deep into
/// Rectifiers" (2015), section 2.2; a block's last convolution is smaller by the root of the number
/// of blocks, so that the trunk keeps its scale; the outputs are near zero: an even game and equal
/// chances for all moves. Inputs and outputs are those of version 11. Passes check_model().
Model make_initial_model(const NetShape& shape, std::uint64_t seed);

}  // namespace ponnuki::nn
