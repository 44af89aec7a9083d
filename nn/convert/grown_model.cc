#include "nn/convert/grown_model.h"

#include <algorithm>
#include <type_traits>
#include <vector>

#include "nn/model/model_visit.h"

namespace ponnuki::nn {
namespace {

// Globally pooled maps come in three parts, each with one row for each channel.
constexpr int kPools = 3;

/// Copies the numbers of each layer to the larger layer, and records whether all of them fitted.
class Growth {
 public:
  explicit Growth(int version) : version_(version) {}
  bool fits() const { return fits_; }

  void trunk(const Trunk& from, Trunk& to) {
    if (from.metadata || to.metadata || from.tip_rms || to.tip_rms) fits_ = false;
    part(from.initial_conv, to.initial_conv);
    part(from.initial_matmul, to.initial_matmul);
    blocks(from.blocks, to.blocks, from.channels);
    part(from.tip, to.tip);
  }
  /// Copies all parts of a block or head.
  template <typename Whole>
  void parts(const Whole& from, Whole& to) {
    const PartContext context{.version = version_};
    std::vector<const void*> old;  // types and order are those of `to`
    visit_parts(from, context,
                [&](const char*, const auto& each, const PartInfo&) { old.push_back(&each); });
    auto next = old.begin();
    visit_parts(to, context, [&](const char*, auto& each, const PartInfo& info) {
      using Part = std::remove_reference_t<decltype(each)>;
      part(*static_cast<const Part*>(*next++), each, info);
    });
  }

 private:
  void part(const ConvLayer& from, ConvLayer& to, const PartInfo& = {}) {
    if (from.height != to.height || from.width != to.width) fits_ = false;
    if (!has_room(from, to)) return;
    for (int tap = 0; tap < from.height * from.width; ++tap)
      copy_matrix(from, to, from.weights.data() + std::ptrdiff_t{tap} * from.in * from.out,
                  to.weights.data() + std::ptrdiff_t{tap} * to.in * to.out, 1);
  }
  void part(const MatMulLayer& from, MatMulLayer& to, const PartInfo& info = {}) {
    const int pools = info.pooled ? kPools : 1;
    if (has_room(from, to)) copy_matrix(from, to, from.weights.data(), to.weights.data(), pools);
  }
  void part(const NormAct& from, NormAct& to, const PartInfo& = {}) {
    copy(from.scale, to.scale);
    copy(from.bias, to.bias);
    if (from.activation != to.activation) fits_ = false;
  }
  void part(const BiasLayer& from, BiasLayer& to, const PartInfo&) { copy(from.bias, to.bias); }
  void part(Activation, Activation, const PartInfo&) {}

  void blocks(const std::vector<Block>& from, std::vector<Block>& to, int channels) {
    auto next = from.begin();
    for (Block& block : to) {
      if (next != from.end() && next->index() == block.index())
        std::visit([&](const auto& old) { become(old, block); }, *next++);
      else
        silence(block, channels);
    }
    if (next != from.end()) fits_ = false;
  }
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
  /// Copies a matrix [in][out]: the old numbers to one corner, and zeros to the weights from new
  /// rows to old columns. The rows consist of `parts` parts, each with its own new rows at its end.
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
  void become(const ResidualBlock& from, Block& to) { parts(from, std::get<ResidualBlock>(to)); }
  void become(const GlobalPoolingBlock& from, Block& to) {
    parts(from, std::get<GlobalPoolingBlock>(to));
  }
  /// Blocks of other kinds cannot grow.
  template <typename AnyBlock>
  void become(const AnyBlock& /*from*/, Block& /*to*/) {
    fits_ = false;
  }

  /// Makes the block add nothing to the first `channels` channels.
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

  int version_;
  bool fits_ = true;
};

}  // namespace

Result<Model> grow_model(const Model& small, Model large) {
  Growth growth(small.version);
  growth.trunk(small.trunk, large.trunk);
  growth.parts(small.policy, large.policy);
  growth.parts(small.value, large.value);
  if (small.version == large.version && growth.fits()) return large;
  return Error{"a net cannot grow from " + small.name + " to " + large.name +
               ": each later one needs as many blocks of each kind, and as many channels"};
}

}  // namespace ponnuki::nn
