#include "selfplay/learning/gradient_helper.h"

#include "engine/check.h"
#include "nn/files/model_file.h"
#include "nn/files/tensors/container.h"
#include "nn/training/training_model.h"

namespace ponnuki::selfplay {

using nn::training::LossVector;

std::vector<LossVector> gradient_of(nn::training::TrainingNet& net,
                                    std::span<const TrainingPosition> positions,
                                    const LossVector& weights, std::span<float> gradient) {
  std::vector<nn::NetworkInput> inputs;
  for (const TrainingPosition& position : positions) inputs.push_back(position.input());
  std::vector<LossVector> losses(positions.size());
  net.gradient(
      inputs,
      [&](std::size_t i, const nn::NetworkOutput& output, nn::NetworkOutput& output_gradient) {
        losses[i] = nn::training::loss_of(output, positions[i].target, weights, output_gradient);
      },
      gradient);
  return losses;
}

std::string helper_model_bytes(const nn::Model& model) {
  auto bytes = nn::container_to_bytes(nn::training::without_training_outputs(model));
  PONNUKI_CHECK(bytes);  // a Learner's model is a checked one
  return std::move(*bytes);
}

Status GradientHelper::take_model(std::string_view bytes) {
  const std::span data(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  PONNUKI_TRY(nn::Model model, nn::parse_model(data, "the learner's net"));
  if (model.version != 11) return Error{"the learner's net is of a kind that does not train"};
  net_ = std::make_unique<nn::training::TrainingNet>(
      nn::training::with_training_outputs(std::move(model), 0),
      nn::training::TrainingNetOptions{.threads = threads_});
  gradient_.assign(net_->layout().size(), 0);
  return {};
}

Status GradientHelper::compute(std::span<const float> parameters, const LossVector& weights,
                               std::string_view positions) {
  if (!net_ || parameters.size() != gradient_.size())
    return Error{"the learner's parameters are those of another net"};
  PONNUKI_TRY(const auto batch, positions_of_bytes(positions));
  net_->set_parameters(parameters);
  loss_ = {};
  for (const LossVector& loss : gradient_of(*net_, batch, weights, gradient_)) loss_ += loss;
  return {};
}

void GradientHelper::watch_channels() {
  if (net_) net_->watch_channels();
}

std::vector<bool> GradientHelper::idle_channels() {
  return net_ ? net_->idle_channels() : std::vector<bool>();
}

}  // namespace ponnuki::selfplay
