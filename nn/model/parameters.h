// The trained numbers of a model as one vector: weights and biases, in the order of model_visit.h.
// The scales of norms are constants.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "nn/model/model.h"

namespace ponnuki::nn {

struct ParameterTensor {
  std::string name;
  std::size_t begin = 0, size = 0;
  bool is_bias = false;
  // Of weights from hidden features to hidden features: the columns of their matrix, [size /
  // columns][columns], which are output channels. Else 0.
  int hidden_columns = 0;
};

class ParameterLayout {
 public:
  /// Requires a model with residual and global-pooling blocks only. Keeps the addresses of its
  /// vectors: the model must not be assigned to or resized while offset_of() is used.
  explicit ParameterLayout(const Model& model);

  std::size_t size() const { return size_; }
  const std::vector<ParameterTensor>& tensors() const { return tensors_; }
  /// The offset of the first number of one of the model's vectors. Requires a trained vector.
  std::size_t offset_of(const std::vector<float>& numbers) const;

 private:
  void add(const std::string& name, const std::vector<float>& numbers, bool is_bias);
  template <typename Layer>
  void mark_hidden(const Layer& layer);
  void mark_hidden(const Model& model);

  std::vector<ParameterTensor> tensors_;
  std::map<const float*, std::size_t> offsets_;
  std::size_t size_ = 0;
};

/// Copies between a model and a vector that is laid out by its ParameterLayout.
std::vector<float> parameters_of(const Model& model);
void set_parameters(std::span<const float> values, Model& model);

}  // namespace ponnuki::nn
