#include "nn/kernels/layers/heads.h"

#include "nn/kernels/layers/vectors.h"

namespace ponnuki::nn::kernels {
namespace {

Epilogue raw_epilogue(int slot) {
  Epilogue epilogue;
  epilogue.raw = slot;
  return epilogue;
}

/// Copies channel c of one image to out[area].
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
      gpool_to_bias_(kernels, head.gpool_to_bias),
      pass_(kernels, head.gpool_to_pass, &head.pass_bias, head.pass_activation),
      pass2_(kernels, head.gpool_to_pass2),
      p2_(kernels, {&head.p2_conv}, Precision::kFp32) {}

void PolicyHeadStep::run(Run& run) const {
  for (int i = 0; i < run.work.images(); ++i) run_image(run, i);
  p2_.run(run, run.work.slot(slots_.map).channel(slots_.p1),
          make_epilogue_args(raw_epilogue(slots_.out), run.work));
  for (int i = 0; i < run.work.images(); ++i) copy_out(run, i);
}

void PolicyHeadStep::run_image(Run& run, int i) const {
  Scratch& scratch = run.work.scratch();
  const Map image = image_of(run, run.work.slot(slots_.map), i);
  const Map g1 = image.channel(slots_.g1), p1 = image.channel(slots_.p1);
  norm_image(run, g1,
             {g1_norm_.scale.data(), g1_norm_.bias.data(), g1_norm_.activation, head_.g1_conv.out});
  const float* pooled = pool_image(run, g1, head_.g1_conv.out, PoolKind::kMeanAndMax);
  const float* added = gpool_to_bias_.run(run, pooled);
  norm_image(run, p1,
             {p1_norm_.scale.data(), bias_with(p1_norm_, added, scratch), p1_norm_.activation,
              head_.p1_conv.out});

  const float* pass_logits = pass_.run(run, pooled);
  if (!pass2_.empty()) pass_logits = pass2_.run(run, pass_logits);
  const int channels = head_.p2_conv.out;
  const auto stride = static_cast<std::size_t>(run.work.frame().size().area() + 1);
  std::vector<float>& policy = run.outputs[i]->policy;
  policy.resize(static_cast<std::size_t>(channels) * stride);
  for (int c = 0; c < channels; ++c)
    policy[static_cast<std::size_t>(c + 1) * stride - 1] = pass_logits[c];
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
      v2_(kernels, head.v2_mul, &head.v2_bias, head.v2_activation),
      v3_(kernels, head.v3_mul, &head.v3_bias),
      misc_(kernels, head.misc_mul, &head.misc_bias),
      ownership_(kernels, {&head.ownership_conv}, Precision::kFp32) {}

void ValueHeadStep::run(Run& run) const {
  for (int i = 0; i < run.work.images(); ++i) run_image(run, i);
  ownership_.run(run, run.work.slot(slots_.map).channel(slots_.v1),
                 make_epilogue_args(raw_epilogue(slots_.out), run.work));
  for (int i = 0; i < run.work.images(); ++i) copy_out(run, i);
}

void ValueHeadStep::run_image(Run& run, int i) const {
  const Map v1 = image_of(run, run.work.slot(slots_.map), i).channel(slots_.v1);
  norm_image(run, v1,
             {v1_norm_.scale.data(), v1_norm_.bias.data(), v1_norm_.activation, head_.v1_conv.out});
  const float* pooled = pool_image(run, v1, head_.v1_conv.out, PoolKind::kValueHead);
  const float* v2 = v2_.run(run, pooled);
  const float* v3 = v3_.run(run, v2);
  const float* misc = misc_.run(run, v2);
  run.outputs[i]->value.assign(v3, v3 + head_.v3_mul.out);
  run.outputs[i]->misc.assign(misc, misc + head_.misc_mul.out);
}

void ValueHeadStep::copy_out(Run& run, int i) const {
  std::vector<float>& ownership = run.outputs[i]->ownership;
  ownership.resize(static_cast<std::size_t>(run.work.frame().size().area()));
  copy_channel(run, image_of(run, run.work.slot(slots_.out), i), 0, ownership.data());
}

}  // namespace ponnuki::nn::kernels
