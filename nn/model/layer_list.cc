// Follows the receptive field through the layers, as nn/reference/blocks.cc and
// nn/reference/heads.cc compute the maps. It follows the data flow, which has branches;
// visit_parts() goes through the parts in the order of the file and does not suffice.
#include "nn/model/layer_list.h"

#include <algorithm>
#include <array>

#include "engine/format.h"
#include "nn/model/layer_text.h"

namespace ponnuki::nn {
namespace {

constexpr ReceptiveField kPooled{1, 1, true};  // of globally pooled numbers

std::int64_t count(const std::vector<float>& weights) {
  return static_cast<std::int64_t>(weights.size());
}

class Lister {
 public:
  explicit Lister(BoardSize size) : area_(size.area()) {}

  std::vector<LayerInfo> list(const Model& model) {
    const Field field = trunk(model.trunk);
    policy_head(model.policy, field);
    value_head(model.value, field);
    return std::move(layers_);
  }
  std::vector<LayerInfo> list(const TowerModel& model) {
    const Field field = tower(model);
    unit(model.policy.conv, Field(field));
    if (model.policy.dense)
      dense(*model.policy.dense);
    else
      bias(model.policy.point_bias, Activation::kIdentity, {});
    if (!model.value) return std::move(layers_);
    unit(model.value->conv, Field(field));
    dense(model.value->hidden);
    dense(model.value->output);
    return std::move(layers_);
  }
  /// Returns the receptive field of the last maps.
  ReceptiveField tower(const TowerModel& model) {
    Field field;
    unit(model.stem, field);
    for (const TowerBlock& block : model.blocks)
      std::visit([&](const auto& b) { tower_block(b, field); }, block);
    return field;
  }
  /// Returns the receptive field of the last maps.
  ReceptiveField trunk(const Trunk& t) {
    Field field;
    stem(t, field);
    blocks(t.blocks, t.channels, field);
    norm(t.tip, field);
    return field;
  }

 private:
  using Field = ReceptiveField;
  using OptionalField = std::optional<ReceptiveField>;

  // --- layers
  void conv(const ConvLayer& l, Field& field) {
    field.height += (l.height - 1) * l.dilation_y;
    field.width += (l.width - 1) * l.dilation_x;
    const auto weights = count(l.weights);
    add({l.name, "convolution", shape_text(l), l.out, true, weights, 2 * area_ * weights, field});
  }
  void norm(const NormAct& l, const Field& field) {
    add({l.name, with(l.activation, "norm"), std::to_string(l.channels), l.channels, true,
         2 * std::int64_t{l.channels}, 0, field});
  }
  void matrix(const MatMulLayer& l, const OptionalField& field) {
    const std::string shape = std::to_string(l.in) + " -> " + std::to_string(l.out);
    const auto weights = count(l.weights);
    add({l.name, "matrix", shape, l.out, false, weights, 2 * weights, field});
  }
  void bias(const BiasLayer& l, Activation activation, const OptionalField& field) {
    const auto size = count(l.bias);
    add({l.name, with(activation, "bias"), std::to_string(size), static_cast<int>(size), false,
         size, 0, field});
  }
  void sum(const std::string& name, int channels, const Field& field) {
    add({name, "sum", std::to_string(channels), channels, true, 0, 0, field});
  }
  void add(LayerInfo layer) { layers_.push_back(std::move(layer)); }
  static std::string with(Activation activation, const std::string& kind) {
    return activation == Activation::kIdentity ? kind : kind + ", " + to_string(activation);
  }

  // --- blocks: x + f(x)
  void block(const ResidualBlock& b, int channels, Field& field) {
    norm(b.norm1, field);
    conv(b.conv1, field);
    norm(b.norm2, field);
    conv(b.conv2, field);
    sum(b.name, channels, field);
  }
  void block(const GlobalPoolingBlock& b, int channels, Field& field) {
    norm(b.norm1, field);
    Field pooled = field;
    conv(b.regular_conv, field);
    conv(b.gpool_conv, pooled);
    norm(b.gpool_norm, pooled);
    matrix(b.gpool_to_bias, kPooled);
    field.whole_board = true;
    norm(b.norm2, field);
    conv(b.conv2, field);
    sum(b.name, channels, field);
  }
  void block(const std::shared_ptr<const NestedBlock>& b, int channels, Field& field) {
    norm(b->pre_norm, field);
    conv(b->pre_conv, field);
    blocks(b->blocks, b->pre_conv.out, field);
    norm(b->post_norm, field);
    conv(b->post_conv, field);
    sum(b->name, channels, field);
  }
  void block(const TransformerAttentionBlock& b, int channels, Field& field) {
    rms(b.norm, field);
    Field inside = field;
    conv(b.q, inside);
    conv(b.k, inside);
    conv(b.v, inside);
    // In each head every query meets every key, then every point gets a weighted sum of all values.
    const std::int64_t pairs = area_ * area_ * b.heads;
    const int out = b.heads * b.value_channels;
    field.whole_board = true;
    add({heads_name(b), "attention", std::to_string(b.heads) + " heads", out, true,
         count(b.rope.frequencies), 2 * pairs * (b.query_channels + b.value_channels), field});
    conv(b.out, field);
    sum(b.name, channels, field);
  }
  void block(const TransformerFeedForwardBlock& b, int channels, Field& field) {
    rms(b.norm, field);
    conv(b.linear1, field);
    conv(b.gate, field);
    conv(b.linear2, field);
    sum(b.name, channels, field);
  }
  void rms(const RmsNorm& norm, const Field& field) {
    const auto channels = count(norm.weight);
    add({norm.name, "RMS norm", std::to_string(channels), static_cast<int>(channels), true,
         channels, 0, field});
  }
  void blocks(const std::vector<Block>& all, int channels, Field& field) {
    for (const Block& each : all) {
      std::visit([&](const auto& b) { block(b, channels, field); }, each);
    }
  }

  // --- blocks of towers
  void unit(const ConvUnit& u, Field& field) {
    conv(u.conv, field);
    norm(u.norm, field);
  }
  void unit(const ConvUnit& u, Field&& field) { unit(u, field); }
  void dense(const DenseLayer& d) {
    matrix(d.product, kPooled);
    bias(d.bias, d.activation, kPooled);
  }
  void tower_block(const ConvUnit& u, Field& field) { unit(u, field); }
  /// The last norm's row includes the block's sum.
  void tower_block(const TowerResidualBlock& b, Field& field) {
    unit(b.first, field);
    unit(b.second, field);
    layers_.back().kind = with(b.second.norm.activation, "norm, sum");
  }

  // --- stem and heads
  void stem(const Trunk& t, Field& field) {
    conv(t.initial_conv, field);
    matrix(t.initial_matmul, {});
    if (!t.metadata) return;
    const MetadataEncoder& m = *t.metadata;
    matrix(m.mul1, {});
    bias(m.bias1, m.act1, {});
    matrix(m.mul2, {});
    bias(m.bias2, m.act2, {});
    matrix(m.mul3, {});
  }
  void policy_head(const PolicyHead& p, Field field) {
    Field pooled = field;
    conv(p.p1_conv, field);
    conv(p.g1_conv, pooled);
    norm(p.g1_norm, pooled);
    matrix(p.gpool_to_bias, kPooled);
    field.whole_board = true;
    norm(p.p1_norm, field);
    conv(p.p2_conv, field);
    matrix(p.gpool_to_pass, kPooled);
    if (p.gpool_to_pass2.weights.empty()) return;
    bias(p.pass_bias, p.pass_activation, kPooled);
    matrix(p.gpool_to_pass2, kPooled);
  }
  void value_head(const ValueHead& v, Field field) {
    conv(v.v1_conv, field);
    norm(v.v1_norm, field);
    matrix(v.v2_mul, kPooled);
    bias(v.v2_bias, v.v2_activation, kPooled);
    matrix(v.v3_mul, kPooled);
    bias(v.v3_bias, Activation::kIdentity, kPooled);
    matrix(v.misc_mul, kPooled);
    bias(v.misc_bias, Activation::kIdentity, kPooled);
    conv(v.ownership_conv, field);
  }

  std::int64_t area_;
  std::vector<LayerInfo> layers_;
};

using Row = std::array<std::string, 6>;

Row row_of(const LayerInfo& layer) {
  const auto or_dash = [](std::int64_t number, const std::string& text) {
    return number == 0 ? std::string("-") : text;
  };
  return {layer.name,
          layer.kind,
          layer.shape,
          or_dash(layer.parameters, grouped(layer.parameters)),
          or_dash(layer.flops, format("%.3f", static_cast<double>(layer.flops) * 1e-6)),
          field_text(layer)};
}

/// Columns are as wide as needed; numbers are right-aligned.
std::string table(const std::vector<Row>& rows) {
  std::array<std::size_t, 6> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string fill(widths[i] - row[i].size(), ' ');
      const bool is_number = i == 3 || i == 4;
      const bool is_last = i + 1 == row.size();
      text += is_number ? fill + row[i] : row[i] + (is_last ? "" : fill);
      text += is_last ? "\n" : "  ";
    }
  }
  return text;
}

}  // namespace

std::vector<LayerInfo> list_layers(const Model& model, BoardSize size) {
  return Lister(size).list(model);
}

std::vector<LayerInfo> list_layers(const TowerModel& model) {
  return Lister(model.size).list(model);
}

ReceptiveField trunk_field(const Model& model) { return Lister({}).trunk(model.trunk); }
ReceptiveField trunk_field(const TowerModel& model) { return Lister({}).tower(model); }

std::string field_text(const LayerInfo& layer) {
  if (!layer.sees) return "numbers";
  if (!layer.per_point) return "board";
  return std::to_string(layer.sees->height) + "x" + std::to_string(layer.sees->width) +
         (layer.sees->whole_board ? " + board" : "");
}

LayerInfo total_of(const std::vector<LayerInfo>& layers, const ReceptiveField& sees) {
  LayerInfo total;
  total.name = "total";
  total.sees = sees;
  for (const LayerInfo& layer : layers) {
    total.parameters += layer.parameters;
    total.flops += layer.flops;
  }
  return total;
}

std::string describe_layers(const std::vector<LayerInfo>& layers, const ReceptiveField& sees) {
  std::vector<Row> rows = {{"layer", "kind", "shape", "parameters", "MFLOP", "sees"}};
  for (const LayerInfo& layer : layers) rows.push_back(row_of(layer));
  rows.push_back(row_of(total_of(layers, sees)));
  return table(rows);
}

}  // namespace ponnuki::nn
