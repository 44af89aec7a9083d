// Model: a network of KataGo's architecture as plain data. It holds what a weight file holds
// (docs/formats.md), with batch norm folded to scale and bias. A Network (nn/network.h) computes
// it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "nn/model/activation_kind.h"

namespace ponnuki::nn {

struct ConvLayer {
  std::string name;
  int height = 0, width = 0;  // of the kernel
  int in = 0, out = 0;        // channels
  int dilation_y = 1, dilation_x = 1;
  std::vector<float> weights;  // [y][x][in][out]; zero padding, stride 1, cross-correlation
};

/// Batch norm folded to y = scale * x + bias, then the activation.
struct NormAct {
  std::string name;
  int channels = 0;
  std::vector<float> scale, bias;
  Activation activation = Activation::kRelu;
};

struct MatMulLayer {
  std::string name;
  int in = 0, out = 0;
  std::vector<float> weights;  // [in][out]
};

struct BiasLayer {
  std::string name;
  std::vector<float> bias;
};

/// x + conv2(norm2(conv1(norm1(x)))): all blocks are pre-activation.
struct ResidualBlock {
  std::string name;
  NormAct norm1;
  ConvLayer conv1;
  NormAct norm2;
  ConvLayer conv2;
};

/// x + conv2(norm2(regular(norm1(x)) + to_bias · pooled(gpool_norm(gpool(norm1(x)))))).
struct GlobalPoolingBlock {
  std::string name;
  NormAct norm1;
  ConvLayer regular_conv;
  ConvLayer gpool_conv;
  NormAct gpool_norm;
  MatMulLayer gpool_to_bias;  // 3 * gpool channels → regular channels
  NormAct norm2;
  ConvLayer conv2;
};

/// y = weight * x / sqrt(mean of x² over the channels + epsilon), separately for each point (Zhang
/// and Sennrich 2019).
struct RmsNorm {
  std::string name;
  float epsilon = 0;
  std::vector<float> weight;  // one for each channel
};

/// Rotary position embedding (Su et al. 2021) in two dimensions. At column x and row y, counted
/// from the top left, each pair (2p, 2p + 1) of the channels of a query or key is rotated by x fx +
/// y fy.
struct Rope {
  enum class Kind { kNone, kFixed, kLearned };
  Kind kind = Kind::kNone;
  std::string name;
  // For kFixed: the frequencies are powers of theta (nn/model/rope.h).
  float theta = 0;
  std::vector<float> frequencies;  // for kLearned: [kv_heads][query_channels / 2][fx, fy]
};

/// x + out(all heads side by side). q, k and v are computed from norm(x). At each point, head h has
/// the value
///
///     Σ over all points of softmax(q[h] · k[g] / sqrt(query_channels)) * v[g]
///
/// (Vaswani et al. 2017). Successive groups of heads / kv_heads heads share their keys and values g
/// (Ainslie et al. 2023). q and k are rotated as `rope` says.
struct TransformerAttentionBlock {
  std::string name;
  int heads = 0, kv_heads = 0;
  int query_channels = 0, value_channels = 0;  // of one head
  RmsNorm norm;
  ConvLayer q, k, v, out;  // 1×1
  Rope rope;
};

/// x + linear2(silu(linear1(norm(x))) * gate(norm(x))): SwiGLU (Shazeer 2020).
struct TransformerFeedForwardBlock {
  std::string name;
  RmsNorm norm;
  ConvLayer linear1, gate, linear2;  // 1×1
};

struct NestedBlock;
using Block = std::variant<ResidualBlock, GlobalPoolingBlock, std::shared_ptr<const NestedBlock>,
                           TransformerAttentionBlock, TransformerFeedForwardBlock>;

/// x + post_conv(post_norm(blocks(pre_conv(pre_norm(x))))).
struct NestedBlock {
  std::string name;
  NormAct pre_norm;
  ConvLayer pre_conv;
  std::vector<Block> blocks;
  NormAct post_norm;
  ConvLayer post_conv;
};

/// The encoder of the input metadata of "human" nets: three matrix products. Its result is added to
/// the trunk's global bias.
struct MetadataEncoder {
  std::string name;
  MatMulLayer mul1;
  BiasLayer bias1;
  Activation act1 = Activation::kRelu;
  MatMulLayer mul2;
  BiasLayer bias2;
  Activation act2 = Activation::kRelu;
  MatMulLayer mul3;
};

/// x / sqrt(mean of x² + epsilon), with the mean over the channels of each point, or over all
/// channels and points.
struct TipRms {
  float epsilon = 0;
  bool whole_board = false;
};

struct Trunk {
  std::string name;
  int channels = 0;
  ConvLayer initial_conv;      // spatial planes → channels
  MatMulLayer initial_matmul;  // global features → channels, added at every point
  std::shared_ptr<const MetadataEncoder> metadata;  // may be null
  std::vector<Block> blocks;
  std::optional<TipRms> tip_rms;  // applied before `tip`; version ≥ 15
  NormAct tip;
};

struct PolicyHead {
  std::string name;
  ConvLayer p1_conv;  // 1×1
  ConvLayer g1_conv;  // 1×1, pooled
  NormAct g1_norm;
  MatMulLayer gpool_to_bias;  // 3 * g1 → p1
  NormAct p1_norm;
  ConvLayer p2_conv;          // 1×1 → policy channels
  MatMulLayer gpool_to_pass;  // 3 * g1 → policy channels, or a hidden layer (version ≥ 15)
  BiasLayer pass_bias;        // version ≥ 15, else empty
  Activation pass_activation = Activation::kIdentity;
  MatMulLayer gpool_to_pass2;  // version ≥ 15, else empty
};

struct ValueHead {
  std::string name;
  ConvLayer v1_conv;  // 1×1
  NormAct v1_norm;
  MatMulLayer v2_mul;  // 3 * v1 (value pooling) → v2
  BiasLayer v2_bias;
  Activation v2_activation = Activation::kRelu;
  MatMulLayer v3_mul;  // v2 → 3
  BiasLayer v3_bias;
  MatMulLayer misc_mul;  // v2 → k
  BiasLayer misc_bias;
  ConvLayer ownership_conv;  // v1 → 1, on v1 after its activation
};

/// Factors of the outputs. Files of version ≥ 13 carry their own.
struct PostProcess {
  float td_score = 20, score_mean = 20, score_stdev = 20, lead = 20, variance_time = 40;
  float short_term_value_error = 0.25F, short_term_score_error = 30;
};

struct Model {
  std::string name;
  int version = 0;  // 3 to 17
  int spatial_planes = 22;
  int global_features = 19;
  PostProcess post;
  int metadata_version = 0;
  bool pass_alive_under_suicide = false;
  Trunk trunk;
  PolicyHead policy;
  ValueHead value;

  /// 1: policy; 2: policy and optimistic policy; 4: also the Q values of win/loss and of score.
  int policy_channels() const { return policy.p2_conv.out; }
  int metadata_features() const { return trunk.metadata ? trunk.metadata->mul1.in : 0; }
};

inline constexpr int kOldestModelVersion = 3;
inline constexpr int kNewestModelVersion = 17;
/// The number of policy channels of a version. Requires a supported version. Files of version 17
/// state the number, 2 or 4; KataGo's have 2.
constexpr int policy_channels_of(int version) { return version == 16 ? 4 : version >= 12 ? 2 : 1; }
constexpr int misc_channels_of(int version) {
  return version >= 9 ? 6 : version >= 8 ? 4 : version >= 4 ? 2 : 1;
}

}  // namespace ponnuki::nn
