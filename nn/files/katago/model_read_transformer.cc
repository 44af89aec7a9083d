// Transformer blocks: attention and feed-forward.
#include "nn/files/katago/model_read.h"

namespace ponnuki::nn {
namespace {

/// The record after the matrices of an attention block with rotary embedding: name theta, or name
/// kv_heads pairs 2 floats[kv_heads][pairs][2].
void read_rope(ModelReader& reader, TransformerAttentionBlock& block) {
  TokenReader& in = reader.in;
  Rope& rope = block.rope;
  rope.name = in.word("a rotary embedding's name");
  const std::string of = " of rotary embedding '" + printable(rope.name) + "'";
  if (rope.kind == Rope::Kind::kFixed) {
    rope.theta = in.real("theta" + of);
    return;
  }
  const int pairs = block.query_channels / 2;
  in.integer("heads" + of, block.kv_heads, block.kv_heads);
  in.integer("pairs" + of, pairs, pairs);
  in.integer("dimensions" + of, 2, 2);
  if (in.failed()) return;
  const auto count = 2 * static_cast<std::size_t>(block.kv_heads) * static_cast<std::size_t>(pairs);
  rope.frequencies = in.floats(rope.name, count);
}

}  // namespace

// name heads kv_heads query_channels value_channels rope learned; norm, matrices q k v out [rope]
TransformerAttentionBlock read_attention(ModelReader& reader) {
  TokenReader& in = reader.in;
  TransformerAttentionBlock block;
  block.name = in.word("a block's name");
  const std::string of = " of attention block '" + printable(block.name) + "'";
  block.heads = in.integer("heads" + of, 1, ModelLimits::kChannels);
  block.kv_heads = in.integer("heads of keys" + of, 1, ModelLimits::kChannels);
  block.query_channels = in.integer("query channels" + of, 1, ModelLimits::kChannels);
  block.value_channels = in.integer("value channels" + of, 1, ModelLimits::kChannels);
  const bool turns = in.integer("the flag of a rotary embedding" + of, 0, 1) != 0;
  const bool learned = in.integer("the flag of learned frequencies" + of, 0, 1) != 0;
  if (in.failed()) return block;
  if (turns) block.rope.kind = learned ? Rope::Kind::kLearned : Rope::Kind::kFixed;
  if (block.heads % block.kv_heads != 0) {
    in.fail("heads" + of + " are " + std::to_string(block.heads) + ", no multiple of its " +
            std::to_string(block.kv_heads) + " heads of keys");
  }
  if (turns && block.query_channels % 2 != 0) in.fail("query channels" + of + " are no pairs");
  read_parts(reader, block);
  if (turns) read_rope(reader, block);
  return block;
}

// name channels hidden gated; norm, matrices linear1 gate linear2. KataGo computes no such block
// without a gate, and the file would not state its activation.
TransformerFeedForwardBlock read_feed_forward(ModelReader& reader) {
  TokenReader& in = reader.in;
  TransformerFeedForwardBlock block;
  block.name = in.word("a block's name");
  const std::string of = " of feed-forward block '" + printable(block.name) + "'";
  const int channels = in.integer("channels" + of, 1, ModelLimits::kChannels);
  const int hidden = in.integer("hidden channels" + of, 1, ModelLimits::kChannels);
  const bool gated = in.integer("the flag of a gate" + of, 0, 1) != 0;
  if (in.failed()) return block;
  if (!gated) in.fail("there is no gate (SwiGLU)" + of + ": such nets are not supported");
  read_parts(reader, block);
  if (!in.failed() && (block.linear1.in != channels || block.linear1.out != hidden)) {
    in.fail("the sizes" + of + " are not those of its first matrix");
  }
  return block;
}

}  // namespace ponnuki::nn
