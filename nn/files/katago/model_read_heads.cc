// The large records of model files: the trunk and the two heads. In comments, [] encloses what only
// some versions have.
#include "nn/files/katago/model_read.h"

namespace ponnuki::nn {
namespace {

// name inputs matrix bias act matrix bias act matrix. The only version has 192 inputs.
std::shared_ptr<const MetadataEncoder> read_metadata_encoder(ModelReader& reader) {
  auto encoder = std::make_shared<MetadataEncoder>();
  encoder->name = reader.in.word("the metadata encoder's name");
  reader.in.integer("the number of metadata inputs", kMetadataInputs, kMetadataInputs);
  read_parts(reader, *encoder);
  return encoder;
}

// name channels epsilon whole_board 0 floats scale, bias; an activation
void read_rms_tip(ModelReader& reader, Trunk& trunk) {
  TokenReader& in = reader.in;
  NormAct& tip = trunk.tip;
  tip.name = in.word("a norm's name");
  const std::string of = " of norm '" + printable(tip.name) + "'";
  tip.channels = in.integer("channels" + of, 1, ModelLimits::kChannels);
  trunk.tip_rms.emplace();
  trunk.tip_rms->epsilon = in.real("epsilon" + of);
  trunk.tip_rms->whole_board = in.integer("the spatial flag" + of, 0, 1) != 0;
  in.integer("the group size" + of, 0, 0);
  if (in.failed()) return;
  tip.scale = in.floats(tip.name, static_cast<std::size_t>(tip.channels));
  tip.bias = in.floats(tip.name, static_cast<std::size_t>(tip.channels));
  tip.activation = read_activation(reader);
}

}  // namespace

// name blocks channels and four unused counts, [kind of norm, five zeros]; conv matrix [metadata]
// blocks norm. Kind 1 means that the last norm is an RMS norm.
Trunk read_trunk(ModelReader& reader, int metadata_version) {
  TokenReader& in = reader.in;
  Trunk trunk;
  trunk.name = in.word("the trunk's name");
  const int count = in.integer("the trunk's number of blocks", 1, ModelLimits::kBlocks);
  trunk.channels = in.integer("the trunk's channels", 1, ModelLimits::kChannels);
  // Channels by kind of block. Unused, since each block states its own.
  for (const char* what : {"mid", "regular", "dilated", "pooled"}) {
    in.integer("the trunk's number of " + std::string(what) + " channels", 0,
               ModelLimits::kChannels);
  }
  bool rms = false;
  if (reader.version >= 15) {
    rms = in.integer("the trunk's kind of norm", 0, 1) == 1;
    read_zeros(reader, 5, "trunk");
  }
  trunk.initial_conv = read_conv(reader);
  trunk.initial_matmul = read_matmul(reader);
  if (metadata_version > 0) trunk.metadata = read_metadata_encoder(reader);
  trunk.blocks = read_blocks(reader, count, 0);
  if (rms) {
    read_rms_tip(reader, trunk);
  } else {
    trunk.tip = read_norm_act(reader);
  }
  return trunk;
}

// name [channels, three zeros] conv (p1) conv (g1) norm matrix norm conv (p2) matrix (pass) [bias
// act matrix]
PolicyHead read_policy_head(ModelReader& reader) {
  PolicyHead head;
  head.name = reader.in.word("the policy head's name");
  int channels = 0;
  const auto check_channels = [&] {
    if (reader.version >= 17 && head.p2_conv.out != channels) {
      reader.in.fail("the policy head announces " + std::to_string(channels) +
                     " channels and has " + std::to_string(head.p2_conv.out));
    }
  };
  if (reader.version >= 17) {
    channels = reader.in.integer("the number of policy channels", 2, 4);
    read_zeros(reader, 3, "policy head");
  }
  visit_parts(head, PartContext{.version = reader.version},
              [&](const char*, auto& part, const PartInfo& info) {
                read_part(reader, part, info);
                if (static_cast<const void*>(&part) == &head.p2_conv) check_channels();
              });
  return head;
}

// name [three zeros] conv norm matrix bias act; matrix bias (outcome); matrix bias (score); conv
// (ownership)
ValueHead read_value_head(ModelReader& reader) {
  ValueHead head;
  head.name = reader.in.word("the value head's name");
  if (reader.version >= 17) read_zeros(reader, 3, "value head");
  read_parts(reader, head);
  return head;
}

}  // namespace ponnuki::nn
