// What a page asks for: a new game with its board, rules, players and clocks; a point; a task of the
// quiz. The functions throw a server::Refusal for fields of a wrong type.
#pragma once

#include "engine/game.h"
#include "server/request_fields.h"
#include "web/server/quiz_deck.h"
#include "web/server/table.h"

namespace ponnuki::web {

/// width, height, rules, komi and handicap. Stones of a handicap lie on the star points.
Result<Game> read_new_game(const server::RequestFields& fields);
/// black, white, time, teach and teachWinrate.
TableSettings read_table_settings(const server::RequestFields& fields);

/// A point or a pass. Returns an error for what is none on this board.
Result<Point> read_vertex(const server::RequestFields& fields, const char* field, BoardSize size);
/// game, node, move, side and points.
Result<QuizCard> read_quiz_card(const server::RequestFields& fields);

}  // namespace ponnuki::web
