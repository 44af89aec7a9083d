// The layers of a net, one by one: shape, parameters, operations and receptive field. For `ponnuki
// net info`, as text and as JSON. The names are those that a LayerObserver gets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/types.h"
#include "nn/model/model.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn {

/// The receptive field of one number: the part of the board that it depends on.
struct ReceptiveField {
  // Through convolutions: odd, centred on the point.
  int height = 1, width = 1;
  bool whole_board = false;  // through global pooling, in addition
  friend bool operator==(const ReceptiveField&, const ReceptiveField&) = default;
};

struct LayerInfo {
  std::string name;
  std::string kind;   // "convolution", "norm, ReLU", "matrix", "bias, ReLU", "sum" (of a block)
  std::string shape;  // "3x3, 64 -> 64", "64"
  int channels = 0;   // of the output
  // The output has one number for each channel and point; if false, one for each channel.
  bool per_point = true;
  std::int64_t parameters = 0;  // a folded norm counts two for each channel
  // Multiplications and additions in convolutions and matrices.
  std::int64_t flops = 0;
  // Absent for numbers that depend only on the game's global features, not on the board.
  std::optional<ReceptiveField> sees;
};

/// In the order of the file (nn/model/model_visit.h). The sum of each block follows its layers.
/// `size` is the board for which the operations are counted.
std::vector<LayerInfo> list_layers(const Model& model, BoardSize size);
std::vector<LayerInfo> list_layers(const TowerModel& model);

/// The receptive field of a point in the trunk's last maps.
ReceptiveField trunk_field(const Model& model);
ReceptiveField trunk_field(const TowerModel& model);

/// The sum of the parameters and operations, as a row named "total" with the given receptive field.
LayerInfo total_of(const std::vector<LayerInfo>& layers, const ReceptiveField& sees);

/// A table with a row for each layer, and the totals. `sees` is the trunk's receptive field. Ends
/// with a newline.
std::string describe_layers(const std::vector<LayerInfo>& layers, const ReceptiveField& sees);

/// The receptive field as text: "7x7", "7x7 + board", "board" or "numbers".
std::string field_text(const LayerInfo& layer);

}  // namespace ponnuki::nn
