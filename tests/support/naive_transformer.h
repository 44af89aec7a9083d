// Naive versions of transformer layers: the formulas in nn/model/model.h as loops in double
// precision.
#pragma once

#include "tests/support/naive_layers.h"

namespace ponnuki::test {

inline double naive_mean_square(const Maps& x, std::size_t row, std::size_t col) {
  double sum = 0;
  for (const Plane& plane : x) sum += plane[row][col] * plane[row][col];
  return sum / static_cast<double>(x.size());
}

inline Maps naive_rms_norm(const nn::RmsNorm& l, Maps x) {
  for (std::size_t row = 0; row < x[0].size(); ++row)
    for (std::size_t col = 0; col < x[0][0].size(); ++col) {
      const double rms = std::sqrt(naive_mean_square(x, row, col) + l.epsilon);
      for (std::size_t c = 0; c < x.size(); ++c) x[c][row][col] *= l.weight[c] / rms;
    }
  return x;
}

inline Maps naive_tip_rms(const nn::TipRms& l, const Maps& x) {
  Maps out = x;
  double board = 0;
  for (std::size_t row = 0; row < x[0].size(); ++row)
    for (std::size_t col = 0; col < x[0][0].size(); ++col)
      board += naive_mean_square(x, row, col) / (height_of(x) * width_of(x));
  for (std::size_t c = 0; c < x.size(); ++c)
    for (std::size_t row = 0; row < x[0].size(); ++row)
      for (std::size_t col = 0; col < x[0][0].size(); ++col)
        out[c][row][col] /=
            std::sqrt((l.whole_board ? board : naive_mean_square(x, row, col)) + l.epsilon);
  return out;
}

/// The angle by which a pair of channels in a head of keys is rotated at a point.
inline double naive_angle(const nn::TransformerAttentionBlock& b, int kv_head, int pair, int y,
                          int x) {
  const int pairs = b.query_channels / 2, half = pairs / 2;
  if (b.rope.kind == nn::Rope::Kind::kLearned) {
    const std::size_t at = 2 * static_cast<std::size_t>(kv_head * pairs + pair);
    return x * static_cast<double>(b.rope.frequencies[at]) +
           y * static_cast<double>(b.rope.frequencies[at + 1]);
  }
  const double theta = b.rope.theta;
  if (pair < half) return y / std::pow(theta, 2.0 * pair / pairs);
  return x / std::pow(theta, 2.0 * (pair - half) / pairs);
}

/// One head of the queries or keys at one point, rotated.
inline Row naive_head(const nn::TransformerAttentionBlock& b, const Maps& maps, int head,
                      int kv_head, int y, int x) {
  Row row;
  for (int c = 0; c < b.query_channels; ++c) row.push_back(maps[head * b.query_channels + c][y][x]);
  if (b.rope.kind == nn::Rope::Kind::kNone) return row;
  for (int pair = 0; pair < b.query_channels / 2; ++pair) {
    const double angle = naive_angle(b, kv_head, pair, y, x);
    const double even = row[2 * pair], odd = row[2 * pair + 1];
    row[2 * pair] = even * std::cos(angle) - odd * std::sin(angle);
    row[2 * pair + 1] = even * std::sin(angle) + odd * std::cos(angle);
  }
  return row;
}

inline double naive_dot(const Row& a, const Row& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

inline Maps naive_attention(const nn::TransformerAttentionBlock& b, const Maps& x) {
  const Maps normed = naive_rms_norm(b.norm, x);
  const Maps q = naive_conv(b.q, normed), k = naive_conv(b.k, normed), v = naive_conv(b.v, normed);
  const int height = height_of(x), width = width_of(x), area = height * width;
  Maps out = make_maps(b.heads * b.value_channels, height, width);
  for (int h = 0; h < b.heads; ++h) {
    const int g = h * b.kv_heads / b.heads;
    std::vector<Row> keys;
    for (int p = 0; p < area; ++p) keys.push_back(naive_head(b, k, g, g, p / width, p % width));
    for (int p = 0; p < area; ++p) {
      const Row query = naive_head(b, q, h, g, p / width, p % width);
      Row weights;
      double sum = 0;
      for (const Row& key : keys) {
        weights.push_back(std::exp(naive_dot(query, key) / std::sqrt(b.query_channels)));
        sum += weights.back();
      }
      for (int c = 0; c < b.value_channels; ++c)
        for (int from = 0; from < area; ++from)
          out[h * b.value_channels + c][p / width][p % width] +=
              weights[from] / sum * v[g * b.value_channels + c][from / width][from % width];
    }
  }
  return naive_sum(x, naive_conv(b.out, out));
}

inline Maps naive_feed_forward(const nn::TransformerFeedForwardBlock& b, const Maps& x) {
  const Maps normed = naive_rms_norm(b.norm, x);
  Maps hidden = naive_conv(b.linear1, normed);
  const Maps gate = naive_conv(b.gate, normed);
  for (std::size_t c = 0; c < hidden.size(); ++c)
    for (std::size_t y = 0; y < hidden[c].size(); ++y)
      for (std::size_t at = 0; at < hidden[c][y].size(); ++at) {
        double& value = hidden[c][y][at];
        value = naive_activation(nn::Activation::kSilu, value) * gate[c][y][at];
      }
  return naive_sum(x, naive_conv(b.linear2, hidden));
}

}  // namespace ponnuki::test
