#include "nn/convert/grown_model.h"

#include <algorithm>

namespace ponnuki::nn {
namespace {

constexpr int kPools = 3;  // pooled maps come in three parts, each with a row a channel

/// Copies what a layer has to what it becomes, and remembers whether there was room everywhere.
class Growth {
 public:
  bool fits() const { return fits_; }

  void operator()(const ConvLayer& from, ConvLayer& to) {
    if (from.height != to.height || from.width != to.width) fits_ = false;
    if (!has_room(from, to)) return;
    for (int tap = 0; tap < from.height * from.width; ++tap)
      copy_matrix(from, to, from.weights.data() + std::ptrdiff_t{tap} * from.in * from.out,
                  to.weights.data() + std::ptrdiff_t{tap} * to.in * to.out, 1);
  }
  /// `parts`: of the rows, each with its own new ones at its end.
  void operator()(const MatMulLayer& from, MatMulLayer& to, int parts = 1) {
    if (has_room(from, to)) copy_matrix(from, to, from.weights.data(), to.weights.data(), parts);
  }
  void operator()(const NormAct& from, NormAct& to) {
    copy(from.scale, to.scale);
    copy(from.bias, to.bias);
    if (from.activation != to.activation) fits_ = false;
  }
  void operator()(const BiasLayer& from, BiasLayer& to) { copy(from.bias, to.bias); }

  void operator()(const ResidualBlock& from, ResidualBlock& to) {
    (*this)(from.norm1, to.norm1);
    (*this)(from.conv1, to.conv1);
    (*this)(from.norm2, to.norm2);
    (*this)(from.conv2, to.conv2);
  }
  void operator()(const GlobalPoolingBlock& from, GlobalPoolingBlock& to) {
    (*this)(from.norm1, to.norm1);
    (*this)(from.regular_conv, to.regular_conv);
    (*this)(from.gpool_conv, to.gpool_conv);
    (*this)(from.gpool_norm, to.gpool_norm);
    (*this)(from.gpool_to_bias, to.gpool_to_bias, kPools);
    (*this)(from.norm2, to.norm2);
    (*this)(from.conv2, to.conv2);
  }
  void operator()(const std::vector<Block>& from, std::vector<Block>& to, int channels) {
    auto next = from.begin();
    for (Block& block : to) {
      if (next != from.end() && next->index() == block.index())
        std::visit([&](const auto& old) { become(old, block); }, *next++);
      else
        silence(block, channels);
    }
    if (next != from.end()) fits_ = false;
  }
  void operator()(const Trunk& from, Trunk& to) {
    if (from.metadata || to.metadata || from.tip_rms || to.tip_rms) fits_ = false;
    (*this)(from.initial_conv, to.initial_conv);
    (*this)(from.initial_matmul, to.initial_matmul);
    (*this)(from.blocks, to.blocks, from.channels);
    (*this)(from.tip, to.tip);
  }
  void operator()(const PolicyHead& from, PolicyHead& to) {
    (*this)(from.p1_conv, to.p1_conv);
    (*this)(from.g1_conv, to.g1_conv);
    (*this)(from.g1_norm, to.g1_norm);
    (*this)(from.gpool_to_bias, to.gpool_to_bias, kPools);
    (*this)(from.p1_norm, to.p1_norm);
    (*this)(from.p2_conv, to.p2_conv);
    (*this)(from.gpool_to_pass, to.gpool_to_pass, kPools);
  }
  void operator()(const ValueHead& from, ValueHead& to) {
    (*this)(from.v1_conv, to.v1_conv);
    (*this)(from.v1_norm, to.v1_norm);
    (*this)(from.v2_mul, to.v2_mul, kPools);
    (*this)(from.v2_bias, to.v2_bias);
    (*this)(from.v3_mul, to.v3_mul);
    (*this)(from.v3_bias, to.v3_bias);
    (*this)(from.misc_mul, to.misc_mul);
    (*this)(from.misc_bias, to.misc_bias);
    (*this)(from.ownership_conv, to.ownership_conv);
  }

 private:
  template <typename Layer>
  bool has_room(const Layer& from, const Layer& to) {
    const bool room = from.in <= to.in && from.out <= to.out;
    fits_ = fits_ && room;
    return fits_;
  }
  void copy(const std::vector<float>& from, std::vector<float>& to) {
    if (from.size() > to.size()) fits_ = false;
    if (fits_) std::copy(from.begin(), from.end(), to.begin());
  }
  /// Of two matrices [in][out]: the old corner, and zeros from new rows to old columns.
  template <typename Layer>
  static void copy_matrix(const Layer& old, const Layer& grown, const float* from, float* to,
                          int parts) {
    const int old_rows = old.in / parts, rows = grown.in / parts;
    for (int part = 0; part < parts; ++part) {
      for (int row = 0; row < rows; ++row, to += grown.out) {
        if (row >= old_rows) {
          std::fill_n(to, old.out, 0.0F);
          continue;
        }
        std::copy_n(from, old.out, to);
        from += old.out;
      }
    }
  }
  void become(const ResidualBlock& from, Block& to) { (*this)(from, std::get<ResidualBlock>(to)); }
  void become(const GlobalPoolingBlock& from, Block& to) {
    (*this)(from, std::get<GlobalPoolingBlock>(to));
  }
  /// Kinds that do not grow.
  template <typename AnyBlock>
  void become(const AnyBlock& /*from*/, Block& /*to*/) {
    fits_ = false;
  }

  /// The block adds nothing to the first channels.
  void silence(Block& block, int channels) {
    if (auto* residual = std::get_if<ResidualBlock>(&block))
      silence(residual->conv2, channels);
    else if (auto* pooling = std::get_if<GlobalPoolingBlock>(&block))
      silence(pooling->conv2, channels);
    else
      fits_ = false;
  }
  void silence(ConvLayer& conv, int channels) {
    if (channels > conv.out) fits_ = false;
    if (!fits_) return;
    for (std::size_t row = 0; row < conv.weights.size(); row += static_cast<std::size_t>(conv.out))
      std::fill_n(conv.weights.begin() + static_cast<std::ptrdiff_t>(row), channels, 0.0F);
  }

  bool fits_ = true;
};

}  // namespace

Result<Model> grow_model(const Model& small, Model large) {
  Growth growth;
  growth(small.trunk, large.trunk);
  growth(small.policy, large.policy);
  growth(small.value, large.value);
  if (small.version == large.version && growth.fits()) return large;
  return Error{"a net cannot grow from " + small.name + " to " + large.name +
               ": each later one needs as many blocks of each kind, and as many channels"};
}

}  // namespace ponnuki::nn
