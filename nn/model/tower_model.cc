#include "nn/model/tower_model.h"

#include <algorithm>

#include "nn/inputs/alphago_planes.h"
#include "nn/inputs/zero_planes.h"
#include "nn/model/layer_check.h"

namespace ponnuki::nn {
namespace {

bool fits(Encoder encoder, int planes) {
  switch (encoder) {
    case Encoder::kLeelaZero:
      return planes == kLeelaZeroPlanes;
    case Encoder::kAlphaGoZero:
      return planes == kAlphaGoZeroPlanes;
    case Encoder::kAlphaGo:
      return planes == kAlphaGoPlanes || planes == kAlphaGoPlanes + 1;
    case Encoder::kKataGoV7:
      break;
  }
  return false;
}

/// The functions return the number of output channels.
class TowerChecker : public LayerChecker {
 public:
  explicit TowerChecker(int area) : area_(area) {}

  int unit(const ConvUnit& u, int in) {
    conv(u.conv, in);
    require(u.conv.height % 2 == 1 && u.conv.width % 2 == 1,
            "the kernel of '" + u.conv.name + "' has an even side");
    norm(u.norm, u.conv.out);
    return u.conv.out;
  }
  int block(const ConvUnit& u, int in) { return unit(u, in); }
  int block(const TowerResidualBlock& b, int in) {
    equal(b.second.conv.name, "output channels", unit(b.second, unit(b.first, in)), in);
    return in;
  }
  int dense(const DenseLayer& d, int in) {
    matmul(d.product, in);
    bias(d.bias, d.product.out);
    return d.product.out;
  }
  void policy(const TowerPolicyHead& head, int in) {
    const int channels = unit(head.conv, in);
    if (head.dense) {
      equal(head.dense->product.name, "outputs", dense(*head.dense, channels * area_), area_ + 1);
    } else {
      equal(head.conv.conv.name, "output channels", channels, 1);
      bias(head.point_bias, area_);
    }
  }
  void value(const TowerValueHead& head, int in) {
    const int hidden = dense(head.hidden, unit(head.conv, in) * area_);
    equal(head.output.product.name, "outputs", dense(head.output, hidden), 1);
  }

 private:
  int area_;
};

/// Reverses the order of `count` contiguous blocks of `block` numbers each.
void reverse_blocks(float* values, int count, int block) {
  for (int i = 0; i < count / 2; ++i)
    std::swap_ranges(values + std::ptrdiff_t{i} * block, values + std::ptrdiff_t{i + 1} * block,
                     values + std::ptrdiff_t{count - 1 - i} * block);
}

void mirror(ConvUnit& unit) {
  ConvLayer& conv = unit.conv;  // weights [y][x][in][out]
  reverse_blocks(conv.weights.data(), conv.height, conv.width * conv.in * conv.out);
}
void mirror(TowerResidualBlock& block) { mirror(block.first), mirror(block.second); }

/// Mirrors the rows of the weights. The inputs are `channels` maps of the board, one after another.
void mirror_inputs(MatMulLayer& product, int channels, BoardSize size) {
  const std::ptrdiff_t map = std::ptrdiff_t{size.area()} * product.out;
  for (int c = 0; c < channels; ++c)
    reverse_blocks(product.weights.data() + c * map, size.height, size.width * product.out);
}

/// Mirrors the outputs, one for each point. Outputs after those stay in place.
void mirror_outputs(DenseLayer& layer, BoardSize size) {
  for (int i = 0; i < layer.product.in; ++i)
    reverse_blocks(layer.product.weights.data() + std::ptrdiff_t{i} * layer.product.out,
                   size.height, size.width);
  reverse_blocks(layer.bias.bias.data(), size.height, size.width);
}

}  // namespace

void mirror_rows(TowerModel& model) {
  mirror(model.stem);
  for (TowerBlock& block : model.blocks) std::visit([](auto& b) { mirror(b); }, block);
  TowerPolicyHead& policy = model.policy;
  mirror(policy.conv);
  if (policy.dense) {
    mirror_inputs(policy.dense->product, policy.conv.conv.out, model.size);
    mirror_outputs(*policy.dense, model.size);
  } else {
    reverse_blocks(policy.point_bias.bias.data(), model.size.height, model.size.width);
  }
  if (!model.value) return;
  mirror(model.value->conv);
  mirror_inputs(model.value->hidden.product, model.value->conv.conv.out, model.size);
}

Status check_tower(const TowerModel& model) {
  if (!fits(model.encoder, model.planes()))
    return Error{"its first layer has " + std::to_string(model.planes()) +
                 " planes, which are not those of the encoder '" + to_string(model.encoder) + "'"};
  TowerChecker checker(model.size.area());
  int channels = checker.unit(model.stem, model.planes());
  for (const TowerBlock& block : model.blocks)
    channels = std::visit([&](const auto& b) { return checker.block(b, channels); }, block);
  checker.policy(model.policy, channels);
  if (model.value) checker.value(*model.value, channels);
  if (!checker.error().empty()) return Error{checker.error()};
  return {};
}

}  // namespace ponnuki::nn
