// The large records of model files: the trunk and the two heads. In comments, [] is what only some
// versions have.
#include "nn/model_read.h"

namespace ponnuki {
namespace {

/// Options that newer versions reserve: anything but zero is a net we do not know.
void read_zeros(ModelReader& reader, int count) {
  for (int i = 0; i < count; ++i) reader.in.integer("a reserved option of the trunk", 0, 0);
}

// name inputs matrix bias act matrix bias act matrix. There is one version of it, with 192 inputs.
std::shared_ptr<const MetadataEncoder> read_metadata_encoder(ModelReader& reader) {
  auto encoder = std::make_shared<MetadataEncoder>();
  encoder->name = reader.in.word("the metadata encoder's name");
  reader.in.integer("the number of metadata inputs", 192, 192);
  encoder->mul1 = read_matmul(reader);
  encoder->bias1 = read_bias(reader);
  encoder->act1 = read_activation(reader);
  encoder->mul2 = read_matmul(reader);
  encoder->bias2 = read_bias(reader);
  encoder->act2 = read_activation(reader);
  encoder->mul3 = read_matmul(reader);
  return encoder;
}

}  // namespace

// name blocks channels and four counts nobody needs, [kind of norm, five zeros]; conv matrix
// [metadata] blocks norm
Trunk read_trunk(ModelReader& reader, int metadata_version) {
  TokenReader& in = reader.in;
  Trunk trunk;
  trunk.name = in.word("the trunk's name");
  const int count = in.integer("the trunk's number of blocks", 1, ModelLimits::kBlocks);
  trunk.channels = in.integer("the trunk's channels", 1, ModelLimits::kChannels);
  // Channels of blocks by kind: the blocks say it themselves.
  for (const char* what : {"mid", "regular", "dilated", "pooled"}) {
    in.integer("the trunk's number of " + std::string(what) + " channels", 0,
               ModelLimits::kChannels);
  }
  if (reader.version >= 15) {
    in.integer("the trunk's kind of norm (0 standard; others come with transformers)", 0, 0);
    read_zeros(reader, 5);
  }
  trunk.initial_conv = read_conv(reader);
  trunk.initial_matmul = read_matmul(reader);
  if (metadata_version > 0) trunk.metadata = read_metadata_encoder(reader);
  trunk.blocks = read_blocks(reader, count, 0);
  trunk.tip = read_norm_act(reader);
  return trunk;
}

// name conv (p1) conv (g1) norm matrix norm conv (p2) matrix (pass) [bias act matrix]
PolicyHead read_policy_head(ModelReader& reader) {
  PolicyHead head;
  head.name = reader.in.word("the policy head's name");
  head.p1_conv = read_conv(reader);
  head.g1_conv = read_conv(reader);
  head.g1_norm = read_norm_act(reader);
  head.gpool_to_bias = read_matmul(reader);
  head.p1_norm = read_norm_act(reader);
  head.p2_conv = read_conv(reader);
  head.gpool_to_pass = read_matmul(reader);
  if (reader.version >= 15) {
    head.pass_bias = read_bias(reader);
    head.pass_activation = read_activation(reader);
    head.gpool_to_pass2 = read_matmul(reader);
  }
  return head;
}

// name conv norm matrix bias act; matrix bias (outcome); matrix bias (score); conv (ownership)
ValueHead read_value_head(ModelReader& reader) {
  ValueHead head;
  head.name = reader.in.word("the value head's name");
  head.v1_conv = read_conv(reader);
  head.v1_norm = read_norm_act(reader);
  head.v2_mul = read_matmul(reader);
  head.v2_bias = read_bias(reader);
  head.v2_activation = read_activation(reader);
  head.v3_mul = read_matmul(reader);
  head.v3_bias = read_bias(reader);
  head.misc_mul = read_matmul(reader);
  head.misc_bias = read_bias(reader);
  head.ownership_conv = read_conv(reader);
  return head;
}

}  // namespace ponnuki
