// TowerReference: a TowerNetwork that is computed layer by layer with Eigen. The fast kernels are
// tested against it.
#pragma once

#include <memory>

#include "nn/network.h"
#include "nn/reference/layer_run.h"

namespace ponnuki::nn {

class TowerReference final : public TowerNetwork {
 public:
  /// Requires a model that check_tower() accepts.
  explicit TowerReference(std::shared_ptr<const TowerModel> model);

  const TowerModel& model() const override { return *model_; }
  /// Computes one position after another. Requires boards of the model's size.
  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) override;
  /// Like forward(), but also passes the output of every layer in list_layers() to `observer`. For
  /// the last norm of a residual block it passes the activated sum with the block's input.
  void forward_observed(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs,
                        const LayerObserver& observer) const;
  std::string backend_name() const override { return "reference (Eigen)"; }

 private:
  std::shared_ptr<const TowerModel> model_;
};

}  // namespace ponnuki::nn
