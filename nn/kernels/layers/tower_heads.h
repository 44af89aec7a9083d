// The heads of a tower, from its last map to NetworkOutput: a 1×1 convolution, whose maps are
// flattened channel by channel, then dense layers.
#pragma once

#include <optional>
#include <vector>

#include "nn/kernels/conv/conv.h"
#include "nn/kernels/layers/packed_dense.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn::kernels {

class TowerHeadsStep : public Step {
 public:
  struct Slots {
    int tower = 0;
    int maps = 0;  // a free slot with a stride of at least channels()
  };
  /// Keeps a pointer to the model.
  TowerHeadsStep(const KernelTable& kernels, const TowerModel& model, Slots slots);
  /// The channels of the head with the most maps.
  static int channels(const TowerModel& model);
  void run(Run& run) const override;
  StepFacts facts(const Workspace&) const override { return {"heads"}; }

 private:
  /// The convolution of one head, and the dense layers that follow for each image.
  struct Head {
    Head(const KernelTable& kernels, const ConvUnit& unit,
         const std::vector<const DenseLayer*>& layers);
    Conv conv;
    std::shared_ptr<const Norm> norm;
    int channels;
    std::vector<PackedDense> dense;
  };
  void run_convolution(Run& run, const Head& head) const;
  /// The outputs for one image, in scratch memory.
  const float* run_image(Run& run, const Head& head, int image) const;

  const TowerModel& model_;
  Slots slots_;
  Head policy_;
  std::optional<Head> value_;
};

}  // namespace ponnuki::nn::kernels
