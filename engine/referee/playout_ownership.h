// Who owns the points of a finished game, by random playouts. (B. Bouzy and B. Helmstetter,
// Monte-Carlo Go Developments, 2003, estimate the owners of points in this way.)
#pragma once

#include <vector>

#include "engine/position.h"

namespace ponnuki::referee {

/// By cell, row-major, the share of 64 playouts in which Black owns the point, minus the share in
/// which White does. Depends on board and rules only.
std::vector<float> playout_ownership(const Position& end);

}  // namespace ponnuki::referee
