#include "nn/training/optimizer.h"

#include <algorithm>
#include <cmath>

#include "engine/check.h"

namespace ponnuki {

Optimizer::Optimizer(const ParameterLayout& layout, const OptimizerOptions& options)
    : options_(options), rate_(layout.size(), 1.0F), decay_(layout.size()) {
  state_.first.resize(layout.size());
  if (options_.kind == OptimizerKind::kAdamW) state_.second.resize(layout.size());
  for (const ParameterTensor& tensor : layout.tensors()) {
    const auto fill = [&](std::vector<float>& numbers, double value) {
      std::fill_n(numbers.begin() + static_cast<std::ptrdiff_t>(tensor.begin), tensor.size,
                  static_cast<float>(value));
    };
    if (!tensor.is_bias) fill(decay_, options_.weight_decay);
    const auto rate = options_.rates.find(tensor.name);
    if (rate != options_.rates.end()) fill(rate_, rate->second);
  }
}

double Optimizer::step(std::span<float> values, std::span<const float> gradient,
                       double learning_rate) {
  PONNUKI_CHECK(values.size() == decay_.size() && gradient.size() == decay_.size());
  double squares = 0;
  for (const float g : gradient) squares += static_cast<double>(g) * static_cast<double>(g);
  const double norm = std::sqrt(squares);
  if (!std::isfinite(norm)) return norm;
  const double scale = options_.clip > 0 && norm > options_.clip ? options_.clip / norm : 1;
  ++state_.steps;
  if (options_.kind == OptimizerKind::kAdamW) {
    step_adam(values, gradient, learning_rate, static_cast<float>(scale));
  } else {
    step_sgd(values, gradient, learning_rate, static_cast<float>(scale));
  }
  return norm;
}

void Optimizer::step_adam(std::span<float> values, std::span<const float> gradient, double rate,
                          float scale) {
  const auto steps = static_cast<double>(state_.steps);
  const auto beta1 = static_cast<float>(options_.momentum);
  const auto beta2 = static_cast<float>(options_.beta2);
  // Moments begin at 0, which makes them too small at first.
  const auto first_scale = static_cast<float>(rate / (1 - std::pow(options_.momentum, steps)));
  const auto second_scale = static_cast<float>(1 / (1 - std::pow(options_.beta2, steps)));
  const auto decay_rate = static_cast<float>(rate);
  const auto kEpsilon = static_cast<float>(options_.epsilon);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float g = scale * gradient[i];
    float& first = state_.first[i];
    float& second = state_.second[i];
    first = beta1 * first + (1 - beta1) * g;
    second = beta2 * second + (1 - beta2) * g * g;
    values[i] -= rate_[i] * (first_scale * first / (std::sqrt(second_scale * second) + kEpsilon) +
                             decay_rate * decay_[i] * values[i]);
  }
}

void Optimizer::step_sgd(std::span<float> values, std::span<const float> gradient, double rate,
                         float scale) {
  const auto momentum = static_cast<float>(options_.momentum);
  const auto learning_rate = static_cast<float>(rate);
  for (std::size_t i = 0; i < values.size(); ++i) {
    float& first = state_.first[i];
    first = momentum * first + scale * gradient[i];
    values[i] -= learning_rate * rate_[i] * (first + decay_[i] * values[i]);
  }
}

void Optimizer::restore(State state) {
  PONNUKI_CHECK(state.first.size() == state_.first.size());
  PONNUKI_CHECK(state.second.size() == state_.second.size());
  state_ = std::move(state);
}

}  // namespace ponnuki
