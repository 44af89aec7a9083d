// PlanRunner: computes positions by a plan. Thread-safe: each calling thread uses its own
// workspace. After the first calls it allocates nothing.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/mutex.h"
#include "nn/kernels/plan.h"

namespace ponnuki::nn::kernels {

class PlanRunner {
 public:
  PlanRunner(const KernelTable& kernels, Plan plan);

  /// Computes positions of one board size together, as many at once as the cache can hold the maps
  /// of.
  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs);

  struct StepTime {
    StepFacts facts;
    double seconds = 0;
  };
  /// Computes positions of one board size, as many as are computed at once, and times each step.
  std::vector<StepTime> time_steps(std::span<const NetworkInput> inputs,
                                   std::span<NetworkOutput> outputs);

  /// For ForwardPass::preferred_batch(): enough boards to hide the loading of the weights.
  int preferred_batch(BoardSize size) const;
  /// For ForwardPass::products().
  Products products(BoardSize size, int boards);

 private:
  struct Batch {
    Workspace& work;
    std::span<const NetworkInput> inputs;
    std::span<NetworkOutput> outputs;
  };
  int boards_at_once(BoardSize size) const;
  void forward_sorted(Batch& batch);
  void forward_group(Batch& batch, std::span<const int> group);
  template <typename RunStep>
  void run_steps(Batch& batch, std::span<const int> group, const RunStep& run_step);
  std::unique_ptr<Workspace> take_workspace();
  void give_back(std::unique_ptr<Workspace> work);

  const KernelTable& kernels_;
  Plan plan_;
  int points_at_once_;    // board points in one pass
  int preferred_points_;  // in one call
  Mutex mutex_;
  std::vector<std::unique_ptr<Workspace>> idle_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace ponnuki::nn::kernels
