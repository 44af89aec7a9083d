#include "nn/training/backward/head_backward.h"

#include <algorithm>

#include "engine/check.h"

namespace ponnuki::nn::training {
namespace {

float* take_zeros(kernels::Run& run, int count) {
  return run.work.scratch().take_zeros(static_cast<std::size_t>(count));
}

}  // namespace

PolicyHeadBackward::PolicyHeadBackward(const BackwardContext& context, const PolicyHead& head)
    : head_(head),
      p1_norm_(context, head.p1_norm),
      branch_(context, head.g1_norm, head.gpool_to_bias),
      pass_(context, head.gpool_to_pass),
      p2_(context, {&head.p2_conv}) {
  PONNUKI_CHECK(head.pass_bias.bias.empty() && head.gpool_to_pass2.weights.empty());
}

void PolicyHeadBackward::run(BackwardRun& backward, const Maps& maps) const {
  spread_out(backward, maps.out_gradient);
  const kernels::Map p1 = maps.activated.channel(maps.slots.p1);
  p2_.add_weights_gradient(backward, p1, maps.out_gradient);
  p2_.input_gradient(backward, maps.out_gradient,
                     p1_norm_.finish(backward, p1, maps.gradient.channel(maps.slots.p1), false));
  for (int i = 0; i < backward.run.work.images(); ++i) run_image(backward, maps, i);
}

/// Copies the gradients of the policies, which are plane-major, to the channels of a map.
void PolicyHeadBackward::spread_out(BackwardRun& backward, const kernels::Map& out_gradient) const {
  kernels::Run& run = backward.run;
  const std::vector<std::int32_t>& points = run.work.frame().board_points();
  for (int i = 0; i < run.work.images(); ++i) {
    const float* policy = backward.output_gradients[i]->policy.data();
    const kernels::Map image = kernels::image_of(run, out_gradient, i);
    for (std::size_t p = 0; p < points.size(); ++p) {
      float* row = image.data + points[p] * image.stride;
      for (int c = 0; c < head_.p2_conv.out; ++c)
        row[c] = policy[static_cast<std::size_t>(c) * (points.size() + 1) + p];
    }
  }
}

void PolicyHeadBackward::run_image(BackwardRun& backward, const Maps& maps, int image) const {
  kernels::Run& run = backward.run;
  const int g1_channels = head_.g1_conv.out;
  const kernels::Map activated = kernels::image_of(run, maps.activated, image);
  const kernels::Map gradient = kernels::image_of(run, maps.gradient, image);
  const kernels::Map g1 = activated.channel(maps.slots.g1);
  const float* pooled = kernels::pool_image(run, g1, g1_channels, kernels::PoolKind::kMeanAndMax);
  float* pooled_gradient = take_zeros(run, 3 * g1_channels);
  float* pass_gradient = take_zeros(run, head_.p2_conv.out);
  const int stride = run.work.frame().size().area() + 1;
  for (int c = 0; c < head_.p2_conv.out; ++c) {
    pass_gradient[c] =
        backward.output_gradients[image]->policy[static_cast<std::size_t>((c + 1) * stride - 1)];
  }
  pass_.run(backward, pooled, pass_gradient, pooled_gradient);
  branch_.run_image(backward,
                    {gradient.channel(maps.slots.p1), g1, gradient.channel(maps.slots.g1)}, pooled,
                    pooled_gradient);
}

void PolicyHeadBackward::collect(const float* sums, float* gradient) const {
  p1_norm_.collect(sums, gradient);
  branch_.collect(sums, gradient);
  pass_.collect(sums, gradient);
  p2_.collect(sums, gradient);
}

ValueHeadBackward::ValueHeadBackward(const BackwardContext& context, const ValueHead& head)
    : head_(head),
      v1_norm_(context, head.v1_norm),
      kernels_(context.kernels),
      v2_(context, head.v2_mul, &head.v2_bias),
      v3_(context, head.v3_mul, &head.v3_bias),
      misc_(context, head.misc_mul, &head.misc_bias),
      ownership_(context.parameters.offset_of(head.ownership_conv.weights)),
      ownership_sums_(context.sums.take(static_cast<std::size_t>(head.v1_conv.out))) {
  PONNUKI_CHECK(head.v2_activation == Activation::kRelu && head.ownership_conv.height == 1);
}

void ValueHeadBackward::pack() {
  v2_forward_.emplace(kernels_, head_.v2_mul, &head_.v2_bias, head_.v2_activation);
}

void ValueHeadBackward::run_image(BackwardRun& backward, const NetworkOutput& out_gradient,
                                  const kernels::Map& activated,
                                  const kernels::Map& gradient) const {
  kernels::Run& run = backward.run;
  const int channels = head_.v1_conv.out;
  const float* pooled =
      kernels::pool_image(run, activated, channels, kernels::PoolKind::kValueHead);
  float* rows = unpool_image(run, activated, channels, kernels::PoolKind::kValueHead,
                             pooled_gradient(backward, out_gradient, pooled));
  add_ownership(backward, out_gradient, activated, rows);
  masked_image(run, rows, channels, v1_norm_.finish(backward, activated, gradient, false));
}

const float* ValueHeadBackward::pooled_gradient(BackwardRun& backward,
                                                const NetworkOutput& out_gradient,
                                                const float* pooled) const {
  const MatMulLayer& mul = head_.v2_mul;
  const float* v2 = v2_forward_->run(backward.run, pooled);
  float* v2_gradient = take_zeros(backward.run, mul.out);
  v3_.run(backward, v2, out_gradient.value.data(), v2_gradient);
  misc_.run(backward, v2, out_gradient.misc.data(), v2_gradient);
  for (int o = 0; o < mul.out; ++o)
    if (v2[o] <= 0) v2_gradient[o] = 0;
  float* gradient = take_zeros(backward.run, mul.in);
  v2_.run(backward, pooled, v2_gradient, gradient);
  return gradient;
}

void ValueHeadBackward::add_ownership(BackwardRun& backward, const NetworkOutput& out_gradient,
                                      const kernels::Map& activated, float* rows) const {
  const std::vector<std::int32_t>& points = backward.run.work.frame().board_points();
  const int channels = head_.v1_conv.out, padded = kernels::padded_channels(channels);
  const float* weights = head_.ownership_conv.weights.data();
  float* sums = backward.sums + ownership_sums_;
  for (std::size_t p = 0; p < points.size(); ++p, rows += padded) {
    const float gradient = out_gradient.ownership[p];
    const float* row = activated.data + points[p] * activated.stride;
    for (int c = 0; c < channels; ++c) {
      rows[c] += weights[c] * gradient;
      sums[c] += row[c] * gradient;
    }
  }
}

void ValueHeadBackward::collect(const float* sums, float* gradient) const {
  v1_norm_.collect(sums, gradient);
  v2_.collect(sums, gradient);
  v3_.collect(sums, gradient);
  misc_.collect(sums, gradient);
  std::copy_n(sums + ownership_sums_, head_.v1_conv.out, gradient + ownership_);
}

HeadsBackward::HeadsBackward(const BackwardContext& context, const Model& model,
                             const HeadBackwardSlots& slots)
    : slots_(slots),
      tip_(context, model.trunk.tip),
      convs_(context, {&model.policy.p1_conv, &model.policy.g1_conv, &model.value.v1_conv}),
      policy_(context, model.policy),
      value_(context, model.value) {}

void HeadsBackward::pack() {
  convs_.pack();
  policy_.pack();
  value_.pack();
}

void HeadsBackward::run(BackwardRun& backward) const {
  kernels::Run& run = backward.run;
  const kernels::Map tip = run.work.slot(slots_.tip), heads = run.work.slot(slots_.heads.map);
  const kernels::Map gradient = run.work.slot(slots_.heads_gradient);
  policy_.run(backward, {slots_.heads, heads, gradient, run.work.slot(slots_.out_gradient)});
  for (int i = 0; i < run.work.images(); ++i) {
    value_.run_image(backward, *backward.output_gradients[i],
                     kernels::image_of(run, heads, i).channel(slots_.heads.v1),
                     kernels::image_of(run, gradient, i).channel(slots_.heads.v1));
  }
  convs_.add_weights_gradient(backward, tip, gradient);
  convs_.input_gradient(backward, gradient,
                        tip_.finish(backward, tip, run.work.slot(slots_.trunk_gradient), false));
}

void HeadsBackward::collect(const float* sums, float* gradient) const {
  tip_.collect(sums, gradient);
  convs_.collect(sums, gradient);
  policy_.collect(sums, gradient);
  value_.collect(sums, gradient);
}

}  // namespace ponnuki::nn::training
