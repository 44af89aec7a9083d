// Two characters a point: what stands before a stone is '(' for the last move, what follows ')'.
#include "gtp/board_text.h"

#include <algorithm>
#include <cstdio>

#include "engine/coord.h"
#include "gtp/handicap.h"

namespace ponnuki {

namespace {

std::string column_letters(BoardSize size) {
  std::string text = "   ";
  for (int x = 0; x < size.width; ++x) {
    text += ' ';
    text += to_gtp(Point::at(x, 0), size)[0];
  }
  return text + '\n';
}

char symbol(Color color, bool star) {
  if (color == Color::kBlack) return 'X';
  if (color == Color::kWhite) return 'O';
  return star ? '+' : '.';
}

std::string row_text(const Position& position, int y, const std::vector<Point>& stars) {
  const Point last = position.move_count() > 0 ? position.move_ago(1).point : Point::none();
  char number[8];
  std::snprintf(number, sizeof number, "%2d", position.size().height - y);
  std::string text = " ";
  text += number;
  bool after_last = false;
  for (int x = 0; x < position.size().width; ++x) {
    const Point p = Point::at(x, y);
    const bool star = std::find(stars.begin(), stars.end(), p) != stars.end();
    text += p == last ? '(' : (after_last ? ')' : ' ');
    text += symbol(position.board().at(p), star);
    after_last = p == last;
  }
  return text + (after_last ? ")" : " ") + number + '\n';
}

}  // namespace

std::string board_text(const Position& position) {
  const std::vector<Point> stars = star_points(position.size());
  std::string text = std::string("\n") + column_letters(position.size());
  for (int y = 0; y < position.size().height; ++y) text += row_text(position, y, stars);
  text += column_letters(position.size());
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

}  // namespace ponnuki
