// NetView: what a net, of whatever kind, makes of one position: its inputs, what comes out of every
// layer, its answer.
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

/// What can be shown of a net without a position.
struct NetFront {
  std::string name;
  nn::Encoder encoder = nn::Encoder::kKataGoV7;
  const nn::ConvLayer* first_layer = nullptr;  // of the model, which must live as long
};
NetFront front_of(const nn::AnyModel& model);

struct NetView {
  std::string net;  // its name
  nn::Encoder encoder = nn::Encoder::kKataGoV7;
  Position position;
  std::string title;  // which position it is, for headings
  nn::FeatureMaps planes;
  std::vector<float> numbers;                     // the global features, if the encoder has some
  std::vector<nn::LayerInfo> layer_list;          // list_layers()
  std::map<std::string, nn::FeatureMaps> layers;  // by name, all of layer_list
  Evaluation evaluation;                          // with ownership
  bool has_value = true;                          // else no chance to win is shown
  bool knows_score = true;                        // and owners of points
};

/// Computes the net, layer by layer (nn/reference/reference_network.h, nn/reference/tower_reference.h). Requires a
/// model that NetEvaluator::check() or check_tower() accepts. Error if it gives numbers that are
/// not finite, or does not know boards of this size.
Result<NetView> look(const nn::AnyModel& model, const Position& position, const std::string& title);

}  // namespace ponnuki::figures
