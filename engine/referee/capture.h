// Reads by search whether a chain in a small closed place can be captured.
#pragma once

#include "engine/board.h"
#include "engine/types.h"

namespace ponnuki::referee {

enum class Capture { kNo, kUnclear, kYes };

/// Whether the opponent of the chain at `stone` captures it if `first` plays first and its owner
/// may pass at any time. kUnclear if the chain is not enclosed in a small space, if a ko decides,
/// or if the search needs too many positions.
Capture read_capture(const Board& board, Point stone, Color first);

}  // namespace ponnuki::referee
