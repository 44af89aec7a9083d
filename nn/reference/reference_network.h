// ReferenceNetwork: a Network layer by layer over Eigen, for any model that loads and any board,
// and the truth that faster kernels are compared with. Exact layout and algorithm of each layer:
// conv.h, pool.h, activation.h, dense.h, layer_run.h, blocks.h, transformer.h, heads.h.
#pragma once

#include <memory>
#include <string>

#include "nn/network.h"
#include "nn/reference/layer_run.h"

namespace ponnuki::nn {

class ReferenceNetwork final : public Network {
 public:
  /// Requires a model that check_model() accepts.
  explicit ReferenceNetwork(std::shared_ptr<const Model> model);

  const Model& model() const override { return *model_; }
  /// One position after the other, on the calling thread. A position's outputs do not depend on its
  /// company.
  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) override;
  /// The same, and tells `observer` what comes out of every layer.
  void forward_observed(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs,
                        const LayerObserver& observer) const;
  std::string backend_name() const override { return "reference (Eigen)"; }

 private:
  std::shared_ptr<const Model> model_;
};

}  // namespace ponnuki::nn
