#include "nn/kernels/plan_runner.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "engine/check.h"
#include "engine/clock.h"

namespace ponnuki::nn::kernels {
namespace {

/// Bytes of the maps of one pass over the network: about the size of a second-level cache. With
/// smaller passes the weights are loaded more often; with larger ones the maps leave the cache.
/// Measured on Zen 5 with 1 MB.
constexpr int kMapBytes = 1000 << 10;
/// Board points in a call that hide the loading of a small net's weights: six boards of 9×9, three
/// of 13×13, or one of 19×19. Measured on Zen 5.
constexpr int kPreferredPoints = 6 * 81;
/// The same for a large net: the maps of one board of 19×19 do not fit in kMapBytes, and the
/// weights fit in no cache. Eight boards of 9×9, four of 13×13 or two of 19×19.
constexpr int kLargePoints = 2 * 361;

}  // namespace

PlanRunner::PlanRunner(const KernelTable& kernels, Plan plan)
    : kernels_(kernels),
      plan_(std::move(plan)),
      points_at_once_(kMapBytes / static_cast<int>(sizeof(float)) /
                      floats_a_point(plan_.slot_strides)),
      preferred_points_(kPreferredPoints) {
  if (points_at_once_ >= kLargePoints / 2) return;
  points_at_once_ = preferred_points_ = kLargePoints;
}

int PlanRunner::preferred_batch(BoardSize size) const {
  const int boards = (preferred_points_ + size.area() / 2) / size.area();
  return std::clamp(std::min(boards, boards_at_once(size)), 1, 16);
}

Products PlanRunner::products(BoardSize size, int boards) {
  boards = std::min(boards, boards_at_once(size));
  std::unique_ptr<Workspace> work = take_workspace();
  work->prepare(size, boards);
  Products products;
  for (const auto& step : plan_.steps) products += step->facts(*work).products;
  give_back(std::move(work));
  return 1.0 / boards * products;
}

int PlanRunner::boards_at_once(BoardSize size) const {
  return std::max(1, points_at_once_ / size.area());
}

void PlanRunner::forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) {
  PONNUKI_CHECK(inputs.size() == outputs.size());
  std::unique_ptr<Workspace> work = take_workspace();
  Batch batch{*work, inputs, outputs};
  forward_sorted(batch);
  give_back(std::move(work));
}

/// Groups positions of equal board size and cuts each group into equal parts. The positions of a
/// part are computed together.
void PlanRunner::forward_sorted(Batch& batch) {
  const auto size_of = [&](int i) { return batch.inputs[static_cast<std::size_t>(i)].size; };
  std::vector<int>& order = batch.work.order();
  order.resize(batch.inputs.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    const BoardSize s = size_of(a), t = size_of(b);
    return std::tuple(s.height, s.width, a) < std::tuple(t.height, t.width, b);
  });
  std::span<const int> rest(order);
  while (!rest.empty()) {
    const BoardSize size = size_of(rest[0]);
    const auto most = static_cast<std::size_t>(boards_at_once(size));
    std::size_t alike = 1;
    while (alike < rest.size() && size_of(rest[alike]) == size) ++alike;
    const std::size_t parts = (alike + most - 1) / most;
    const std::size_t count = (alike + parts - 1) / parts;
    forward_group(batch, rest.first(count));
    rest = rest.subspan(count);
  }
}

void PlanRunner::forward_group(Batch& batch, std::span<const int> group) {
  run_steps(batch, group, [](const Step& step, Run& run) { step.run(run); });
}

std::vector<PlanRunner::StepTime> PlanRunner::time_steps(std::span<const NetworkInput> inputs,
                                                         std::span<NetworkOutput> outputs) {
  std::vector<StepTime> times;
  std::unique_ptr<Workspace> work = take_workspace();
  Batch batch{*work, inputs, outputs};
  std::vector<int> all(inputs.size());
  std::iota(all.begin(), all.end(), 0);
  run_steps(batch, all, [&](const Step& step, Run& run) {
    const auto start = Clock::now();
    step.run(run);
    times.push_back({step.facts(run.work), seconds_since(start)});
  });
  give_back(std::move(work));
  return times;
}

/// Calls run_step for each step of a pass over some positions of one board size.
template <typename RunStep>
void PlanRunner::run_steps(Batch& batch, std::span<const int> group, const RunStep& run_step) {
  Workspace& work = batch.work;
  work.prepare(batch.inputs[static_cast<std::size_t>(group[0])].size,
               static_cast<int>(group.size()));
  std::vector<const NetworkInput*>& inputs = work.inputs();
  std::vector<NetworkOutput*>& outputs = work.outputs();
  inputs.clear();
  outputs.clear();
  for (const int i : group) {
    inputs.push_back(&batch.inputs[static_cast<std::size_t>(i)]);
    outputs.push_back(&batch.outputs[static_cast<std::size_t>(i)]);
  }
  Run run{kernels_, work, inputs.data(), outputs.data()};
  for (const auto& step : plan_.steps) {
    work.scratch().reset();
    run_step(*step, run);
  }
}

std::unique_ptr<Workspace> PlanRunner::take_workspace() {
  const MutexLock lock(mutex_);
  if (idle_.empty()) return std::make_unique<Workspace>(plan_.slot_strides);
  std::unique_ptr<Workspace> work = std::move(idle_.back());
  idle_.pop_back();
  return work;
}

void PlanRunner::give_back(std::unique_ptr<Workspace> work) {
  const MutexLock lock(mutex_);
  idle_.push_back(std::move(work));
}

}  // namespace ponnuki::nn::kernels
