// Checks the shapes that docs/formats.md describes.
#include "nn/model/model_check.h"

#include <algorithm>

#include "nn/model/layer_check.h"
#include "nn/model/model_visit.h"

namespace ponnuki::nn {
namespace {

/// Compares each part with the requirements of the layers around it (nn/model/model_visit.h).
class Checker : public LayerChecker {
 public:
  explicit Checker(int version) : version_(version) {}

  using LayerChecker::norm;
  using LayerChecker::require;

  void require(bool condition, const std::string& name, const char* otherwise) {
    require(condition, "'" + name + "' " + otherwise);
  }

  void norm(const RmsNorm& layer, int channels) {
    equal(layer.name, "weights", layer.weight.size(), static_cast<std::size_t>(channels));
    epsilon(layer.epsilon, layer.name);
  }
  void epsilon(float value, const std::string& name) {
    require(value > 0 && value <= 1, name, "has an epsilon that is not above 0 and at most 1");
  }

  // Parts of blocks, of the metadata encoder and of the heads.
  void operator()(const char*, const ConvLayer& layer, const PartInfo& info) {
    conv(layer, info.in, info.out);
    if (info.pointwise) equal(layer.name, "points in its kernel", layer.height * layer.width, 1);
  }
  void operator()(const char*, const MatMulLayer& layer, const PartInfo& info) {
    matmul(layer, info.in, info.out);
  }
  void operator()(const char*, const BiasLayer& layer, const PartInfo& info) {
    bias(layer, info.in);
  }
  void operator()(const char*, const NormAct& layer, const PartInfo& info) { norm(layer, info.in); }
  void operator()(const char*, const RmsNorm& layer, const PartInfo& info) { norm(layer, info.in); }
  void operator()(const char*, const std::vector<Block>& all, const PartInfo& info) {
    blocks(all, info.in);
  }
  void operator()(const char*, Activation, const PartInfo&) {}
  void operator()(const char*, const Rope&, const PartInfo&) {}  // checked in block()

  template <typename AnyPart>
  void parts(const AnyPart& part, int channels) {
    visit_parts(part, PartContext{version_, channels}, *this);
  }
  void block(const TransformerAttentionBlock& b, int channels) {
    const bool counts = b.heads >= 1 && b.kv_heads >= 1 && b.heads % b.kv_heads == 0 &&
                        b.query_channels >= 1 && b.value_channels >= 1;
    require(counts, b.name, "has heads that its keys and values cannot be shared among");
    if (!counts) return;
    parts(b, channels);
    if (b.rope.kind == Rope::Kind::kNone) return;
    equal(b.name, "channels left over by pairs that turn", b.query_channels % 2, 0);
    if (b.rope.kind == Rope::Kind::kFixed) {
      require(b.rope.theta > 0, b.rope.name, "is not positive");
    } else {
      equal(b.rope.name, "frequencies", b.rope.frequencies.size(),
            static_cast<std::size_t>(b.kv_heads) * static_cast<std::size_t>(b.query_channels));
    }
  }
  // A block may have more or fewer channels inside, but its output must have the channels of its
  // input.
  template <typename AnyBlock>
  void block(const AnyBlock& b, int channels) {
    parts(b, channels);
  }
  void blocks(const std::vector<Block>& all, int channels) {
    for (const Block& one : all) {
      std::visit([&](const auto& b) { block(b, channels); }, one);
    }
  }

  void trunk(const Model& model) {
    const Trunk& t = model.trunk;
    conv(t.initial_conv, model.spatial_planes, t.channels);
    matmul(t.initial_matmul, model.global_features, t.channels);
    if (t.metadata) parts(*t.metadata, t.channels);
    blocks(t.blocks, t.channels);
    if (t.tip_rms) {
      epsilon(t.tip_rms->epsilon, t.tip.name);
      require(version_ >= 15, t.tip.name, "has a kind of norm that came with version 15");
    }
    norm(t.tip, t.channels);
  }

 private:
  int version_;
};

}  // namespace

namespace {

bool any_transformer(const std::vector<Block>& blocks) {
  return std::ranges::any_of(blocks, [](const Block& block) {
    const auto* nested = std::get_if<std::shared_ptr<const NestedBlock>>(&block);
    return nested ? any_transformer((*nested)->blocks)
                  : std::holds_alternative<TransformerAttentionBlock>(block) ||
                        std::holds_alternative<TransformerFeedForwardBlock>(block);
  });
}

}  // namespace

bool is_transformer(const Model& model) {
  return model.trunk.tip_rms || any_transformer(model.trunk.blocks);
}

Status check_model(const Model& model) {
  if (model.version < kOldestModelVersion || model.version > kNewestModelVersion) {
    return Error{"model version " + std::to_string(model.version) + " is not supported"};
  }
  Checker checker(model.version);
  checker.trunk(model);
  checker.parts(model.policy, model.trunk.channels);
  checker.parts(model.value, model.trunk.channels);
  if (!checker.error().empty()) return Error{checker.error()};
  return {};
}

}  // namespace ponnuki::nn
