// The figures of `ponnuki net show`, each a whole file: what goes into a net, its first filters,
// the maps of a layer, and its answer as heat on the board.
#pragma once

#include <string>

#include "engine/result.h"
#include "figures/canvas.h"
#include "figures/net_view.h"

namespace ponnuki::figures {

/// The planes as small boards with their meaning, and the numbers, if there are some
/// (docs/formats.md).
std::string draw_planes(const NetView& view, PictureFormat format);

/// The filters of the first convolution: what each makes of three planes (stone_planes()), in one
/// scale.
std::string draw_filters(const NetFront& net, PictureFormat format);

/// All channels of a layer's output; a matrix' numbers as squares. `layer` is a name of
/// list_layers(), or "planes", "policy" or "ownership". The error says which names are near, or
/// that the net knows no owners.
Result<std::string> draw_layer(const NetView& view, const std::string& layer, PictureFormat format);

/// The probabilities of moves, the best with their percents.
std::string draw_policy(const NetView& view, PictureFormat format);

/// Whose each point will be: the darker, the surer Black's; the lighter, the surer White's.
/// Requires a net that knows.
std::string draw_ownership(const NetView& view, PictureFormat format);

}  // namespace ponnuki::figures
