// NetView: a net of either architecture on one position: its inputs, the outputs of all layers, and
// its answer.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/evaluator.h"
#include "engine/result.h"
#include "nn/model/any_model.h"
#include "nn/model/layer_list.h"
#include "nn/reference/feature_maps.h"

namespace ponnuki::figures {

/// The properties of a net that do not depend on a position.
struct NetFront {
  std::string name;
  nn::Encoder encoder = nn::Encoder::kKataGoV7;
  const nn::ConvLayer* first_layer = nullptr;  // part of the model, which must outlive this
};
NetFront front_of(const nn::AnyModel& model);

struct NetView {
  std::string net;  // the name of the net
  nn::Encoder encoder = nn::Encoder::kKataGoV7;
  Position position;
  std::string title;  // description of the position for headings
  nn::FeatureMaps planes;
  std::vector<float> numbers;             // the global features; empty if the encoder has none
  std::vector<nn::LayerInfo> layer_list;  // list_layers()
  std::map<std::string, nn::FeatureMaps> layers;  // outputs by name, of all of layer_list
  Evaluation evaluation;                          // with ownership
  bool has_value = true;                          // the net has a value head
  bool knows_score = true;                        // the net predicts lead and ownership
};

/// Computes the net layer by layer (nn/reference/). Requires a model that NetEvaluator::check() or
/// check_tower() accepts. Returns an error if an output of the net is not finite, or if the net
/// does not accept boards of this size.
Result<NetView> look(const nn::AnyModel& model, const Position& position, const std::string& title);

}  // namespace ponnuki::figures
