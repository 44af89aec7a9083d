#include "nn/kernels/heads.h"

#include "nn/kernels/vectors.h"

namespace ponnuki {
namespace {

Outlet raw_outlet(int slot) {
  Outlet outlet;
  outlet.raw = slot;
  return outlet;
}

/// Channel c of one image as [area] numbers.
void copy_channel(Run& run, const Map& image, int c, float* out) {
  for (const std::int32_t point : run.work.frame().board_points())
    *out++ = image.data[point * image.stride + c];
}

}  // namespace

PolicyHeadStep::PolicyHeadStep(const KernelTable& kernels, const PolicyHead& head,
                               const HeadSlots& slots)
    : head_(head),
      slots_(slots),
      g1_norm_(head.g1_norm),
      p1_norm_(head.p1_norm),
      p2_(kernels, {&head.p2_conv}, Precision::kFp32) {}

void PolicyHeadStep::run(Run& run) const {
  for (int i = 0; i < run.work.images(); ++i) run_image(run, i);
  p2_.run(run, run.work.slot(slots_.map).channel(slots_.p1),
          make_finish(raw_outlet(slots_.out), run.work));
  for (int i = 0; i < run.work.images(); ++i) copy_out(run, i);
}

void PolicyHeadStep::run_image(Run& run, int i) const {
  Scratch& scratch = run.work.scratch();
  const Map image = image_of(run, run.work.slot(slots_.map), i);
  const Map g1 = image.channel(slots_.g1), p1 = image.channel(slots_.p1);
  norm_image(run, g1,
             {g1_norm_.scale.data(), g1_norm_.bias.data(), g1_norm_.activation, head_.g1_conv.out});
  const float* pooled = pool_image(run, g1, head_.g1_conv.out, PoolKind::kMeanAndMax);
  const float* added = dense({head_.gpool_to_bias}, pooled, scratch);
  norm_image(run, p1,
             {p1_norm_.scale.data(), bias_with(p1_norm_, added, scratch), p1_norm_.activation,
              head_.p1_conv.out});

  const float* pass_logits = pass(pooled, scratch);
  const int channels = head_.p2_conv.out;
  const auto stride = static_cast<std::size_t>(run.work.frame().size().area() + 1);
  std::vector<float>& policy = run.outputs[i]->policy;
  policy.resize(static_cast<std::size_t>(channels) * stride);
  for (int c = 0; c < channels; ++c)
    policy[static_cast<std::size_t>(c + 1) * stride - 1] = pass_logits[c];
}

const float* PolicyHeadStep::pass(const float* pooled, Scratch& scratch) const {
  const float* out =
      dense({head_.gpool_to_pass, &head_.pass_bias, head_.pass_activation}, pooled, scratch);
  if (head_.gpool_to_pass2.weights.empty()) return out;
  return dense({head_.gpool_to_pass2}, out, scratch);
}

void PolicyHeadStep::copy_out(Run& run, int i) const {
  const Map image = image_of(run, run.work.slot(slots_.out), i);
  const int stride = run.work.frame().size().area() + 1;
  for (int c = 0; c < head_.p2_conv.out; ++c)
    copy_channel(run, image, c, run.outputs[i]->policy.data() + std::ptrdiff_t{c} * stride);
}

ValueHeadStep::ValueHeadStep(const KernelTable& kernels, const ValueHead& head,
                             const HeadSlots& slots)
    : head_(head),
      slots_(slots),
      v1_norm_(head.v1_norm),
      ownership_(kernels, {&head.ownership_conv}, Precision::kFp32) {}

void ValueHeadStep::run(Run& run) const {
  for (int i = 0; i < run.work.images(); ++i) run_image(run, i);
  ownership_.run(run, run.work.slot(slots_.map).channel(slots_.v1),
                 make_finish(raw_outlet(slots_.out), run.work));
  for (int i = 0; i < run.work.images(); ++i) copy_out(run, i);
}

void ValueHeadStep::run_image(Run& run, int i) const {
  Scratch& scratch = run.work.scratch();
  const Map v1 = image_of(run, run.work.slot(slots_.map), i).channel(slots_.v1);
  norm_image(run, v1,
             {v1_norm_.scale.data(), v1_norm_.bias.data(), v1_norm_.activation, head_.v1_conv.out});
  const float* pooled = pool_image(run, v1, head_.v1_conv.out, PoolKind::kValueHead);
  const float* v2 = dense({head_.v2_mul, &head_.v2_bias, head_.v2_activation}, pooled, scratch);
  const float* v3 = dense({head_.v3_mul, &head_.v3_bias}, v2, scratch);
  const float* misc = dense({head_.misc_mul, &head_.misc_bias}, v2, scratch);
  run.outputs[i]->value.assign(v3, v3 + head_.v3_mul.out);
  run.outputs[i]->misc.assign(misc, misc + head_.misc_mul.out);
}

void ValueHeadStep::copy_out(Run& run, int i) const {
  std::vector<float>& ownership = run.outputs[i]->ownership;
  ownership.resize(static_cast<std::size_t>(run.work.frame().size().area()));
  copy_channel(run, image_of(run, run.work.slot(slots_.out), i), 0, ownership.data());
}

}  // namespace ponnuki
