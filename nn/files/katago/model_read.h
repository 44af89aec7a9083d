// Readers for the records of KataGo's model files, one function for each record, in the order of
// docs/formats.md. Internal to nn/files/model_file.cc.
//
// Errors are kept in the TokenReader (nn/files/bytes/token_reader.h). A value that is returned
// after an error has no meaning.
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
/// Reads a matrix that is applied at every point, as a 1×1 convolution.
ConvLayer read_pointwise(ModelReader& reader);
/// Reads `count` options that are reserved for newer versions. Any value but zero is an error.
void read_zeros(ModelReader& reader, int count, const char* of);
Activation read_activation(ModelReader& reader);

/// Reads `count` blocks, each after the word for its kind. `depth` is the number of enclosing
/// nested blocks.
std::vector<Block> read_blocks(ModelReader& reader, int count, int depth);

/// Reads the block that follows the word for its kind.
TransformerAttentionBlock read_attention(ModelReader& reader);
TransformerFeedForwardBlock read_feed_forward(ModelReader& reader);

Trunk read_trunk(ModelReader& reader, int metadata_version);
PolicyHead read_policy_head(ModelReader& reader);
ValueHead read_value_head(ModelReader& reader);

// Parts of blocks and heads (nn/model/model_visit.h).
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

/// Not read here: it depends on the other members of its block. read_attention() reads it.
inline void read_part(ModelReader&, Rope&, const PartInfo&) {}

/// Reads all parts of a block or head that contain no blocks themselves.
template <typename Whole>
void read_parts(ModelReader& reader, Whole& whole) {
  visit_parts(
      whole, PartContext{.version = reader.version},
      [&](const char*, auto& part, const PartInfo& info) { read_part(reader, part, info); });
}

}  // namespace ponnuki::nn
