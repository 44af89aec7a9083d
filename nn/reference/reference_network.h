// ReferenceNetwork: a Network that is computed layer by layer with Eigen, for any valid model and
// any board size. Faster kernels are tested against it. The headers conv.h, pool.h, activation.h,
// dense.h, layer_run.h, blocks.h, transformer.h and heads.h specify the layout and the algorithm of
// each layer.
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
  /// Computes one position after another, on the calling thread. The outputs of a position do not
  /// depend on the other positions.
  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) override;
  /// Like forward(), but also passes the output of every layer to `observer`.
  void forward_observed(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs,
                        const LayerObserver& observer) const;
  std::string backend_name() const override { return "reference (Eigen)"; }

 private:
  std::shared_ptr<const Model> model_;
};

}  // namespace ponnuki::nn
