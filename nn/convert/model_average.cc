#include "nn/convert/model_average.h"

#include <numeric>
#include <string>

#include "nn/files/tensors/architecture.h"

namespace ponnuki::nn {

Result<AnyModel> average_models(std::vector<AnyModel> models, std::span<const double> weights) {
  std::vector<Architecture> nets;
  nets.reserve(models.size());
  const std::string name = std::visit([](const auto& m) { return m.name; }, models.front());
  for (AnyModel& model : models) {  // names do not count as a difference
    std::visit([&](auto& m) { m.name = name; }, model);
    nets.push_back(std::visit([](const auto& m) { return architecture_of(m); }, model));
    if (nets.back().text != nets.front().text)
      return Error{"net " + std::to_string(nets.size()) +
                   " has other layers than the first: `ponnuki net info` shows them"};
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::size_t tensor = 0;
  return model_of_architecture(nets.front().text, [&](const TensorSpec&) {
    std::vector<double> mean(nets.front().tensors[tensor].values->size());
    for (std::size_t n = 0; n < nets.size(); ++n) {
      const std::vector<float>& values = *nets[n].tensors[tensor].values;
      for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += weights[n] / sum * values[i];
    }
    ++tensor;
    return std::vector<float>(mean.begin(), mean.end());
  });
}

}  // namespace ponnuki::nn
