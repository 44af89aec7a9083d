// Walks over every layer of a model in the order of its file.
#pragma once

#include <variant>

#include "nn/model/model.h"

namespace ponnuki::nn {

/// Calls visit(layer) for every ConvLayer, NormAct, MatMulLayer, BiasLayer, RmsNorm and Rope; they
/// are const if the model is, and always inside nested blocks.
template <typename AnyBlock, typename Visit>
void visit_block(AnyBlock& block, Visit& visit) {
  if (auto* r = std::get_if<ResidualBlock>(&block)) {
    visit(r->norm1), visit(r->conv1), visit(r->norm2), visit(r->conv2);
  } else if (auto* g = std::get_if<GlobalPoolingBlock>(&block)) {
    visit(g->norm1), visit(g->regular_conv), visit(g->gpool_conv), visit(g->gpool_norm);
    visit(g->gpool_to_bias), visit(g->norm2), visit(g->conv2);
  } else if (auto* a = std::get_if<TransformerAttentionBlock>(&block)) {
    visit(a->norm), visit(a->q), visit(a->k), visit(a->v), visit(a->out), visit(a->rope);
  } else if (auto* f = std::get_if<TransformerFeedForwardBlock>(&block)) {
    visit(f->norm), visit(f->linear1), visit(f->gate), visit(f->linear2);
  } else {
    const NestedBlock& n = *std::get<std::shared_ptr<const NestedBlock>>(block);
    visit(n.pre_norm), visit(n.pre_conv);
    for (const Block& inner : n.blocks) visit_block(inner, visit);
    visit(n.post_norm), visit(n.post_conv);
  }
}

template <typename AnyTrunk, typename Visit>
void visit_trunk(AnyTrunk& t, Visit& visit) {
  visit(t.initial_conv), visit(t.initial_matmul);
  if (t.metadata) {
    const MetadataEncoder& m = *t.metadata;
    visit(m.mul1), visit(m.bias1), visit(m.mul2), visit(m.bias2), visit(m.mul3);
  }
  for (auto& block : t.blocks) visit_block(block, visit);
  visit(t.tip);
}

template <typename AnyModel, typename Visit>
void visit_layers(AnyModel& model, Visit& visit) {
  visit_trunk(model.trunk, visit);
  auto& p = model.policy;
  visit(p.p1_conv), visit(p.g1_conv), visit(p.g1_norm), visit(p.gpool_to_bias), visit(p.p1_norm);
  visit(p.p2_conv), visit(p.gpool_to_pass), visit(p.pass_bias), visit(p.gpool_to_pass2);
  auto& v = model.value;
  visit(v.v1_conv), visit(v.v1_norm), visit(v.v2_mul), visit(v.v2_bias), visit(v.v3_mul);
  visit(v.v3_bias), visit(v.misc_mul), visit(v.misc_bias), visit(v.ownership_conv);
}

}  // namespace ponnuki::nn
