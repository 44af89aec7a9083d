// NetEvaluator: judges positions by a network of KataGo's kind. It encodes them as planes
// (nn/inputs/planes.h), runs the network's forward pass, and turns the raw outputs into
// probabilities and points as KataGo's nneval.cpp does for each version.
#pragma once

#include <memory>
#include <vector>

#include "engine/evaluator.h"
#include "engine/mutex.h"
#include "nn/inputs/planes.h"
#include "nn/network.h"

namespace ponnuki::nn {

struct NetEvaluatorOptions {
  double draw_value = 0.5;  // share of a win that a draw is worth to White
  /// Read ladders for their planes, which are zero otherwise. Nets made elsewhere are trained with
  /// them. A net that does not look at these planes never gets them.
  bool ladders = true;
};

class NetEvaluator final : public Evaluator {
 public:
  /// Requires check(network->model()).
  explicit NetEvaluator(std::shared_ptr<Network> network, const NetEvaluatorOptions& options = {});
  ~NetEvaluator() override;

  /// An error if the model wants inputs that encode_planes() does not make: versions 3 to 7 did.
  static Status check(const Model& model);
  /// False if the weights of the ladder planes are all zero.
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
  Mutex mutex_;
  std::vector<std::unique_ptr<Workspace>> idle_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace ponnuki::nn
