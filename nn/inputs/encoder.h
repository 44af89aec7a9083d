// Encoder: which input planes a network was trained with. Its file says so. A network with another
// encoder than expected is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponnuki::nn {

enum class Encoder {
  kKataGoV7,     // nn/inputs/planes.h: 22 planes and 19 numbers
  kLeelaZero,    // nn/inputs/zero_planes.h: 18 planes
  kAlphaGoZero,  // nn/inputs/zero_planes.h: 17 planes
  kAlphaGo,      // nn/inputs/alphago_planes.h: 48 planes, 49 with the colour
};

/// "katago-v7", "leela-zero", "alphago-zero", "alphago": as files write it.
std::string to_string(Encoder encoder);
std::optional<Encoder> parse_encoder(std::string_view name);

}  // namespace ponnuki::nn
