// The figures of `ponnuki net show`: the inputs of a net, its first filters, the output of a layer,
// and its answer on the board. Each function returns the bytes of a file.
#pragma once

#include <string>

#include "engine/result.h"
#include "figures/canvas.h"
#include "figures/net_view.h"

namespace ponnuki::figures {

/// The input planes as small boards with their meaning, and the global features, if there are any
/// (docs/formats.md).
std::string draw_planes(const NetView& view, PictureFormat format);

/// The filters of the first convolution: the kernels of each for three planes (stone_planes()), in
/// one scale.
std::string draw_filters(const NetFront& net, PictureFormat format);

/// All channels of a layer's output; numbers that are the same for the whole board are squares.
/// `layer` is a name of list_layers(), or "planes", "policy" or "ownership". An error names similar
/// layers, or says that the net has no ownership.
Result<std::string> draw_layer(const NetView& view, const std::string& layer, PictureFormat format);

/// The policy as heat on the board. The best moves have their probabilities in percent.
std::string draw_policy(const NetView& view, PictureFormat format);

/// The expected owner of each point: the darker, the surer Black's; the lighter, the surer White's.
/// Requires view.knows_score.
std::string draw_ownership(const NetView& view, PictureFormat format);

}  // namespace ponnuki::figures
