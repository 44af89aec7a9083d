// What the input planes of each encoder mean, in a few words.
#pragma once

#include <array>
#include <string>

#include "nn/inputs/encoder.h"

namespace ponnuki::figures {

/// Of plane number `plane`.
std::string plane_title(nn::Encoder encoder, int plane);

/// The planes of own stones, of the opponent's, and one that is 1 on the whole board, or of empty
/// points, or for Black; first filters are shown on these.
struct StonePlanes {
  std::array<int, 3> planes;
  const char* third;  // what the third one is
};
StonePlanes stone_planes(nn::Encoder encoder);

}  // namespace ponnuki::figures
