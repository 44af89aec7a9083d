// The backward pass through global pooling.
#pragma once

#include "nn/kernels/layers/vectors.h"
#include "nn/training/backward/dense_backward.h"
#include "nn/training/backward/norm_backward.h"

namespace ponnuki::nn::training {

/// The gradient of an image's activated channels, [area][padded channels] in scratch memory, from
/// the gradient of its pooled numbers (pool_image()). Among equal maxima the first one gets the
/// gradient.
float* unpool_image(kernels::Run& run, const kernels::Map& activated, int channels,
                    kernels::PoolKind kind, const float* pooled_gradient);

/// The sum over the points of an image, for channels [0, padded(channels)), in scratch memory.
float* sum_of_image(kernels::Run& run, const kernels::Map& image, int channels);

/// Passes rows[area][padded channels], the gradient of an image's activated map, back through the
/// norm and writes the result to the image's gradient map.
void masked_image(kernels::Run& run, const float* rows, int channels,
                  const kernels::MaskedEpilogueArgs& finish);

/// A branch that pools an activated map and adds matrix · pooled to each channel of another map.
/// Blocks of the trunk and the policy head have one.
///
///     gpool map --norm, ReLU--> pooled --matrix--> added to each point of `to`
class PoolingBranchBackward {
 public:
  PoolingBranchBackward(const BackwardContext& context, const NormAct& gpool_norm,
                        const MatMulLayer& to_bias);

  struct Maps {
    kernels::Map to_gradient;                      // gradient of `to` before its norm
    kernels::Map gpool_activated, gpool_gradient;  // gpool_gradient is written
  };
  /// Processes one image. `pooled_gradient`, [3 * gpool], holds the gradients from other readers of
  /// the pooled numbers; null if there are none.
  void run_image(BackwardRun& backward, const Maps& maps, const float* pooled,
                 float* pooled_gradient) const;
  void collect(const float* sums, float* gradient) const;

 private:
  int to_, gpool_;  // channels
  NormBackward norm_;
  DenseBackward to_bias_;
};

}  // namespace ponnuki::nn::training
