// TowerModel: a network of the AlphaGo family as plain data: a tower of convolutions and heads with
// fully connected layers, which fix the board's size.
//
//     AlphaGo (Silver et al. 2016)       a 5×5 convolution, then 3×3 ones; the policy by a 1×1
//                                        convolution with a bias a point; no pooling
//     AlphaGo Zero (Silver et al. 2017), a convolution, then residual blocks, post-activation;
//     Leela Zero, ELF OpenGo             policy and value by a 1×1 convolution and dense layers
//
// Rows run from the top, whatever the file's order. KataGo's nets are Models (nn/model/model.h).
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

/// act(x + norm2(conv2(act(norm1(conv1(x)))))), act being that of norm2.
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

/// Logits of the points and, with a dense layer, of the pass. Maps are flattened channel by
/// channel: input (c · height + y) · width + x.
struct TowerPolicyHead {
  ConvUnit conv;                    // 1×1
  std::optional<DenseLayer> dense;  // channels · area → area + 1; else conv has one channel
  BiasLayer point_bias;             // [area] where there is no dense layer, else empty
};

/// tanh(output(hidden(conv))): 1 is a sure win of the player to move, or of Black.
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
  bool value_is_blacks = false;  // else of the player to move

  int planes() const { return stem.conv.in; }
};

/// Reverses the order of the rows in kernels, flattened inputs and logits of points, so that the
/// model takes boards upside down.
void mirror_rows(TowerModel& model);

/// An error, naming the layer, if shapes do not fit together or planes are not the encoder's.
Status check_tower(const TowerModel& model);

}  // namespace ponnuki::nn
