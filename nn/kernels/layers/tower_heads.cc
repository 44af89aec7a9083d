#include "nn/kernels/layers/tower_heads.h"

#include <algorithm>

#include "nn/kernels/layers/vectors.h"

namespace ponnuki::nn::kernels {
namespace {

PackedDense pack(const KernelTable& kernels, const DenseLayer& layer) {
  return PackedDense(kernels, layer.product, &layer.bias, layer.activation);
}

std::vector<const DenseLayer*> layers_of(const TowerPolicyHead& head) {
  if (head.dense) return {&*head.dense};
  return {};
}

}  // namespace

TowerHeadsStep::Head::Head(const KernelTable& kernels, const ConvUnit& unit,
                           const std::vector<const DenseLayer*>& layers)
    : conv(kernels, {&unit.conv}, Precision::kFp32),
      norm(std::make_shared<Norm>(unit.norm)),
      channels(unit.conv.out) {
  for (const DenseLayer* layer : layers) dense.push_back(pack(kernels, *layer));
}

TowerHeadsStep::TowerHeadsStep(const KernelTable& kernels, const TowerModel& model, Slots slots)
    : model_(model), slots_(slots), policy_(kernels, model.policy.conv, layers_of(model.policy)) {
  if (!model.value) return;
  const TowerValueHead& value = *model.value;
  value_.emplace(kernels, value.conv, std::vector{&value.hidden, &value.output});
}

int TowerHeadsStep::channels(const TowerModel& model) {
  return std::max(model.policy.conv.conv.out, model.value ? model.value->conv.conv.out : 0);
}

void TowerHeadsStep::run(Run& run) const {
  const int area = run.work.frame().size().area();
  run_convolution(run, policy_);
  for (int i = 0; i < run.work.images(); ++i) {
    const float* logits = run_image(run, policy_, i);
    std::vector<float>& policy = run.outputs[i]->policy;
    policy.assign(logits, logits + area + (model_.policy.dense ? 1 : 0));
    if (model_.policy.dense) continue;
    for (std::size_t p = 0; p < policy.size(); ++p) policy[p] += model_.policy.point_bias.bias[p];
  }
  for (int i = 0; i < run.work.images(); ++i) run.outputs[i]->value.clear();
  if (!value_) return;
  run_convolution(run, *value_);
  for (int i = 0; i < run.work.images(); ++i)
    run.outputs[i]->value.push_back(*run_image(run, *value_, i));
}

void TowerHeadsStep::run_convolution(Run& run, const Head& head) const {
  Epilogue maps;
  maps.activated = slots_.maps;
  maps.norm = head.norm;
  head.conv.run(run, run.work.slot(slots_.tower), make_epilogue_args(maps, run.work));
}

const float* TowerHeadsStep::run_image(Run& run, const Head& head, int image) const {
  const Map maps = image_of(run, run.work.slot(slots_.maps), image);
  const auto& points = run.work.frame().board_points();
  auto* flat =
      run.work.scratch().take<float>(points.size() * static_cast<std::size_t>(head.channels));
  float* next = flat;
  for (int c = 0; c < head.channels; ++c) {
    for (const std::int32_t point : points) *next++ = maps.data[point * maps.stride + c];
  }
  const float* values = flat;
  for (const PackedDense& layer : head.dense) values = layer.run(run, values);
  return values;
}

}  // namespace ponnuki::nn::kernels
