// Short titles for the input planes of each encoder.
#pragma once

#include <array>
#include <string>

#include "nn/inputs/encoder.h"

namespace ponnuki::figures {

/// The title of plane number `plane`.
std::string plane_title(nn::Encoder encoder, int plane);

/// The planes for which filters are drawn: own stones, the opponent's stones, and a third plane
/// that depends on the encoder.
struct StonePlanes {
  std::array<int, 3> planes;
  const char* third;  // the title of the third plane
};
StonePlanes stone_planes(nn::Encoder encoder);

}  // namespace ponnuki::figures
