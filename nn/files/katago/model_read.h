// The records of KataGo's model files, one function each, in the order of docs/formats.md. Internal
// to nn/files/model_file.cc.
//
// Errors stick to the TokenReader (nn/files/bytes/token_reader.h); what is returned after an error is
// meaningless.
#pragma once

#include <string>
#include <vector>

#include "nn/files/bytes/token_reader.h"
#include "nn/model/model.h"
#include "nn/model/model_limits.h"

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
/// `count` options that newer versions reserve: anything but zero is a net we do not know.
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

}  // namespace ponnuki::nn
