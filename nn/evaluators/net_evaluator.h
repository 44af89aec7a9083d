// NetEvaluator: evaluates positions with a network of KataGo's architecture. It encodes them as
// planes (nn/inputs/planes.h), runs the network's forward pass, and converts the raw outputs to
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
  // The value of a draw for White, as a share of a win.
  double draw_value = 0.5;
  /// Whether to read ladders for their input planes; if false, these planes are zero. Nets from
  /// elsewhere are trained with them. For a net that ignores these planes, ladders are never read.
  bool ladders = true;
};

class NetEvaluator final : public Evaluator {
 public:
  /// Requires that check(network->model()) succeeds.
  explicit NetEvaluator(std::shared_ptr<Network> network, const NetEvaluatorOptions& options = {});
  ~NetEvaluator() override;

  /// Returns an error if the model needs inputs that encode_planes() does not make, as versions 3
  /// to 7 do.
  static Status check(const Model& model);
  /// False if the weights of the ladder planes are all zero.
  static bool reads_ladders(const Model& model);

  /// Runs one forward pass for all requests, on the calling thread. Throws std::runtime_error if an
  /// output of the net is not finite.
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
