// Blocks of a trunk: a word for the kind, then the layers of that kind in order.
#include "nn/files/katago/model_read.h"

namespace ponnuki::nn {
namespace {

template <typename AnyBlock>
AnyBlock read_plain(ModelReader& reader) {
  AnyBlock block;
  block.name = reader.in.word("a block's name");
  read_parts(reader, block);
  return block;
}

// name count norm conv blocks[count] norm conv. This one does not use visit_parts(), since the
// blocks need the count and the depth. The limit on the depth bounds the recursion: a file needs
// only a few bytes for each level.
std::shared_ptr<const NestedBlock> read_nested(ModelReader& reader, int depth) {
  auto block = std::make_shared<NestedBlock>();
  block->name = reader.in.word("a block's name");
  if (depth >= ModelLimits::kNesting) reader.in.fail("blocks are nested too deep");
  const int count = reader.in.integer("number of blocks in '" + printable(block->name) + "'", 1,
                                      ModelLimits::kBlocks);
  block->pre_norm = read_norm_act(reader);
  block->pre_conv = read_conv(reader);
  block->blocks = read_blocks(reader, count, depth + 1);
  block->post_norm = read_norm_act(reader);
  block->post_conv = read_conv(reader);
  return block;
}

}  // namespace

std::vector<Block> read_blocks(ModelReader& reader, int count, int depth) {
  std::vector<Block> blocks;
  for (int i = 0; i < count && !reader.in.failed(); ++i) {
    const std::string kind = reader.in.word("a block's kind");
    if (reader.in.failed()) break;
    if (kind == "ordinary_block") {
      blocks.emplace_back(read_plain<ResidualBlock>(reader));
    } else if (kind == "gpool_block") {
      blocks.emplace_back(read_plain<GlobalPoolingBlock>(reader));
    } else if (kind == "nested_bottleneck_block") {
      blocks.emplace_back(read_nested(reader, depth));
    } else if (kind == "transformer_attention_block") {
      blocks.emplace_back(read_attention(reader));
    } else if (kind == "transformer_ffn_block") {
      blocks.emplace_back(read_feed_forward(reader));
    } else {
      reader.in.fail("unknown kind of block '" + printable(kind) +
                     "': the file is corrupt or too new");
    }
  }
  return blocks;
}

}  // namespace ponnuki::nn
