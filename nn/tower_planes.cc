#include "nn/tower_planes.h"

#include "engine/check.h"
#include "nn/alphago_planes.h"
#include "nn/zero_planes.h"

namespace ponnuki {

void encode_tower_planes(Encoder encoder, const Position& position, Symmetry symmetry,
                         std::span<float> spatial) {
  switch (encoder) {
    case Encoder::kLeelaZero:
      return encode_leela_zero(position, symmetry, spatial);
    case Encoder::kAlphaGoZero:
      return encode_alphago_zero(position, symmetry, spatial);
    case Encoder::kAlphaGo:
      return encode_alphago(position, symmetry, spatial);
    case Encoder::kKataGoV7:
      PONNUKI_CHECK(false);  // check_tower() lets none through
  }
}

}  // namespace ponnuki
