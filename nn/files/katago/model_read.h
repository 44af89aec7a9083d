// The records of KataGo's model files, one function each, in the order of docs/formats.md. Internal
// to nn/files/model_file.cc.
//
// Errors stick to the TokenReader (nn/files/bytes/token_reader.h). What is returned after an error
// is meaningless.
#pragma once

#include <string>
#include <vector>

#include "nn/files/bytes/token_reader.h"
#include "nn/model/model_limits.h"
#include "nn/model/model_visit.h"

namespace ponnuki::nn {

struct ModelReader {
  TokenReader& in;
  int version = 0;
};

ConvLayer read_conv(ModelReader& reader);
NormAct read_norm_act(ModelReader& reader);
MatMulLayer read_matmul(ModelReader& reader);
BiasLayer read_bias(ModelReader& reader);
RmsNorm read_rms_norm(ModelReader& reader);
/// A matrix that is applied at every point.
ConvLayer read_pointwise(ModelReader& reader);
/// `count` options that are reserved for newer versions. Anything but zero is an error.
void read_zeros(ModelReader& reader, int count, const char* of);
Activation read_activation(ModelReader& reader);

/// `count` blocks, each after its kind token; `depth` counts enclosing nested blocks.
std::vector<Block> read_blocks(ModelReader& reader, int count, int depth);

/// After the kind token.
TransformerAttentionBlock read_attention(ModelReader& reader);
TransformerFeedForwardBlock read_feed_forward(ModelReader& reader);

Trunk read_trunk(ModelReader& reader, int metadata_version);
PolicyHead read_policy_head(ModelReader& reader);
ValueHead read_value_head(ModelReader& reader);

// The parts of blocks and heads (nn/model/model_visit.h).
inline void read_part(ModelReader& reader, ConvLayer& conv, const PartInfo& info) {
  conv = info.pointwise ? read_pointwise(reader) : read_conv(reader);
}
inline void read_part(ModelReader& reader, NormAct& norm, const PartInfo&) {
  norm = read_norm_act(reader);
}
inline void read_part(ModelReader& reader, RmsNorm& norm, const PartInfo&) {
  norm = read_rms_norm(reader);
}
inline void read_part(ModelReader& reader, MatMulLayer& matrix, const PartInfo&) {
  matrix = read_matmul(reader);
}
inline void read_part(ModelReader& reader, BiasLayer& bias, const PartInfo&) {
  bias = read_bias(reader);
}
inline void read_part(ModelReader& reader, Activation& activation, const PartInfo&) {
  activation = read_activation(reader);
}

/// Needs the block around it: read_attention() does it.
inline void read_part(ModelReader&, Rope&, const PartInfo&) {}

/// Reads all parts of a block or head that hold no blocks themselves.
template <typename Whole>
void read_parts(ModelReader& reader, Whole& whole) {
  visit_parts(
      whole, PartContext{.version = reader.version},
      [&](const char*, auto& part, const PartInfo& info) { read_part(reader, part, info); });
}

}  // namespace ponnuki::nn
