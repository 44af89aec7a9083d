#include "nn/evaluators/net_evaluator.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "engine/check.h"
#include "nn/evaluators/post_process.h"

namespace ponnuki::nn {

/// The buffers of one call, kept for later calls.
struct NetEvaluator::Workspace {
  PlaneEncoder encoder;
  std::vector<std::vector<float>> spatial;  // one for each request
  std::vector<std::vector<float>> global;
  std::vector<NetworkInput> inputs;
  std::vector<NetworkOutput> outputs;

  void resize(std::size_t count) {
    inputs.resize(count);
    if (outputs.size() >= count) return;
    spatial.resize(count);
    global.resize(count, std::vector<float>(static_cast<std::size_t>(kGlobalCount)));
    outputs.resize(count);
  }
};

/// Takes an idle workspace or makes one, and returns it at the end of the call.
class NetEvaluator::Lease {
 public:
  explicit Lease(NetEvaluator& owner) : owner_(owner) {
    const MutexLock lock(owner.mutex_);
    if (owner.idle_.empty()) {
      workspace_ = std::make_unique<Workspace>();
    } else {
      workspace_ = std::move(owner.idle_.back());
      owner.idle_.pop_back();
    }
  }
  ~Lease() {
    const MutexLock lock(owner_.mutex_);
    owner_.idle_.push_back(std::move(workspace_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  Workspace& operator*() { return *workspace_; }

 private:
  NetEvaluator& owner_;
  std::unique_ptr<Workspace> workspace_;
};

NetEvaluator::NetEvaluator(std::shared_ptr<Network> network, const NetEvaluatorOptions& options)
    : network_(std::move(network)), options_(options) {
  PONNUKI_CHECK(check(network_->model()).ok());
  options_.ladders = options_.ladders && reads_ladders(network_->model());
}

NetEvaluator::~NetEvaluator() = default;

bool NetEvaluator::reads_ladders(const Model& model) {
  constexpr int kFirst = kPlaneLaddered, kLast = kPlaneWorkingLadderMoves;
  const ConvLayer& conv = model.trunk.initial_conv;
  for (int tap = 0; tap < conv.height * conv.width; ++tap) {
    const auto* const weights = conv.weights.data() + std::ptrdiff_t{tap} * conv.in * conv.out;
    if (std::any_of(weights + kFirst * conv.out, weights + (kLast + 1) * conv.out,
                    [](float w) { return w != 0; }))
      return true;
  }
  return false;
}

Status NetEvaluator::check(const Model& model) {
  if (model.spatial_planes == kPlaneCount && model.global_features == kGlobalCount) return {};
  return Error{"the net " + model.name + " (version " + std::to_string(model.version) + ") wants " +
               std::to_string(model.spatial_planes) + " planes and " +
               std::to_string(model.global_features) +
               " numbers, not the 22 and 19 that are made here: use a net of version 8 or later"};
}

void NetEvaluator::encode(const EvalRequest& request, std::size_t index,
                          Workspace& workspace) const {
  const BoardSize size = request.position->size();
  std::vector<float>& spatial = workspace.spatial[index];
  std::vector<float>& global = workspace.global[index];
  spatial.resize(static_cast<std::size_t>(kPlaneCount * size.area()));
  PlaneOptions planes;
  planes.ladders = options_.ladders;
  planes.draw_value = options_.draw_value;
  planes.hide_game_end = request.conservative_pass;
  planes.hide_losing_game_end = request.passing_hacks;
  planes.playout_advantage = static_cast<double>(request.playout_doublings);
  planes.pass_alive_under_suicide = network_->model().pass_alive_under_suicide;
  workspace.encoder.encode(*request.position, request.symmetry, planes, spatial, global);
  const BoardSize shown = shape_keeping(request.symmetry, size).apply(size);
  workspace.inputs[index] = {shown, spatial.data(), global.data(), nullptr};
}

void NetEvaluator::evaluate(std::span<const EvalRequest> requests) {
  if (requests.empty()) return;
  Lease lease(*this);
  Workspace& workspace = *lease;
  workspace.resize(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) encode(requests[i], i, workspace);
  const auto outputs = std::span(workspace.outputs).first(requests.size());
  network_->forward(workspace.inputs, outputs);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!post_process(network_->model(), outputs[i], requests[i]))
      throw std::runtime_error("the net " + network_->model().name +
                               " gives numbers that are not finite: its weights overflow");
  }
}

std::string NetEvaluator::name() const {
  return network_->model().name + " on " + network_->backend_name();
}

}  // namespace ponnuki::nn
