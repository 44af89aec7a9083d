#include "nn/evaluators/tower_evaluator.h"

#include <cmath>
#include <stdexcept>
#include <vector>

#include "engine/check.h"
#include "nn/evaluators/policy_softmax.h"
#include "nn/inputs/alphago_planes.h"
#include "nn/inputs/planes.h"
#include "nn/inputs/zero_planes.h"

namespace ponnuki::nn {
namespace {

void encode(Encoder encoder, const Position& position, Symmetry symmetry, std::span<float> planes) {
  switch (encoder) {
    case Encoder::kLeelaZero:
      return encode_leela_zero(position, symmetry, planes);
    case Encoder::kAlphaGoZero:
      return encode_alphago_zero(position, symmetry, planes);
    case Encoder::kAlphaGo:
      return encode_alphago(position, symmetry, planes);
    case Encoder::kKataGoV7:
      PONNUKI_CHECK(false);  // check_tower() refuses it
  }
}

/// Returns false if a number is not finite.
bool set_policy(const NetworkOutput& output, const EvalRequest& request) {
  const Position& position = *request.position;
  const BoardSize size = position.size();
  const auto area = static_cast<std::size_t>(size.area());
  const Symmetry symmetry = shape_keeping(request.symmetry, size);
  std::vector<float>& policy = request.result->policy;
  policy.assign(area + 1, -INFINITY);
  const PointSet legal = position.legal_points_after_end();
  float sum = 0;
  legal.for_each([&](Point p) {
    const auto from = static_cast<std::size_t>(symmetry.apply(p, size).cell(symmetry.apply(size)));
    const float logit = output.policy[from] / request.policy_temperature;
    policy[static_cast<std::size_t>(p.cell(size))] = logit;
    sum += logit;
  });
  const bool knows_pass = output.policy.size() > area;
  policy[area] = knows_pass ? output.policy[area] / request.policy_temperature
                            : sum / static_cast<float>(std::max(legal.size(), 1));
  return policy_softmax(request.passing_hacks, policy);
}

/// Returns false if the value is not finite.
bool set_value(const TowerModel& model, const NetworkOutput& output, const EvalRequest& request) {
  const bool turned = model.value_is_blacks && request.position->to_move() == Color::kWhite;
  const float value = std::tanh(output.value[0]) * (turned ? -1.0F : 1.0F);
  request.result->win = (1 + value) / 2;
  request.result->loss = 1 - request.result->win;
  return std::isfinite(value);
}

}  // namespace

TowerEvaluator::TowerEvaluator(std::shared_ptr<TowerNetwork> network)
    : network_(std::move(network)) {
  PONNUKI_CHECK(check_tower(network_->model()).ok());
}

void TowerEvaluator::evaluate(std::span<const EvalRequest> requests) {
  const TowerModel& model = network_->model();
  const auto planes = static_cast<std::size_t>(model.planes() * model.size.area());
  std::vector<float> spatial(planes * requests.size());
  std::vector<NetworkInput> inputs;
  std::vector<NetworkOutput> outputs(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    PONNUKI_CHECK(requests[i].position->size() == model.size);
    const std::span<float> mine = std::span(spatial).subspan(i * planes, planes);
    encode(model.encoder, *requests[i].position, requests[i].symmetry, mine);
    inputs.push_back({model.size, mine.data()});
  }
  network_->forward(inputs, outputs);
  if (!model.value) playouts_.evaluate(requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const EvalRequest& request = requests[i];
    if (model.value) {
      *request.result = Evaluation{};
      if (request.with_ownership)
        request.result->ownership.assign(static_cast<std::size_t>(model.size.area()), 0.0F);
    }
    const bool finite =
        set_policy(outputs[i], request) && (!model.value || set_value(model, outputs[i], request));
    if (!finite)
      throw std::runtime_error("the net " + model.name +
                               " gives numbers that are not finite: its weights overflow");
  }
}

std::string TowerEvaluator::name() const {
  return network_->model().name + " on " + network_->backend_name();
}

}  // namespace ponnuki::nn
