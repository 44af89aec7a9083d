// The layers of a net, one by one: shapes, parameters, work and receptive field. For people and
// programs: `ponnuki net info`. The names are those that a LayerObserver gets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/types.h"
#include "nn/model/model.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn {

/// The part of the board that one number depends on.
struct ReceptiveField {
  int height = 1, width = 1;  // by convolution: odd, centred on the point
  bool whole_board = false;   // through global pooling, besides
  friend bool operator==(const ReceptiveField&, const ReceptiveField&) = default;
};

struct LayerInfo {
  std::string name;
  std::string kind;       // "convolution", "norm, ReLU", "matrix", "bias, ReLU", "sum" (of a block)
  std::string shape;      // "3x3, 64 -> 64", "64"
  int channels = 0;       // that come out
  bool per_point = true;  // a number a channel and point comes out; else a number a channel
  std::int64_t parameters = 0;         // a folded norm counts two a channel
  std::int64_t flops = 0;              // multiplications and additions of convolutions and matrices
  std::optional<ReceptiveField> sees;  // nothing: numbers about the game alone, no board
};

/// In the order of the file (nn/model/model_visit.h); the sum of each block follows its layers.
/// `size` is the board for which the work is counted.
std::vector<LayerInfo> list_layers(const Model& model, BoardSize size);
std::vector<LayerInfo> list_layers(const TowerModel& model);

/// What a point of the trunk's last maps sees.
ReceptiveField trunk_field(const Model& model);
ReceptiveField trunk_field(const TowerModel& model);

/// Parameters and work of all of them, in a row called "total" that sees what is given.
LayerInfo total_of(const std::vector<LayerInfo>& layers, const ReceptiveField& sees);

/// A table with a row a layer, and the totals, where `sees` is the trunk's field. Ends with a
/// newline.
std::string describe_layers(const std::vector<LayerInfo>& layers, const ReceptiveField& sees);

/// "7x7", "7x7 + board", "board" or "numbers".
std::string field_text(const LayerInfo& layer);

}  // namespace ponnuki::nn
