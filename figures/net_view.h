// NetView: what a net makes of one position: its inputs, what comes out of every layer, its answer.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/evaluator.h"
#include "engine/result.h"
#include "nn/feature_maps.h"
#include "nn/model.h"

namespace ponnuki {

struct NetView {
  std::shared_ptr<const Model> model;
  Position position;
  std::string title;  // which position it is, for headings
  FeatureMaps planes;
  std::vector<float> numbers;                 // the global features
  std::map<std::string, FeatureMaps> layers;  // by name, as list_layers() has them
  Evaluation evaluation;                      // with ownership
};

/// Computes the net, layer by layer (nn/reference_network.h). Requires NetEvaluator::check(*model).
/// Error if it gives numbers that are not finite.
Result<NetView> look(std::shared_ptr<const Model> model, const Position& position,
                     const std::string& title);

}  // namespace ponnuki
