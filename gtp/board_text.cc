#include "gtp/board_text.h"

#include <cstdio>

#include "engine/board_view.h"
#include "engine/coord.h"

namespace ponnuki::gtp {

std::string board_text(const Position& position) {
  std::string text = "\n" + draw_board(position, {});
  const Board& board = position.board();
  text += std::string("Next player: ") + to_string(position.to_move());
  text += ", moves: " + std::to_string(position.move_count());
  text += ", captured black stones: " + std::to_string(board.prisoners(Color::kBlack));
  text += ", captured white stones: " + std::to_string(board.prisoners(Color::kWhite));
  text += "\nRules: " + rules_to_name(position.rules());
  text += ", komi: " + points_text(position.rules().komi);
  if (position.handicap() > 0) text += ", handicap: " + std::to_string(position.handicap());
  if (position.is_over()) text += "\nThe game is over";
  return text;
}

std::string points_text(double points) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6g", points == 0 ? 0.0 : points);
  return text;
}

}  // namespace ponnuki::gtp
