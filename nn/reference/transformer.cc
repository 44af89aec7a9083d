// Channels are the rows of a matrix and points its columns, so that a head is a block of rows.
#include "nn/reference/transformer.h"

#include <Eigen/Core>
#include <cmath>
#include <utility>

#include "engine/check.h"
#include "nn/model/layer_text.h"
#include "nn/model/rope.h"
#include "nn/reference/activation.h"

namespace ponnuki::nn {
namespace {

using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Rows = Eigen::Map<RowMatrix>;
using ConstRows = Eigen::Map<const RowMatrix>;

Rows matrix_of(FeatureMaps& maps) {
  return {maps.values().data(), maps.shape().channels, maps.shape().area()};
}
ConstRows matrix_of(const FeatureMaps& maps) {
  return {maps.values().data(), maps.shape().channels, maps.shape().area()};
}

/// 1 / sqrt(mean of the squares + epsilon) of each column.
Eigen::RowVectorXf inverse_rms(const ConstRows& x, float epsilon) {
  return (x.array().square().colwise().mean() + epsilon).rsqrt().matrix();
}

/// Rotates the pairs of channels of all heads. Heads that share keys rotate like their keys.
void turn(const TransformerAttentionBlock& block, int heads, FeatureMaps& maps) {
  const std::vector<RopeFrequency> frequencies = rope_frequencies(block);
  const int pairs = block.query_channels / 2, sharing = heads / block.kv_heads;
  const MapShape& shape = maps.shape();
  for (int p = 0; p < heads * pairs; ++p) {
    const int kv_head = p / pairs / sharing;
    const RopeFrequency f = frequencies[static_cast<std::size_t>(kv_head * pairs + p % pairs)];
    for (int y = 0; y < shape.height; ++y) {
      for (int x = 0; x < shape.width; ++x) {
        const float angle = static_cast<float>(x) * f.x + static_cast<float>(y) * f.y;
        const float cos = std::cos(angle), sin = std::sin(angle);
        float &first = maps.at(2 * p, y, x), &second = maps.at(2 * p + 1, y, x);
        const float turned = first * cos - second * sin;
        second = first * sin + second * cos;
        first = turned;
      }
    }
  }
}

/// Softmax of each row: the weight that each point (row) gives to every point (column).
void softmax_rows(RowMatrix& scores) {
  scores.colwise() -= scores.rowwise().maxCoeff().eval();
  scores = scores.array().exp();
  scores.array().colwise() /= scores.rowwise().sum().array().eval();
}

}  // namespace

void apply_rms_norm(const RmsNorm& norm, const FeatureMaps& in, FeatureMaps& out) {
  PONNUKI_CHECK(&in != &out);
  out.resize(in.shape());
  const ConstRows x = matrix_of(in);
  const Eigen::Map<const Eigen::VectorXf> weight(norm.weight.data(), x.rows());
  matrix_of(out) = weight.asDiagonal() * x * inverse_rms(x, norm.epsilon).asDiagonal();
}

void apply_tip_rms(const TipRms& norm, FeatureMaps& maps) {
  Rows x = matrix_of(maps);
  if (norm.whole_board) {
    x /= std::sqrt(x.array().square().mean() + norm.epsilon);
  } else {
    const Eigen::RowVectorXf factors = inverse_rms(matrix_of(std::as_const(maps)), norm.epsilon);
    x.array().rowwise() *= factors.array();
  }
}

void apply_attention(const TransformerAttentionBlock& block, const FeatureMaps& x,
                     FeatureMaps& result, LayerRun& run) {
  FeatureMaps normed, q, k, v, heads;
  apply_rms_norm(block.norm, x, normed);
  run.tell(block.norm.name, normed);
  run.conv(block.q, normed, q);
  run.conv(block.k, normed, k);
  run.conv(block.v, normed, v);
  if (block.rope.kind != Rope::Kind::kNone) {
    turn(block, block.heads, q);
    turn(block, block.kv_heads, k);
  }
  heads.resize({block.heads * block.value_channels, x.shape().height, x.shape().width});
  const int in = block.query_channels, out = block.value_channels;
  const float scale = 1 / std::sqrt(static_cast<float>(in));
  RowMatrix scores;
  for (int h = 0; h < block.heads; ++h) {
    const int kv_head = h / (block.heads / block.kv_heads);
    scores.noalias() = scale * matrix_of(q).middleRows(h * in, in).transpose() *
                       matrix_of(k).middleRows(kv_head * in, in);
    softmax_rows(scores);
    matrix_of(heads).middleRows(h * out, out).noalias() =
        matrix_of(v).middleRows(kv_head * out, out) * scores.transpose();
  }
  run.tell(heads_name(block), heads);
  run.conv(block.out, heads, result);
}

void apply_feed_forward(const TransformerFeedForwardBlock& block, const FeatureMaps& x,
                        FeatureMaps& result, LayerRun& run) {
  FeatureMaps normed, hidden, gate;
  apply_rms_norm(block.norm, x, normed);
  run.tell(block.norm.name, normed);
  run.conv(block.linear1, normed, hidden);
  run.conv(block.gate, normed, gate);
  activate(Activation::kSilu, hidden.values());
  matrix_of(hidden).array() *= matrix_of(gate).array();
  run.conv(block.linear2, hidden, result);
}

}  // namespace ponnuki::nn
