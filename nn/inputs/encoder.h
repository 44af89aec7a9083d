// Encoder: the kind of input planes that a network was trained with. The network's file states it.
// A network with an unexpected encoder is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponnuki::nn {

enum class Encoder {
  kKataGoV7,     // nn/inputs/planes.h: 22 planes and 19 numbers
  kLeelaZero,    // nn/inputs/zero_planes.h: 18 planes
  kAlphaGoZero,  // nn/inputs/zero_planes.h: 17 planes
  kAlphaGo,      // nn/inputs/alphago_planes.h: 48 planes, or 49 with the colour
};

/// The name in files: "katago-v7", "leela-zero", "alphago-zero" or "alphago".
std::string to_string(Encoder encoder);
std::optional<Encoder> parse_encoder(std::string_view name);

}  // namespace ponnuki::nn
