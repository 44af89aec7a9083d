// What a search found, for people and for programs. Winrates and scores are Black's or named by
// colour ("B+3.5"): a reader should never have to ask whose they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/game.h"
#include "engine/score.h"
#include "engine/search/search.h"

namespace ponnuki {

/// "B+3.5", "W+0.2", "even": `lead` points for `player`.
std::string score_text(double lead, Color player);
/// "B D4", "W pass".
std::string move_text(Move move, BoardSize size);

/// The board, who moves, winrate, score and the `count` best moves with their variations.
std::string position_report(const Position& position, const Analysis& analysis, int count,
                            bool color);
/// The board and the score of a finished game; no score means that it ended without result.
std::string finished_report(const Position& position, const std::optional<Score>& score,
                            bool color);

/// One position of a game, on one line of JSON, in the words of KataGo's analysis engine.
std::string position_json(const Position& position, const Analysis& analysis, int count);

/// The same for a finished game: {"turnNumber":52,"finished":true,"score":"B+18"}.
std::string finished_json(const Position& position, const std::optional<Score>& score);

/// What is known of a position of a game.
struct GamePoint {
  double black_winrate = 0.5;
  double black_lead = 0;
  Point best;  // what the search would play here; none where the game is over
  bool is_result =
      false;  // the game is over: no estimate, so that the last pass lost nothing by it
};
/// A table of a game's moves with winrates, scores, what each move lost, and a curve of Black's
/// winrate: head, the start, and a row a move. Each ends with a newline.
std::string game_report_head();
std::string game_report_start(const GamePoint& start);
std::string game_report_row(Move move, int number, const GamePoint& before, const GamePoint& after,
                            BoardSize size);

}  // namespace ponnuki
