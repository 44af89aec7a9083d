// In a .bin file a float array is "@BIN@", its bytes and a newline.
#include "nn/files/katago/model_writer.h"

#include <charconv>

#include "engine/file.h"
#include "engine/gzip.h"
#include "nn/files/bytes/little_endian.h"
#include "nn/model/model_check.h"
#include "nn/model/model_visit.h"

namespace ponnuki::nn {
namespace {

const char* keyword(Activation activation) {
  switch (activation) {
    case Activation::kIdentity:
      return "ACTIVATION_IDENTITY";
    case Activation::kRelu:
      return "ACTIVATION_RELU";
    case Activation::kMish:
      return "ACTIVATION_MISH";
    case Activation::kSilu:
      return "ACTIVATION_SILU";
  }
  return "";
}

/// Appends records to a string, in the order of docs/formats.md.
class Writer {
 public:
  Writer(const Model& model, bool binary) : model_(model), binary_(binary) {}

  std::string take() { return std::move(out_); }
  bool has_unsupported_activation() const { return unsupported_activation_; }

  void model() {
    line(model_.name, model_.version, model_.spatial_planes, model_.global_features);
    if (model_.version >= 13) {
      const PostProcess& p = model_.post;
      for (const float x : {p.td_score, p.score_mean, p.score_stdev, p.lead, p.variance_time,
                            p.short_term_value_error, p.short_term_score_error}) {
        line(x);
      }
    }
    if (model_.version >= 15) {
      line(model_.metadata_version, model_.pass_alive_under_suicide ? 1 : 0, 0, 0, 0, 0, 0, 0);
    }
    trunk(model_.trunk);
    policy(model_.policy);
    value(model_.value);
  }

 private:
  template <typename... Fields>
  void line(const Fields&... fields) {
    (append(fields), ...);
    out_.back() = '\n';
  }
  void append(const std::string& text) { out_ += text + ' '; }
  void append(int number) { out_ += std::to_string(number) + ' '; }
  // The shortest text that reads back to the same bits.
  void append(float number) {
    char text[64];
    const auto result = std::to_chars(text, text + sizeof text, number);
    out_.append(text, result.ptr);
    out_ += ' ';
  }

  // Writes no count; the line before states it.
  void floats(const std::vector<float>& values) {
    if (binary_) {
      out_ += "@BIN@";
      for (const float value : values) append_float(out_, value);
      out_ += '\n';
    } else {
      for (const float value : values) append(value);
      out_.back() = '\n';
    }
  }

  void conv(const ConvLayer& c) {
    line(c.name, c.height, c.width, c.in, c.out, c.dilation_y, c.dilation_x);
    floats(c.weights);
  }
  void matmul(const MatMulLayer& m) {
    line(m.name, m.in, m.out);
    floats(m.weights);
  }
  void bias(const BiasLayer& b) {
    line(b.name, static_cast<int>(b.bias.size()));
    floats(b.bias);
  }
  void pointwise(const ConvLayer& c) {
    line(c.name, c.in, c.out);
    floats(c.weights);
  }
  void rms_norm(const RmsNorm& n) {
    line(n.name, static_cast<int>(n.weight.size()), n.epsilon);
    floats(n.weight);
  }
  // The format has a name for each activation. It is the name of the layer with "/act" appended.
  void activation(const std::string& name, Activation kind) {
    line(name + "/act");
    if (model_.version >= 11) {
      line(std::string(keyword(kind)));
    } else if (kind != Activation::kRelu) {
      unsupported_activation_ = true;
    }
  }
  void norm_act(const NormAct& n) {
    line(n.name, n.channels, 1e-20F, 1, 1);
    const auto count = static_cast<std::size_t>(n.channels);
    floats(std::vector<float>(count, 0.0F));
    floats(std::vector<float>(count, 1.0F));
    floats(n.scale);
    floats(n.bias);
    activation(n.name, n.activation);
  }

  // Parts of blocks, of the metadata encoder and of the heads.
  void part(const ConvLayer& c, const PartInfo& info) { info.pointwise ? pointwise(c) : conv(c); }
  void part(const NormAct& n, const PartInfo&) { norm_act(n); }
  void part(const RmsNorm& n, const PartInfo&) { rms_norm(n); }
  void part(const MatMulLayer& m, const PartInfo&) { matmul(m); }
  void part(const BiasLayer& b, const PartInfo&) { bias(b); }
  void part(Activation kind, const PartInfo& info) { activation(*info.named_after, kind); }
  void part(const std::vector<Block>& all, const PartInfo&) { blocks(all); }
  void part(const Rope&, const PartInfo&) {}  // depends on the block: see rope()
  template <typename AnyPart>
  void parts(const AnyPart& whole) {
    visit_parts(whole, PartContext{.version = model_.version},
                [this](const char*, const auto& member, const PartInfo& info) {
                  this->part(member, info);
                });
  }

  // The kind of each block and the fields before its parts, in the order in which
  // model_read_blocks.cc and model_read_transformer.cc read them.
  void head(const ResidualBlock& b) {
    line(std::string("ordinary_block"));
    line(b.name);
  }
  void head(const GlobalPoolingBlock& b) {
    line(std::string("gpool_block"));
    line(b.name);
  }
  void head(const TransformerAttentionBlock& b) {
    line(std::string("transformer_attention_block"));
    line(b.name, b.heads, b.kv_heads, b.query_channels, b.value_channels);
    line(b.rope.kind == Rope::Kind::kNone ? 0 : 1, b.rope.kind == Rope::Kind::kLearned ? 1 : 0);
  }
  void head(const TransformerFeedForwardBlock& b) {
    line(std::string("transformer_ffn_block"));
    line(b.name, b.linear1.in, b.linear1.out, 1);
  }
  void head(const std::shared_ptr<const NestedBlock>& b) {
    line(std::string("nested_bottleneck_block"));
    line(b->name, static_cast<int>(b->blocks.size()));
  }
  void rope(const TransformerAttentionBlock& b) {
    if (b.rope.kind == Rope::Kind::kFixed) line(b.rope.name, b.rope.theta);
    if (b.rope.kind != Rope::Kind::kLearned) return;
    line(b.rope.name, b.kv_heads, b.query_channels / 2, 2);
    floats(b.rope.frequencies);
  }
  template <typename AnyBlock>
  void block(const AnyBlock& b) {
    head(b);
    parts(b);
    if constexpr (std::is_same_v<AnyBlock, TransformerAttentionBlock>) rope(b);
  }
  void blocks(const std::vector<Block>& all) {
    for (const Block& one : all) std::visit([this](const auto& b) { block(b); }, one);
  }

  void trunk(const Trunk& t) {
    // Four channel counts by kind of block. Readers ignore them but require them to be positive.
    line(t.name, static_cast<int>(t.blocks.size()), t.channels, t.channels, t.channels, t.channels,
         t.channels);
    if (model_.version >= 15) line(t.tip_rms ? 1 : 0, 0, 0, 0, 0, 0);
    conv(t.initial_conv);
    matmul(t.initial_matmul);
    if (t.metadata) {
      line(t.metadata->name, t.metadata->mul1.in);
      parts(*t.metadata);
    }
    blocks(t.blocks);
    if (t.tip_rms) {
      rms_tip(*t.tip_rms, t.tip);
    } else {
      norm_act(t.tip);
    }
  }
  void rms_tip(const TipRms& rms, const NormAct& tip) {
    line(tip.name, tip.channels, rms.epsilon, rms.whole_board ? 1 : 0, 0);
    floats(tip.scale);
    floats(tip.bias);
    activation(tip.name, tip.activation);
  }
  void policy(const PolicyHead& h) {
    line(h.name);
    if (model_.version >= 17) line(h.p2_conv.out, 0, 0, 0);
    parts(h);
  }
  void value(const ValueHead& h) {
    line(h.name);
    if (model_.version >= 17) line(0, 0, 0);
    parts(h);
  }

  const Model& model_;
  bool binary_;
  bool unsupported_activation_ = false;
  std::string out_;
};

}  // namespace

Result<std::string> model_to_bytes(const Model& model, const ModelFormat& format) {
  PONNUKI_TRY(check_model(model));
  Writer writer(model, format.binary);
  writer.model();
  if (writer.has_unsupported_activation()) {
    return Error{"model version " + std::to_string(model.version) +
                 " knows only ReLU; write version 11 or later"};
  }
  std::string plain = writer.take();
  if (!format.gzip) return plain;
  if (plain.size() > (std::size_t{1} << 31)) return Error{"the net is too large to be packed"};
  return ponnuki::gzip(plain);
}

Status write_model(const Model& model, const std::string& path, const ModelFormat& format) {
  const Result<std::string> bytes = model_to_bytes(model, format);
  if (!bytes.ok()) return bytes.error().in(path);
  return write_file_atomically(path, *bytes);
}

}  // namespace ponnuki::nn
