// PlanRunner: drives positions through a plan, on any number of threads at once, each with a
// workspace of its own; after the first calls it allocates nothing.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "nn/kernels/plan.h"

namespace ponnuki::nn::kernels {

class PlanRunner {
 public:
  PlanRunner(const KernelTable& kernels, Plan plan);

  /// Positions of one size go through together, as many at once as their maps fit the cache.
  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs);

  /// Network::preferred_batch(): boards that hide the fetching of the weights.
  static int preferred_batch(BoardSize size);

 private:
  struct Batch {
    Workspace& work;
    std::span<const NetworkInput> inputs;
    std::span<NetworkOutput> outputs;
  };
  void forward_sorted(Batch& batch);
  void forward_group(Batch& batch, std::span<const int> group);
  std::unique_ptr<Workspace> take_workspace();
  void give_back(std::unique_ptr<Workspace> work);

  const KernelTable& kernels_;
  Plan plan_;
  int points_at_once_;     // of the board, in one pass
  std::mutex idle_mutex_;  // guards idle_
  std::vector<std::unique_ptr<Workspace>> idle_;
};

}  // namespace ponnuki::nn::kernels
