#include "nn/training/training_net.h"

#include <algorithm>
#include <map>

#include "engine/check.h"
#include "nn/kernels/plan.h"

namespace ponnuki::nn::training {
namespace {

/// The size of all maps of a microbatch. A microbatch reads the maps and the weights, and updates
/// the sums, about once. So the maps of small nets stay in a second-level cache. Those of large
/// nets are as large as the sums, which are then read less often.
constexpr std::size_t kLeastMapBytes = 3 << 20, kMostMapBytes = 24 << 20;

std::size_t map_bytes(const TrainingPlan& plan) {
  return std::clamp(plan.sums * sizeof(float), kLeastMapBytes, kMostMapBytes);
}

}  // namespace

/// Boards of one size, by their indices in the batch.
struct TrainingNet::Microbatch {
  BoardSize size;
  std::vector<std::size_t> members;
};

struct TrainingNet::Thread {
  std::unique_ptr<kernels::Workspace> work;
  kernels::AlignedFloats sums;
  std::vector<Microbatch> share;
  std::vector<const NetworkInput*> inputs;
  std::vector<NetworkOutput> outputs, output_gradients;
  std::vector<float> maxima;  // of the channels of plan_.activated, since watch_channels()
};

TrainingNet::TrainingNet(Model model, const TrainingNetOptions& options)
    : model_(std::move(model)),
      layout_(model_),
      kernels_(options.simd ? kernels::kernel_table(*options.simd)
                            : kernels::default_kernel_table()),
      plan_(make_training_plan(kernels_, layout_, model_, options.precision)),
      workers_(options.workers ? options.workers : std::make_shared<WorkerPool>()) {
  for (int i = 0; i < std::max(1, options.threads); ++i) {
    threads_.push_back(std::make_unique<Thread>());
    threads_.back()->work = std::make_unique<kernels::Workspace>(plan_.slot_strides);
  }
  pack_weights();
}

TrainingNet::~TrainingNet() = default;

void TrainingNet::pack_weights() {
  workers_->run(threads_.size(), [&](std::size_t t) {
    for (std::size_t i = t; i < plan_.steps(); i += threads_.size()) plan_.pack(i);
  });
}

void TrainingNet::set_parameters(std::span<const float> values) {
  ponnuki::nn::set_parameters(values, model_);
  pack_weights();
}

void TrainingNet::gradient(std::span<const NetworkInput> inputs, const Loss& loss,
                           std::span<float> gradient) {
  PONNUKI_CHECK(gradient.size() == layout_.size());
  share_out(inputs);
  const std::size_t threads = threads_.size();
  workers_->run(threads, [&](std::size_t t) { run_thread(*threads_[t], inputs, loss); });
  workers_->run(threads, [&](std::size_t t) { add_up_sums(t); });
  workers_->run(threads, [&](std::size_t t) {
    for (std::size_t i = t; i < plan_.backward.size(); i += threads)
      plan_.backward[i]->collect(threads_[0]->sums.data(), gradient.data());
  });
}

/// Cuts the batch into microbatches and distributes them among the threads as evenly as possible.
void TrainingNet::share_out(std::span<const NetworkInput> inputs) {
  std::map<std::pair<std::uint8_t, std::uint8_t>, std::vector<std::size_t>>
      by_size;  // by height and width
  for (std::size_t i = 0; i < inputs.size(); ++i)
    by_size[{inputs[i].size.height, inputs[i].size.width}].push_back(i);
  for (const auto& thread : threads_) thread->share.clear();
  const int floats = kernels::floats_a_point(plan_.slot_strides);
  const std::size_t threads = threads_.size();
  std::size_t next = 0;  // thread
  for (const auto& group : by_size) {
    const auto& size = group.first;  // clang 14 does not capture structured bindings
    const auto& members = group.second;
    const int points = (size.first + 2) * (size.second + 2);
    const std::size_t bytes = static_cast<std::size_t>(points * floats) * sizeof(float);
    const std::size_t most = std::max<std::size_t>(1, map_bytes(plan_) / bytes);
    std::size_t parts = (members.size() + most - 1) / most;
    parts = std::min(members.size(), (parts + threads - 1) / threads * threads);
    for (std::size_t p = 0; p < parts; ++p) {
      const auto begin = members.begin();
      const auto at = [&](std::size_t part) {
        return begin + static_cast<std::ptrdiff_t>(members.size() * part / parts);
      };
      threads_[next]->share.push_back({{size.second, size.first}, {at(p), at(p + 1)}});
      next = (next + 1) % threads;
    }
  }
}

/// Adds the other threads' sums to the first thread's, for part t of the array.
void TrainingNet::add_up_sums(std::size_t t) const {
  const std::size_t begin = plan_.sums * t / threads_.size();
  const std::size_t end = plan_.sums * (t + 1) / threads_.size();
  float* total = threads_[0]->sums.data();
  for (std::size_t other = 1; other < threads_.size(); ++other) {
    const float* sums = threads_[other]->sums.data();
    for (std::size_t i = begin; i < end; ++i) total[i] += sums[i];
  }
}

void TrainingNet::run_thread(Thread& thread, std::span<const NetworkInput> inputs,
                             const Loss& loss) const {
  thread.sums.assign(plan_.sums, 0.0F);
  for (const Microbatch& batch : thread.share) run_microbatch(thread, batch, inputs, loss);
}

void TrainingNet::run_microbatch(Thread& thread, const Microbatch& batch,
                                 std::span<const NetworkInput> inputs, const Loss& loss) const {
  const std::size_t count = batch.members.size();
  thread.work->prepare(batch.size, static_cast<int>(count));
  thread.outputs.resize(std::max(thread.outputs.size(), count));
  thread.output_gradients.resize(thread.outputs.size());
  thread.inputs.clear();
  std::vector<NetworkOutput*> outputs;
  std::vector<const NetworkOutput*> gradients;
  for (std::size_t i = 0; i < count; ++i) {
    thread.inputs.push_back(&inputs[batch.members[i]]);
    outputs.push_back(&thread.outputs[i]);
    gradients.push_back(&thread.output_gradients[i]);
  }
  kernels::Run run{kernels_, *thread.work, thread.inputs.data(), outputs.data()};
  for (const ForwardStep& forward : plan_.forward) {
    thread.work->scratch().reset();
    forward.step->run(run);
  }
  if (watches_) find_maxima(thread);
  for (std::size_t i = 0; i < count; ++i) {
    NetworkOutput& gradient = thread.output_gradients[i];
    gradient.policy.resize(outputs[i]->policy.size());
    gradient.value.resize(outputs[i]->value.size());
    gradient.misc.resize(outputs[i]->misc.size());
    gradient.ownership.resize(outputs[i]->ownership.size());
    loss(batch.members[i], *outputs[i], gradient);
  }
  BackwardRun backward{run, gradients.data(), thread.sums.data()};
  for (const auto& step : plan_.backward) {
    thread.work->scratch().reset();
    step->run(backward);
  }
}

/// Raises thread.maxima to those of the maps that the last microbatch left.
void TrainingNet::find_maxima(Thread& thread) const {
  float* maxima = thread.maxima.data();
  for (const ActivatedMap& map : plan_.activated) {
    const kernels::Map values = thread.work->slot(map.slot);
    const std::ptrdiff_t points =
        std::ptrdiff_t{thread.work->images()} * thread.work->frame().points();
    for (std::ptrdiff_t p = 0; p < points; ++p) {
      const float* point = values.data + p * values.stride;
      for (int c = 0; c < map.norm->channels; ++c) maxima[c] = std::max(maxima[c], point[c]);
    }
    maxima += map.norm->channels;
  }
}

void TrainingNet::watch_channels() {
  std::size_t channels = 0;
  for (const ActivatedMap& map : plan_.activated)
    channels += static_cast<std::size_t>(map.norm->channels);
  for (const auto& thread : threads_) thread->maxima.assign(channels, 0.0F);
  watches_ = true;
}

std::vector<bool> TrainingNet::idle_channels() {
  watches_ = false;
  std::vector<bool> idle;
  for (std::size_t c = 0; c < threads_[0]->maxima.size(); ++c)
    idle.push_back(
        std::ranges::all_of(threads_, [c](const auto& thread) { return thread->maxima[c] <= 0; }));
  return idle;
}

}  // namespace ponnuki::nn::training
