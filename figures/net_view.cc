#include "figures/net_view.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include "nn/net_evaluator.h"
#include "nn/planes.h"
#include "nn/post_process.h"
#include "nn/reference_network.h"
#include "nn/tower_evaluator.h"
#include "nn/tower_reference.h"

namespace ponnuki {
namespace {

/// Of layers that share a name, the first.
LayerObserver remember_in(NetView& view) {
  return [&view](const std::string& layer, const FeatureMaps& maps) {
    view.layers.emplace(layer, maps);
  };
}

/// Owned by others, who keep it longer.
template <typename Net>
std::shared_ptr<const Net> borrowed(const Net& model) {
  return {std::shared_ptr<const Net>(), &model};
}

/// Computes a tower and keeps its inputs and layers.
class ObservedTower final : public TowerNetwork {
 public:
  ObservedTower(const TowerModel& model, NetView& view) : network_(borrowed(model)), view_(view) {}

  const TowerModel& model() const override { return network_.model(); }
  /// Requires one input.
  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) override {
    view_.planes.resize({model().planes(), model().size.height, model().size.width});
    std::copy_n(inputs[0].spatial, view_.planes.values().size(), view_.planes.values().begin());
    network_.forward_observed(inputs, outputs, remember_in(view_));
  }
  std::string backend_name() const override { return network_.backend_name(); }

 private:
  TowerReference network_;
  NetView& view_;
};

EvalRequest request_for(NetView& view) {
  EvalRequest request{.position = &view.position, .result = &view.evaluation};
  request.with_ownership = true;
  return request;
}

void encode(const Model& model, NetView& view) {
  const BoardSize size = view.position.size();
  view.planes.resize({kPlaneCount, size.height, size.width});
  view.numbers.resize(static_cast<std::size_t>(kGlobalCount));
  PlaneOptions options;
  options.ladders = NetEvaluator::reads_ladders(model);
  options.pass_alive_under_suicide = model.pass_alive_under_suicide;
  encode_planes(view.position, Symmetry(), options, view.planes.values(), view.numbers);
}

Status compute(const Model& model, NetView& view) {
  encode(model, view);
  view.layer_list = list_layers(model, view.position.size());
  const NetworkInput input{view.position.size(), view.planes.values().data(), view.numbers.data()};
  NetworkOutput output;
  ReferenceNetwork(borrowed(model)).forward_observed({&input, 1}, {&output, 1}, remember_in(view));
  if (post_process(model, output, request_for(view))) return {};
  return Error{"the net " + model.name +
               " gives numbers that are not finite: its weights overflow"};
}

Status compute(const TowerModel& model, NetView& view) {
  TowerEvaluator evaluator(std::make_shared<ObservedTower>(model, view));
  if (Status fits = check_size(evaluator, view.position.size()); !fits) return fits;
  view.layer_list = list_layers(model);
  view.has_value = model.value.has_value();
  view.knows_score = false;
  const EvalRequest request = request_for(view);
  try {
    evaluator.evaluate({&request, 1});
  } catch (const std::runtime_error& error) {
    return Error{error.what()};
  }
  return {};
}

const ConvLayer& first_layer(const Model& model) { return model.trunk.initial_conv; }
const ConvLayer& first_layer(const TowerModel& model) { return model.stem.conv; }
Encoder encoder_of(const Model&) { return Encoder::kKataGoV7; }
Encoder encoder_of(const TowerModel& model) { return model.encoder; }

}  // namespace

NetFront front_of(const AnyModel& model) {
  return std::visit(
      [](const auto& m) {
        return NetFront{m.name, encoder_of(m), &first_layer(m)};
      },
      model);
}

Result<NetView> look(const AnyModel& model, const Position& position, const std::string& title) {
  const NetFront front = front_of(model);
  NetView view{front.name, front.encoder, position, title, {}, {}, {}, {}, {}};
  const Status status = std::visit([&](const auto& m) { return compute(m, view); }, model);
  if (!status) return Error{status.error()};
  return view;
}

}  // namespace ponnuki
