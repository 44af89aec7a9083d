// A whole net of naive layers (tests/support/naive_layers.h), written from docs/formats.md. It is
// the reference for every Network.
#pragma once

#include "nn/network.h"
#include "tests/support/naive_layers.h"
#include "tests/support/naive_transformer.h"

namespace ponnuki::test {

struct NaiveOutput {
  std::vector<Row> policy;  // [channel][area + 1]
  Row value, misc, ownership;
};

class NaiveNetwork {
 public:
  explicit NaiveNetwork(const nn::Model& model) : m_(model) {}

  NaiveOutput forward(const nn::NetworkInput& input) const {
    Maps x = naive_conv(m_.trunk.initial_conv, planes(input));
    x = naive_add_to_channels(
        naive_matmul(m_.trunk.initial_matmul, row(input.global, m_.global_features)), x);
    if (m_.trunk.metadata) x = naive_add_to_channels(metadata(input), x);
    for (const nn::Block& b : m_.trunk.blocks) x = block(b, x);
    if (m_.trunk.tip_rms) x = naive_tip_rms(*m_.trunk.tip_rms, x);
    x = naive_norm_act(m_.trunk.tip, x);
    NaiveOutput out;
    policy(x, out);
    value(x, out);
    return out;
  }

 private:
  static Row row(const float* values, int count) {
    return values ? Row(values, values + count) : Row(count, 0.0);
  }
  static Row flat(const Plane& plane) {
    Row all;
    for (const Row& r : plane) all.insert(all.end(), r.begin(), r.end());
    return all;
  }
  static Row act(nn::Activation a, Row x) {
    for (double& v : x) v = naive_activation(a, v);
    return x;
  }

  Maps planes(const nn::NetworkInput& in) const {
    Maps x = make_maps(m_.spatial_planes, in.size.height, in.size.width);
    const float* next = in.spatial;
    for (Plane& plane : x)
      for (Row& r : plane)
        for (double& v : r) v = *next++;
    return x;
  }
  Row metadata(const nn::NetworkInput& in) const {
    const nn::MetadataEncoder& e = *m_.trunk.metadata;
    const Row x = act(e.act1, naive_bias(e.bias1, naive_matmul(e.mul1, row(in.metadata, 192))));
    return naive_matmul(e.mul3, act(e.act2, naive_bias(e.bias2, naive_matmul(e.mul2, x))));
  }

  Maps block(const nn::Block& b, const Maps& x) const {
    if (const auto* r = std::get_if<nn::ResidualBlock>(&b)) {
      return naive_sum(
          x,
          naive_conv(r->conv2,
                     naive_norm_act(r->norm2, naive_conv(r->conv1, naive_norm_act(r->norm1, x)))));
    }
    if (const auto* g = std::get_if<nn::GlobalPoolingBlock>(&b)) {
      const Maps normed = naive_norm_act(g->norm1, x);
      const Row pooled = naive_global_pool(
          naive_norm_act(g->gpool_norm, naive_conv(g->gpool_conv, normed)), false);
      const Maps mid = naive_add_to_channels(naive_matmul(g->gpool_to_bias, pooled),
                                             naive_conv(g->regular_conv, normed));
      return naive_sum(x, naive_conv(g->conv2, naive_norm_act(g->norm2, mid)));
    }
    if (const auto* a = std::get_if<nn::TransformerAttentionBlock>(&b))
      return naive_attention(*a, x);
    if (const auto* f = std::get_if<nn::TransformerFeedForwardBlock>(&b))
      return naive_feed_forward(*f, x);
    const nn::NestedBlock& n = *std::get<2>(b);
    Maps inner = naive_conv(n.pre_conv, naive_norm_act(n.pre_norm, x));
    for (const nn::Block& each : n.blocks) inner = block(each, inner);
    return naive_sum(x, naive_conv(n.post_conv, naive_norm_act(n.post_norm, inner)));
  }

  void policy(const Maps& x, NaiveOutput& out) const {
    const nn::PolicyHead& h = m_.policy;
    const Row pooled =
        naive_global_pool(naive_norm_act(h.g1_norm, naive_conv(h.g1_conv, x)), false);
    const Maps p1 =
        naive_add_to_channels(naive_matmul(h.gpool_to_bias, pooled), naive_conv(h.p1_conv, x));
    const Maps p2 = naive_conv(h.p2_conv, naive_norm_act(h.p1_norm, p1));
    Row pass = naive_matmul(h.gpool_to_pass, pooled);
    if (m_.version >= 15)
      pass = naive_matmul(h.gpool_to_pass2, act(h.pass_activation, naive_bias(h.pass_bias, pass)));
    for (std::size_t c = 0; c < p2.size(); ++c) {
      out.policy.push_back(flat(p2[c]));
      out.policy.back().push_back(pass[c]);
    }
  }
  void value(const Maps& x, NaiveOutput& out) const {
    const nn::ValueHead& h = m_.value;
    const Maps v1 = naive_norm_act(h.v1_norm, naive_conv(h.v1_conv, x));
    const Row v2 = act(h.v2_activation,
                       naive_bias(h.v2_bias, naive_matmul(h.v2_mul, naive_global_pool(v1, true))));
    out.value = naive_bias(h.v3_bias, naive_matmul(h.v3_mul, v2));
    out.misc = naive_bias(h.misc_bias, naive_matmul(h.misc_mul, v2));
    out.ownership = flat(naive_conv(h.ownership_conv, v1)[0]);
  }

  const nn::Model& m_;
};

}  // namespace ponnuki::test
