#include "figures/net_view.h"

#include <utility>

#include "nn/net_evaluator.h"
#include "nn/planes.h"
#include "nn/post_process.h"
#include "nn/reference_network.h"

namespace ponnuki {
namespace {

void encode(NetView& view) {
  const BoardSize size = view.position.size();
  view.planes.resize({kPlaneCount, size.height, size.width});
  view.numbers.resize(static_cast<std::size_t>(kGlobalCount));
  PlaneOptions options;
  options.ladders = NetEvaluator::reads_ladders(*view.model);
  options.pass_alive_under_suicide = view.model->pass_alive_under_suicide;
  encode_planes(view.position, Symmetry(), options, view.planes.values(), view.numbers);
}

}  // namespace

Result<NetView> look(std::shared_ptr<const Model> model, const Position& position,
                     const std::string& title) {
  NetView view{std::move(model), position, title, {}, {}, {}, {}};
  encode(view);
  const NetworkInput input{position.size(), view.planes.values().data(), view.numbers.data()};
  NetworkOutput output;
  // Of layers that share a name, the first.
  const LayerObserver remember = [&](const std::string& layer, const FeatureMaps& maps) {
    view.layers.emplace(layer, maps);
  };
  ReferenceNetwork(view.model).forward_observed({&input, 1}, {&output, 1}, remember);
  EvalRequest request{.position = &view.position, .result = &view.evaluation};
  request.with_ownership = true;
  if (!post_process(*view.model, output, request))
    return Error{"the net " + view.model->name +
                 " gives numbers that are not finite: its weights overflow"};
  return view;
}

}  // namespace ponnuki
