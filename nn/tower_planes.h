// The input planes of the networks of AlphaGo's kind, by the encoder that their file names.
#pragma once

#include <span>

#include "engine/position.h"
#include "engine/symmetry.h"
#include "nn/encoder.h"

namespace ponnuki {

/// Writes spatial[planes * area] plane-major, turned by shape_keeping(symmetry), as zero_planes.h
/// and alphago_planes.h say. Requires an encoder of these.
void encode_tower_planes(Encoder encoder, const Position& position, Symmetry symmetry,
                         std::span<float> spatial);

}  // namespace ponnuki
