// Sums over layers (nn/model_visit.h), and the text.
#include "nn/model_summary.h"

#include <cstdio>

#include "nn/model_visit.h"

namespace ponnuki {
namespace {

struct CountParameters {
  std::int64_t total = 0;
  void operator()(const ConvLayer& l) { total += static_cast<std::int64_t>(l.weights.size()); }
  void operator()(const NormAct& l) { total += 2 * std::int64_t{l.channels}; }
  void operator()(const MatMulLayer& l) { total += static_cast<std::int64_t>(l.weights.size()); }
  void operator()(const BiasLayer& l) { total += static_cast<std::int64_t>(l.bias.size()); }
  void operator()(const RmsNorm& l) { total += static_cast<std::int64_t>(l.weight.size()); }
  void operator()(const Rope& l) { total += static_cast<std::int64_t>(l.frequencies.size()); }
};

/// A convolution does its work at every point, a matrix once.
struct CountFlops {
  std::int64_t area;
  std::int64_t total = 0;
  void operator()(const ConvLayer& l) {
    total += 2 * area * static_cast<std::int64_t>(l.weights.size());
  }
  void operator()(const NormAct&) {}
  void operator()(const MatMulLayer& l) {
    total += 2 * static_cast<std::int64_t>(l.weights.size());
  }
  void operator()(const BiasLayer&) {}
  void operator()(const RmsNorm&) {}
  void operator()(const Rope&) {}
};

/// What attention does beside its matrices: every point's query with every point's key, and the sum
/// of all values for every point.
std::int64_t attention_flops(const std::vector<Block>& blocks, std::int64_t area) {
  std::int64_t total = 0;
  for (const Block& block : blocks) {
    if (const auto* a = std::get_if<TransformerAttentionBlock>(&block)) {
      total += 2 * area * area * a->heads * (a->query_channels + a->value_channels);
    } else if (const auto* n = std::get_if<std::shared_ptr<const NestedBlock>>(&block)) {
      total += attention_flops((*n)->blocks, area);
    }
  }
  return total;
}

/// Adds up how far a point sees. Pooled branches and attention see everything, which is told apart.
void extend(ModelSummary& sum, const ConvLayer& conv) {
  sum.receptive_height += (conv.height - 1) * conv.dilation_y;
  sum.receptive_width += (conv.width - 1) * conv.dilation_x;
}
void extend(ModelSummary& sum, const std::vector<Block>& blocks) {
  for (const Block& block : blocks) {
    if (const auto* r = std::get_if<ResidualBlock>(&block)) {
      extend(sum, r->conv1);
      extend(sum, r->conv2);
    } else if (const auto* g = std::get_if<GlobalPoolingBlock>(&block)) {
      extend(sum, g->regular_conv);
      extend(sum, g->conv2);
      sum.sees_whole_board = true;
    } else if (const auto* n = std::get_if<std::shared_ptr<const NestedBlock>>(&block)) {
      extend(sum, (*n)->pre_conv);
      extend(sum, (*n)->blocks);
      extend(sum, (*n)->post_conv);
    } else if (std::holds_alternative<TransformerAttentionBlock>(block)) {
      sum.sees_whole_board = true;
    }
  }
}

const char* to_string(Activation activation) {
  switch (activation) {
    case Activation::kIdentity:
      return "identity";
    case Activation::kRelu:
      return "ReLU";
    case Activation::kMish:
      return "mish";
    case Activation::kSilu:
      return "SiLU";
  }
  return "";
}

/// 1234567 → "1,234,567".
std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > 0; i -= 3) {
    text.insert(static_cast<std::size_t>(i), 1, ',');
  }
  return text;
}

/// A title in a column of 18, then text.
std::string line(const std::string& title, const std::string& text) {
  return title.size() < 18 ? title + std::string(18 - title.size(), ' ') + text + "\n"
                           : title + " " + text + "\n";
}

/// "3x3, 96 -> 64".
std::string shape(const ConvLayer& c) {
  std::string text = std::to_string(c.height) + "x" + std::to_string(c.width);
  if (c.dilation_y != 1 || c.dilation_x != 1) {
    text += " dilated " + std::to_string(c.dilation_y) + "x" + std::to_string(c.dilation_x);
  }
  return text + ", " + std::to_string(c.in) + " -> " + std::to_string(c.out);
}

/// "6 heads of 32 and 16 channels, 3 of keys and values, learned rotary embedding".
std::string shape(const TransformerAttentionBlock& a) {
  std::string text = std::to_string(a.heads) + " heads of " + std::to_string(a.query_channels) +
                     " and " + std::to_string(a.value_channels) + " channels";
  if (a.kv_heads != a.heads) text += ", " + std::to_string(a.kv_heads) + " of keys and values";
  if (a.rope.kind == Rope::Kind::kNone) return text;
  return text + (a.rope.kind == Rope::Kind::kLearned ? ", learned" : ", fixed") +
         " rotary embedding";
}

/// A line a block; what is inside a nested block is indented.
std::string describe(const std::vector<Block>& blocks, const std::string& indent) {
  std::string text;
  for (const Block& block : blocks) {
    if (const auto* r = std::get_if<ResidualBlock>(&block)) {
      text += line(indent + r->name, "residual: " + shape(r->conv1) + "; " + shape(r->conv2));
    } else if (const auto* g = std::get_if<GlobalPoolingBlock>(&block)) {
      text += line(indent + g->name, "global pooling: " + shape(g->regular_conv) + ", pooled " +
                                         shape(g->gpool_conv) + "; " + shape(g->conv2));
    } else if (const auto* a = std::get_if<TransformerAttentionBlock>(&block)) {
      text += line(indent + a->name, "attention: " + shape(*a));
    } else if (const auto* f = std::get_if<TransformerFeedForwardBlock>(&block)) {
      text += line(indent + f->name, "feed-forward: " + std::to_string(f->linear1.in) + " -> " +
                                         std::to_string(f->linear1.out) + " gated -> " +
                                         std::to_string(f->linear2.out));
    } else {
      const NestedBlock& n = *std::get<std::shared_ptr<const NestedBlock>>(block);
      text += line(indent + n.name,
                   "nested bottleneck: " + shape(n.pre_conv) + "; ...; " + shape(n.post_conv));
      text += describe(n.blocks, indent + "  ");
    }
  }
  return text;
}

std::string describe_heads(const Model& model) {
  const PolicyHead& p = model.policy;
  const ValueHead& v = model.value;
  return line("policy head",
              shape(p.p1_conv) + ", pooled " + shape(p.g1_conv) + "; " + shape(p.p2_conv)) +
         line("value head", shape(v.v1_conv) + "; " + std::to_string(v.v2_mul.in) + " -> " +
                                std::to_string(v.v2_mul.out) + " -> " +
                                std::to_string(v.v3_mul.out) + " (outcome), " +
                                std::to_string(v.misc_mul.out) + " (score); " +
                                shape(v.ownership_conv) + " (ownership)");
}

std::string describe_work(const Model& model) {
  std::string text;
  for (const std::uint8_t side : {9, 13, 19}) {
    char item[64];
    std::snprintf(item, sizeof item, "%s%dx%d %.3f GFLOP", text.empty() ? "" : ", ", side, side,
                  static_cast<double>(flops_per_position(model, {side, side})) * 1e-9);
    text += item;
  }
  return text;
}

}  // namespace

ModelSummary summarize_model(const Model& model) {
  ModelSummary sum;
  CountParameters count;
  visit_layers(model, count);
  sum.parameters = count.total;
  extend(sum, model.trunk.initial_conv);
  extend(sum, model.trunk.blocks);
  return sum;
}

std::int64_t flops_per_position(const Model& model, BoardSize size) {
  CountFlops count{size.area()};
  visit_layers(model, count);
  return count.total + attention_flops(model.trunk.blocks, size.area());
}

std::string describe_model(const Model& model) {
  const ModelSummary sum = summarize_model(model);
  const Trunk& trunk = model.trunk;
  std::string inputs = std::to_string(model.spatial_planes) + " planes, " +
                       std::to_string(model.global_features) + " numbers";
  if (trunk.metadata) inputs += ", " + std::to_string(model.metadata_features()) + " of metadata";
  return line("name", model.name) + line("version", std::to_string(model.version)) +
         line("inputs", inputs) +
         line("trunk", std::to_string(trunk.blocks.size()) + " blocks of " +
                           std::to_string(trunk.channels) + " channels, " +
                           to_string(trunk.tip.activation) +
                           (trunk.tip_rms ? ", RMS norm at its end" : "")) +
         line("  " + trunk.initial_conv.name, "convolution: " + shape(trunk.initial_conv)) +
         describe(trunk.blocks, "  ") + describe_heads(model) +
         line("parameters", grouped(sum.parameters)) +
         line("work a position", describe_work(model)) +
         line("receptive field",
              std::to_string(sum.receptive_height) + "x" + std::to_string(sum.receptive_width) +
                  (sum.sees_whole_board ? ", and the whole board through pooling or attention"
                                        : ""));
}

}  // namespace ponnuki
