// What a page asks of a new game: its board, rules, players and clocks. The functions throw a
// server::Refusal for fields of a wrong type.
#pragma once

#include "engine/game.h"
#include "server/request_fields.h"
#include "web/server/table.h"

namespace ponnuki::web {

/// width, height, rules, komi and handicap. Stones of a handicap lie on the star points.
Result<Game> read_new_game(const server::RequestFields& fields);
/// black, white, time and teach.
TableSettings read_table_settings(const server::RequestFields& fields);

}  // namespace ponnuki::web
