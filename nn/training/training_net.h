// TrainingNet: a model and the gradient of a loss with respect to its parameters. Uses several
// threads.
//
// A batch is cut into microbatches of a few boards of one size each. Boards therefore need no masks
// or padding, and the maps stay in the cache. Microbatches are assigned to threads by index, so
// that the sums are identical to the bit for a given number of threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/worker_pool.h"
#include "nn/kernels/simd/simd_level.h"
#include "nn/training/channel_revival.h"
#include "nn/training/training_plan.h"

namespace ponnuki::nn::training {

struct TrainingNetOptions {
  int threads = 1;
  std::optional<kernels::SimdLevel> simd = {};  // default: the best that the processor has
  std::shared_ptr<WorkerPool> workers = {};     // null: makes its own pool
  // kReduced learns as well as kFp32 (docs/results/training.md) and is faster.
  TrainingPrecision precision = TrainingPrecision::kReduced;
};

class TrainingNet {
 public:
  /// Requirements as for make_training_plan().
  TrainingNet(Model model, const TrainingNetOptions& options);
  ~TrainingNet();

  const Model& model() const { return model_; }
  const ParameterLayout& layout() const { return layout_; }
  /// In the order of layout().
  std::vector<float> parameters() const { return parameters_of(model_); }
  void set_parameters(std::span<const float> values);

  /// Called with the index of an input in the batch and the net's output for it; writes the
  /// gradient of the loss with respect to this output. All vectors have the outputs' sizes. Called
  /// once for each input, concurrently from several threads.
  using Loss =
      std::function<void(std::size_t i, const NetworkOutput& output, NetworkOutput& gradient)>;
  /// Computes the gradient of the sum of the losses, [layout().size()].
  void gradient(std::span<const NetworkInput> inputs, const Loss& loss, std::span<float> gradient);

  /// Begins to watch which channels of the plan's activated maps are ever above 0 in gradient().
  void watch_channels();
  /// Ends watching. Returns for each channel, map after map, whether it was idle: 0 at all points of
  /// all inputs. Most of these are 0 everywhere, and then have no gradient ever after.
  std::vector<bool> idle_channels();

  std::vector<ParameterChange> revival(const std::vector<bool>& idle, Random& random) const {
    return revive_channels(plan_.activated, idle, layout_, random);
  }

 private:
  struct Thread;
  struct Microbatch;

  void pack_weights();
  void share_out(std::span<const NetworkInput> inputs);
  void add_up_sums(std::size_t t) const;
  void run_thread(Thread& thread, std::span<const NetworkInput> inputs, const Loss& loss) const;
  void find_maxima(Thread& thread) const;
  void run_microbatch(Thread& thread, const Microbatch& batch, std::span<const NetworkInput> inputs,
                      const Loss& loss) const;

  Model model_;
  ParameterLayout layout_;
  const kernels::KernelTable& kernels_;
  TrainingPlan plan_;
  std::shared_ptr<WorkerPool> workers_;
  std::vector<std::unique_ptr<Thread>> threads_;
  bool watches_ = false;
};

}  // namespace ponnuki::nn::training
