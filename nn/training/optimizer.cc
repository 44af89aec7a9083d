#include "nn/training/optimizer.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/check.h"
#include "nn/kernels/simd/simd_level.h"

namespace ponnuki::nn::training {
namespace {

/// The root mean square of an AdamW step of rate 1, about, as Liu et al. measured.
constexpr double kAdamStep = 0.2;

/// Adds to several sums at once, so that the loop can be vectorised.
double sum_of_squares(std::span<const float> numbers) {
  constexpr std::size_t kSums = 16;
  std::array<double, kSums> sums{};
  const std::size_t whole = numbers.size() / kSums * kSums;
  for (std::size_t i = 0; i < whole; i += kSums) {
    for (std::size_t s = 0; s < kSums; ++s) {
      const auto x = static_cast<double>(numbers[i + s]);
      sums[s] += x * x;
    }
  }
  double sum = 0;
  for (const double part : sums) sum += part;
  for (const float x : numbers.subspan(whole))
    sum += static_cast<double>(x) * static_cast<double>(x);
  return sum;
}

}  // namespace

std::string optimizer_name(OptimizerKind kind) {
  if (kind == OptimizerKind::kSgd) return "sgd";
  return kind == OptimizerKind::kMuon ? "muon" : "adamw";
}

Optimizer::Optimizer(const ParameterLayout& layout, const OptimizerOptions& options)
    : options_(options),
      workers_(options.workers ? options.workers : std::make_shared<WorkerPool>()) {
  state_.first.resize(layout.size());
  if (options_.kind != OptimizerKind::kSgd) state_.second.resize(layout.size());
  for (const ParameterTensor& tensor : layout.tensors()) {
    const auto rate = options_.rates.find(tensor.name);
    const int columns = options_.kind == OptimizerKind::kMuon ? tensor.hidden_columns : 0;
    (columns > 0 ? matrices_ : parts_)
        .push_back({tensor.begin, tensor.size,
                    rate == options_.rates.end() ? 1.0F : static_cast<float>(rate->second),
                    tensor.is_bias ? 0.0F : static_cast<float>(options_.weight_decay), columns});
  }
  for (int t = 0; t < std::max(1, options_.threads); ++t)
    threads_.push_back({Orthogonalizer(kernels::default_kernel_table()), {}});
}

double Optimizer::step(std::span<float> values, std::span<const float> gradient,
                       double learning_rate) {
  PONNUKI_CHECK(values.size() == state_.first.size() && gradient.size() == state_.first.size());
  const double norm = std::sqrt(sum_of_squares(gradient));
  if (!std::isfinite(norm)) return norm;
  const double scale = options_.clip > 0 && norm > options_.clip ? options_.clip / norm : 1;
  ++state_.steps;
  if (options_.kind == OptimizerKind::kSgd) {
    step_sgd(values, gradient, learning_rate, static_cast<float>(scale));
  } else {
    step_adam(values, gradient, learning_rate, static_cast<float>(scale));
    // Only then: it wakes up all threads.
    if (!matrices_.empty()) step_muon(values, gradient, learning_rate, static_cast<float>(scale));
  }
  return norm;
}

void Optimizer::step_adam(std::span<float> values, std::span<const float> gradient, double rate,
                          float scale) {
  const auto steps = static_cast<double>(state_.steps);
  const auto beta1 = static_cast<float>(options_.momentum);
  const auto beta2 = static_cast<float>(options_.beta2);
  // The moments start at 0 and are therefore too small at first. These factors correct the bias.
  const auto first_scale = static_cast<float>(rate / (1 - std::pow(options_.momentum, steps)));
  const auto second_scale = static_cast<float>(1 / (1 - std::pow(options_.beta2, steps)));
  const auto epsilon = static_cast<float>(options_.epsilon);
  float* __restrict x = values.data();
  const float* __restrict slope = gradient.data();
  float* __restrict first = state_.first.data();
  float* __restrict second = state_.second.data();
  for (const Part& part : parts_) {
    const float part_rate = part.rate, decay = static_cast<float>(rate) * part.decay;
    for (std::size_t i = part.begin; i < part.begin + part.size; ++i) {
      const float g = scale * slope[i];
      first[i] = beta1 * first[i] + (1 - beta1) * g;
      second[i] = beta2 * second[i] + (1 - beta2) * g * g;
      const float step = first_scale * first[i] / (std::sqrt(second_scale * second[i]) + epsilon);
      x[i] -= part_rate * (step + decay * x[i]);
    }
  }
}

void Optimizer::step_muon(std::span<float> values, std::span<const float> gradient, double rate,
                          float scale) {
  workers_->run(threads_.size(), [&](std::size_t t) {
    for (std::size_t m = t; m < matrices_.size(); m += threads_.size())
      step_muon(matrices_[m], threads_[t], values, gradient, rate, scale);
  });
}

void Optimizer::step_muon(const Part& part, Thread& thread, std::span<float> values,
                          std::span<const float> gradient, double rate, float scale) {
  const auto momentum = static_cast<float>(options_.muon_momentum);
  float* __restrict x = values.data() + part.begin;
  float* __restrict mean = state_.first.data() + part.begin;
  std::vector<float>& direction = thread.direction;
  direction.resize(part.size);
  for (std::size_t i = 0; i < part.size; ++i) {
    const float g = scale * gradient[part.begin + i];
    mean[i] = momentum * mean[i] + (1 - momentum) * g;
    direction[i] = momentum * mean[i] + (1 - momentum) * g;  // Nesterov's
  }
  const auto size = static_cast<double>(part.size), columns = static_cast<double>(part.columns);
  // Adam's epsilon, for a whole matrix.
  thread.orthogonalizer.run(direction, part.columns, options_.epsilon * std::sqrt(size));
  const double longer_side = std::max(size / columns, columns);
  const auto step = static_cast<float>(rate * kAdamStep * std::sqrt(longer_side)) * part.rate;
  const float decay = static_cast<float>(rate) * part.rate * part.decay;
  for (std::size_t i = 0; i < part.size; ++i) x[i] -= step * direction[i] + decay * x[i];
}

void Optimizer::step_sgd(std::span<float> values, std::span<const float> gradient, double rate,
                         float scale) {
  const auto momentum = static_cast<float>(options_.momentum);
  float* __restrict x = values.data();
  const float* __restrict slope = gradient.data();
  float* __restrict first = state_.first.data();
  for (const Part& part : parts_) {
    const float part_rate = static_cast<float>(rate) * part.rate, decay = part.decay;
    for (std::size_t i = part.begin; i < part.begin + part.size; ++i) {
      first[i] = momentum * first[i] + scale * slope[i];
      x[i] -= part_rate * (first[i] + decay * x[i]);
    }
  }
}

void Optimizer::forget(std::size_t index) {
  state_.first[index] = 0;
  if (!state_.second.empty()) state_.second[index] = 0;
}

void Optimizer::restore(State state) {
  PONNUKI_CHECK(state.first.size() == state_.first.size());
  PONNUKI_CHECK(state.second.size() == state_.second.size());
  state_ = std::move(state);
}

}  // namespace ponnuki::nn::training
