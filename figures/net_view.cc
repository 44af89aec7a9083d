#include "figures/net_view.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include "nn/evaluators/net_evaluator.h"
#include "nn/evaluators/post_process.h"
#include "nn/evaluators/tower_evaluator.h"
#include "nn/inputs/planes.h"
#include "nn/reference/reference_network.h"
#include "nn/reference/tower_reference.h"

namespace ponnuki::figures {
namespace {

/// Stores the outputs of all layers. If several layers have the same name, stores the first output.
nn::LayerObserver remember_in(NetView& view) {
  return [&view](const std::string& layer, const nn::FeatureMaps& maps) {
    view.layers.emplace(layer, maps);
  };
}

/// A pointer that does not own the model.
template <typename Net>
std::shared_ptr<const Net> borrowed(const Net& model) {
  return {std::shared_ptr<const Net>(), &model};
}

/// Computes a tower and stores its inputs and the outputs of its layers.
class ObservedTower final : public nn::TowerNetwork {
 public:
  ObservedTower(const nn::TowerModel& model, NetView& view)
      : network_(borrowed(model)), view_(view) {}

  const nn::TowerModel& model() const override { return network_.model(); }
  /// Requires one input.
  void forward(std::span<const nn::NetworkInput> inputs,
               std::span<nn::NetworkOutput> outputs) override {
    view_.planes.resize({model().planes(), model().size.height, model().size.width});
    std::copy_n(inputs[0].spatial, view_.planes.values().size(), view_.planes.values().begin());
    network_.forward_observed(inputs, outputs, remember_in(view_));
  }
  std::string backend_name() const override { return network_.backend_name(); }

 private:
  nn::TowerReference network_;
  NetView& view_;
};

EvalRequest request_for(NetView& view) {
  EvalRequest request{.position = &view.position, .result = &view.evaluation};
  request.with_ownership = true;
  return request;
}

void encode(const nn::Model& model, NetView& view) {
  const BoardSize size = view.position.size();
  view.planes.resize({nn::kPlaneCount, size.height, size.width});
  view.numbers.resize(static_cast<std::size_t>(nn::kGlobalCount));
  nn::PlaneOptions options;
  options.ladders = nn::NetEvaluator::reads_ladders(model);
  options.pass_alive_under_suicide = model.pass_alive_under_suicide;
  nn::encode_planes(view.position, Symmetry(), options, view.planes.values(), view.numbers);
}

Status compute(const nn::Model& model, NetView& view) {
  encode(model, view);
  view.layer_list = nn::list_layers(model, view.position.size());
  const nn::NetworkInput input{view.position.size(), view.planes.values().data(),
                               view.numbers.data()};
  nn::NetworkOutput output;
  nn::ReferenceNetwork(borrowed(model))
      .forward_observed({&input, 1}, {&output, 1}, remember_in(view));
  if (nn::post_process(model, output, request_for(view))) return {};
  return Error{"the net " + model.name +
               " gives numbers that are not finite: its weights overflow"};
}

Status compute(const nn::TowerModel& model, NetView& view) {
  nn::TowerEvaluator evaluator(std::make_shared<ObservedTower>(model, view));
  PONNUKI_TRY(check_size(evaluator, view.position.size()));
  view.layer_list = nn::list_layers(model);
  view.has_value = model.value.has_value();
  view.knows_score = false;
  try {
    evaluate_one(evaluator, request_for(view));
  } catch (const std::runtime_error& error) {
    return Error{error.what()};
  }
  return {};
}

const nn::ConvLayer& first_layer(const nn::Model& model) { return model.trunk.initial_conv; }
const nn::ConvLayer& first_layer(const nn::TowerModel& model) { return model.stem.conv; }
nn::Encoder encoder_of(const nn::Model&) { return nn::Encoder::kKataGoV7; }
nn::Encoder encoder_of(const nn::TowerModel& model) { return model.encoder; }

}  // namespace

NetFront front_of(const nn::AnyModel& model) {
  return std::visit(
      [](const auto& m) {
        return NetFront{m.name, encoder_of(m), &first_layer(m)};
      },
      model);
}

Result<NetView> look(const nn::AnyModel& model, const Position& position,
                     const std::string& title) {
  const NetFront front = front_of(model);
  NetView view{front.name, front.encoder, position, title, {}, {}, {}, {}, {}};
  const Status status = std::visit([&](const auto& m) { return compute(m, view); }, model);
  if (!status) return status.error();
  return view;
}

}  // namespace ponnuki::figures
