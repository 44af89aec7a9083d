// TowerModel: a network of the AlphaGo family as plain data: a tower of convolutions, and heads
// with fully connected layers, which fix the board size.
//
//     AlphaGo (Silver et al. 2016)       a 5×5 convolution, then 3×3 ones; the policy by a 1×1
//                                        convolution with a bias for each point; no pooling
//     AlphaGo Zero (Silver et al. 2017), a convolution, then residual blocks, post-activation;
//     Leela Zero, ELF OpenGo             policy and value by a 1×1 convolution and dense layers
//
// Rows are ordered from the top, whatever the order in the file. KataGo's nets are Models
// (nn/model/model.h).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/result.h"
#include "engine/types.h"
#include "nn/inputs/encoder.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// act(norm(conv(x))).
struct ConvUnit {
  ConvLayer conv;
  NormAct norm;
};

/// act(x + norm2(conv2(act(norm1(conv1(x)))))). The outer act is the activation of norm2.
struct TowerResidualBlock {
  ConvUnit first, second;
};

using TowerBlock = std::variant<ConvUnit, TowerResidualBlock>;

/// act(x · weights + bias).
struct DenseLayer {
  MatMulLayer product;
  BiasLayer bias;
  Activation activation = Activation::kIdentity;
};

/// The logits of the points and, if there is a dense layer, of the pass. Maps are flattened channel
/// by channel: input number (c · height + y) · width + x.
struct TowerPolicyHead {
  ConvUnit conv;                    // 1×1
  std::optional<DenseLayer> dense;  // channels · area → area + 1; without it conv has one channel
  BiasLayer point_bias;             // [area] if there is no dense layer, else empty
};

/// tanh(output(hidden(conv))). 1 is a certain win for the player to move, or for Black
/// (value_is_blacks).
struct TowerValueHead {
  ConvUnit conv;      // 1×1
  DenseLayer hidden;  // channels · area → n
  DenseLayer output;  // n → 1
};

struct TowerModel {
  std::string name;
  Encoder encoder = Encoder::kLeelaZero;
  BoardSize size;
  ConvUnit stem;  // planes → channels
  std::vector<TowerBlock> blocks;
  TowerPolicyHead policy;
  std::optional<TowerValueHead> value;
  // The value is from Black's perspective; if false, from that of the player to move.
  bool value_is_blacks = false;

  int planes() const { return stem.conv.in; }
};

/// Reverses the order of the rows in kernels, flattened inputs and logits of points. The model then
/// takes boards upside down.
void mirror_rows(TowerModel& model);

/// Returns an error that names the layer if shapes do not fit together, or if the planes are not
/// those of the encoder.
Status check_tower(const TowerModel& model);

}  // namespace ponnuki::nn
