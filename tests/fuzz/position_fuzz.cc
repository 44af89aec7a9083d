// Any bytes as a board size, rules and a game: what is legal, what is captured and when the game
// ends must be as on the naive reference board.
#include <cstddef>
#include <cstdint>

#include "engine/check.h"
#include "engine/position.h"
#include "tests/support/naive_board.h"

namespace {

using namespace ponnuki;

void compare(const Position& position, const naive::NaiveBoard& reference) {
  const Board& board = position.board();
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    const naive::Cell at{p.x(), p.y()};
    PONNUKI_CHECK(board.at(p) == naive::color_at(reference.grid(), at));
    PONNUKI_CHECK(position.is_legal(p) == reference.is_legal(at));
    if (board.at(p) == Color::kEmpty) continue;
    const naive::Chain chain = naive::chain_at(reference.grid(), at);
    PONNUKI_CHECK(board.liberties(p) == static_cast<int>(chain.liberties.size()));
    PONNUKI_CHECK(board.chain_size(p) == static_cast<int>(chain.stones.size()));
  }
  PONNUKI_CHECK(board.prisoners(Color::kBlack) == reference.prisoners(Color::kBlack));
  PONNUKI_CHECK(board.prisoners(Color::kWhite) == reference.prisoners(Color::kWhite));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 160) return 0;
  const BoardSize board_size{static_cast<std::uint8_t>(1 + data[0] % 5),
                             static_cast<std::uint8_t>(1 + data[0] / 5 % 5)};
  Rules rules;
  rules.ko = static_cast<KoRule>(data[1] % 3);
  rules.multi_stone_suicide = data[1] / 3 % 2 != 0;
  Position position(board_size, rules);
  naive::NaiveBoard reference(board_size, rules);
  for (std::size_t i = 2; i < size && !position.is_over(); ++i) {
    compare(position, reference);
    const Point p = Point::from_cell(data[i] % (board_size.area() + 1), board_size);
    if (!position.is_legal(p)) continue;
    position.play(p);
    if (p.is_pass()) {
      reference.pass();
    } else {
      reference.play({p.x(), p.y()});
    }
    if (position.is_no_result()) return 0;  // long cycles are unknown to the reference
    PONNUKI_CHECK(position.is_over() == reference.is_over());
  }
  return 0;
}
