// TrainingNet: a model and the gradient of a loss with respect to its parameters, on several
// threads.
//
// A batch is cut into microbatches of boards of one size, a few at a time, so that no board is
// masked or padded and maps stay in the cache; each thread takes its share of them, always the same
// one, so that sums come out the same to the bit for a given number of threads.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "nn/kernels/simd/simd_level.h"
#include "nn/training/training_plan.h"

namespace ponnuki::nn::training {

struct TrainingNetOptions {
  int threads = 1;
  std::optional<kernels::SimdLevel> simd;  // default: the best that the processor has
};

class TrainingNet {
 public:
  /// Requires what make_training_plan() requires.
  TrainingNet(Model model, const TrainingNetOptions& options);
  ~TrainingNet();

  const Model& model() const { return model_; }
  const ParameterLayout& layout() const { return layout_; }
  /// In the order of layout().
  std::vector<float> parameters() const { return parameters_of(model_); }
  void set_parameters(std::span<const float> values);

  /// Given input number i of the batch and what the net makes of it, writes the gradient of its
  /// loss with respect to these outputs; all vectors have the outputs' sizes. Called on several
  /// threads at once, once an input.
  using Loss =
      std::function<void(std::size_t i, const NetworkOutput& output, NetworkOutput& gradient)>;
  /// The gradient of the sum of the losses, [layout().size()].
  void gradient(std::span<const NetworkInput> inputs, const Loss& loss, std::span<float> gradient);

 private:
  struct Thread;
  struct Microbatch;

  void make_plan();
  template <typename Work>
  void on_all_threads(const Work& work) const;
  void add_up_sums(std::size_t t) const;
  void run_thread(Thread& thread, std::span<const NetworkInput> inputs, const Loss& loss) const;
  void run_microbatch(Thread& thread, const Microbatch& batch, std::span<const NetworkInput> inputs,
                      const Loss& loss) const;

  Model model_;
  ParameterLayout layout_;
  const kernels::KernelTable& kernels_;
  TrainingPlan plan_;
  std::vector<std::unique_ptr<Thread>> threads_;
};

}  // namespace ponnuki::nn::training
