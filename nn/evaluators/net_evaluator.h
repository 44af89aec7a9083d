// NetEvaluator: judges positions by a network: planes (nn/inputs/planes.h), the network's forward pass,
// and its raw outputs made into probabilities and points as KataGo's nneval.cpp does for each
// version.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "engine/evaluator.h"
#include "nn/inputs/planes.h"
#include "nn/network.h"

namespace ponnuki::nn {

struct NetEvaluatorOptions {
  double draw_value = 0.5;  // share of a win that a draw is worth to White
  /// Read ladders for planes 14-17, which are zero otherwise. Nets made elsewhere are trained with
  /// them; those that do not look at these planes go without in any case.
  bool ladders = true;
};

class NetEvaluator final : public Evaluator {
 public:
  /// Requires check(network->model()).
  explicit NetEvaluator(std::shared_ptr<Network> network, const NetEvaluatorOptions& options = {});
  ~NetEvaluator() override;

  /// An error if the model wants inputs that encode_planes() does not make: versions 3 to 7 did.
  static Status check(const Model& model);
  /// False if the weights of planes 14-17 are all zero.
  static bool reads_ladders(const Model& model);

  /// One forward pass for all requests, on the calling thread. Throws std::runtime_error if the net
  /// gives numbers that are not finite.
  void evaluate(std::span<const EvalRequest> requests) override;
  std::string name() const override;
  EvaluatorTraits traits(BoardSize size) const override {
    return {.preferred_batch = network_->preferred_batch(size)};
  }

 private:
  struct Workspace;
  class Lease;
  void encode(const EvalRequest& request, std::size_t index, Workspace& workspace) const;

  std::shared_ptr<Network> network_;
  NetEvaluatorOptions options_;
  std::mutex mutex_;  // guards idle_
  std::vector<std::unique_ptr<Workspace>> idle_;
};

}  // namespace ponnuki::nn
