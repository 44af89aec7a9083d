// ReferenceNetwork: a Network computed layer by layer with Eigen, for any model that loads and any
// board. Faster kernels are tested against it. Exact layout and algorithm of each layer:
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
  /// One position after the other, on the calling thread. The outputs of a position do not depend
  /// on the others.
  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) override;
  /// The same, and gives the output of every layer to `observer`.
  void forward_observed(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs,
                        const LayerObserver& observer) const;
  std::string backend_name() const override { return "reference (Eigen)"; }

 private:
  std::shared_ptr<const Model> model_;
};

}  // namespace ponnuki::nn
