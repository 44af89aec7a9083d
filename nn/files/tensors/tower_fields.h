// The fields of a tower's parts (nn/model/tower_model.h), like those of a Model's parts in
// nn/files/tensors/model_fields.h. Internal to nn/files/.
//
// An Archive also has encoder(key, encoder), and blocks() for towers.
#pragma once

#include "nn/files/tensors/model_fields.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn {

template <>
inline constexpr const char* kBlockKind<ConvUnit> = "convolution";
template <>
inline constexpr const char* kBlockKind<TowerResidualBlock> = "post_activation_residual";

/// A key that only the architectures of towers have.
inline constexpr const char* kTowerMark = "stem";

template <typename Archive, PartOf<ConvUnit> Part>
void fields(Archive& a, Part& u) {
  a.part("conv", u.conv);
  a.part("norm", u.norm);
}

template <typename Archive, PartOf<TowerResidualBlock> Part>
void fields(Archive& a, Part& b) {
  a.part("first", b.first);
  a.part("second", b.second);
}

template <typename Archive, PartOf<DenseLayer> Part>
void fields(Archive& a, Part& d) {
  a.part("product", d.product);
  a.part("bias", d.bias);
  a.activation("activation", d.activation);
}

template <typename Archive, PartOf<TowerPolicyHead> Part>
void fields(Archive& a, Part& h) {
  a.part("conv", h.conv);
  optional_fields(a, "dense", h.dense);
  if (!h.dense) a.part("point_bias", h.point_bias);
}

template <typename Archive, PartOf<TowerValueHead> Part>
void fields(Archive& a, Part& h) {
  a.part("conv", h.conv);
  a.part("hidden", h.hidden);
  a.part("output", h.output);
}

template <typename Archive, PartOf<TowerModel> Part>
void fields(Archive& a, Part& m) {
  int width = m.size.width, height = m.size.height;
  a.word("name", m.name);
  a.encoder("encoder", m.encoder);
  a.number("width", width, kMinLength, kMaxLength);
  a.number("height", height, kMinLength, kMaxLength);
  if constexpr (!std::is_const_v<Part>)
    m.size = {static_cast<std::uint8_t>(width), static_cast<std::uint8_t>(height)};
  a.flag("value_is_blacks", m.value_is_blacks);
  a.part("stem", m.stem);
  a.blocks("blocks", m.blocks);
  a.part("policy", m.policy);
  optional_fields(a, "value", m.value);
}

}  // namespace ponnuki::nn
