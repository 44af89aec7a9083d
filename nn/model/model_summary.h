// A summary of a net for `ponnuki net info`.
#pragma once

#include <cstdint>
#include <string>

#include "engine/types.h"
#include "nn/model/model.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn {

struct ModelSummary {
  std::int64_t parameters = 0;  // weights and biases; a folded norm counts two for each channel
  // The receptive field of a point of the trunk, through convolutions alone.
  int receptive_height = 1;
  int receptive_width = 1;
  bool sees_whole_board = false;  // through global pooling or attention in the trunk
};
ModelSummary summarize_model(const Model& model);

/// The multiplications and additions, each counted as one, in the convolutions, matrices and
/// attention for one position.
std::int64_t flops_per_position(const Model& model, BoardSize size);

/// Several lines: name, inputs, layers with their shapes, outputs, parameters, operations,
/// receptive field. Ends with a newline.
std::string describe_model(const Model& model);
std::string describe_model(const TowerModel& model);

}  // namespace ponnuki::nn
