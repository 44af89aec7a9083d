// The figures of `ponnuki net show`: the inputs of a net, its first filters, the output of a layer,
// and its answer on the board. Each function returns the bytes of a file.
#pragma once

#include <string>

#include "engine/result.h"
#include "figures/canvas.h"
#include "figures/net_view.h"

namespace ponnuki::figures {

/// The input planes as small boards with their titles, and the global features if there are any
/// (docs/formats.md).
std::string draw_planes(const NetView& view, PictureFormat format);

/// The filters of the first convolution: the kernels of each filter for three planes
/// (stone_planes()), on one colour scale.
std::string draw_filters(const NetFront& net, PictureFormat format);

/// All channels of a layer's output; values that belong to no point are drawn as squares. `layer`
/// is a name of list_layers(), or "planes", "policy" or "ownership". The error lists similar
/// layers, or states that the net has no ownership.
Result<std::string> draw_layer(const NetView& view, const std::string& layer, PictureFormat format);

/// The policy as colours on the board. The best moves are labelled with their probabilities in
/// percent.
std::string draw_policy(const NetView& view, PictureFormat format);

/// The expected owner of each point: darker means more certainly Black's, lighter more certainly
/// White's. Requires view.knows_score.
std::string draw_ownership(const NetView& view, PictureFormat format);

}  // namespace ponnuki::figures
