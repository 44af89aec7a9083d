// Pass sense: the last word on a chosen move where passes decide the game. Pure functions.
#pragma once

#include <span>

#include "engine/area.h"
#include "engine/position.h"
#include "engine/search/choose.h"
#include "engine/types.h"

namespace ponnuki::search {

/// True for moves that can change nothing: inside pass-alive area. Where dead stones of the
/// opponent lie in the player's own area, taking them is not useless: other referees may count
/// them.
bool is_useless(const Position& position, Point move, const AreaMap& pass_alive);

struct EndChoice {
  Point chosen;                       // what visits and bounds recommend
  std::span<const ChoiceMove> moves;  // all visited moves
  const AreaMap& pass_alive;
};

/// The move to play instead of `chosen`, or itself:
///   1. no pass that ends the game by counting and loses, while another move has hope;
///   2. no pass before the opponent's dead stones in own pass-alive area are taken, under area
///   rules
///      without friendly passing (KataGo's cleanupBeforePass);
///   3. a pass in answer to a pass under friendly rules, if it costs nothing.
Point adjust_for_game_end(const Position& position, const EndChoice& choice);

}  // namespace ponnuki::search
