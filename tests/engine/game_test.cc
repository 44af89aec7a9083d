// Games: undo, komi and rules changed on the way.
#include "engine/game.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace ponnuki;

TEST_CASE("Undo takes moves back one by one, but not the setup") {
  Board setup({5, 5});
  setup.play(Point::at(2, 2), Color::kBlack);
  Game game(setup, Color::kWhite, chinese_rules(), 1);
  const auto start = game.position().evaluation_key();
  game.play({Color::kWhite, Point::at(1, 1)});
  const auto one = game.position().evaluation_key();
  game.play({Color::kBlack, Point::pass()});
  CHECK(game.undo());
  CHECK(game.position().evaluation_key() == one);
  CHECK(game.undo());
  CHECK(game.position().evaluation_key() == start);
  CHECK_FALSE(game.undo());
  CHECK(game.position().board().at(Point::at(2, 2)) == Color::kBlack);
}

TEST_CASE("Undo gives captured stones back") {
  Game game({3, 3});
  game.play({Color::kWhite, Point::at(0, 0)});
  game.play({Color::kBlack, Point::at(1, 0)});
  game.play({Color::kBlack, Point::at(0, 1)});
  CHECK(game.position().board().to_diagram() == ".X.\nX..\n...\n");
  game.undo();
  CHECK(game.position().board().to_diagram() == "OX.\n...\n...\n");
  CHECK(game.position().board().prisoners(Color::kWhite) == 0);
  CHECK(game.position().to_move() == Color::kWhite);
}

TEST_CASE("Komi outlives undo and rules replay the game") {
  Game game({5, 5}, chinese_rules());
  game.play({Color::kBlack, Point::at(2, 2)});
  game.play({Color::kBlack, Point::at(1, 2)});
  game.set_komi(0.5F);
  game.undo();
  CHECK(game.position().rules().komi == 0.5F);
  game.set_rules(japanese_rules());
  CHECK(game.position().move_count() == 1);
  CHECK(game.position().white_bonus() == 1);
  CHECK(game.position().rules().scoring == ScoringRule::kTerritory);
}

TEST_CASE("Any two komi have different keys, between half points too") {
  Game game({5, 5}, chinese_rules());
  std::vector<std::uint64_t> keys;
  for (const float komi : {6.5F, 6.75F, 7.0F, 7.25F, 7.5F, 8.9999F, 9.0F, -7.0F, -6.75F}) {
    game.set_komi(komi);
    keys.push_back(game.position().state_key());
    game.set_komi(0);
    game.set_komi(komi);
    CHECK(game.position().state_key() == keys.back());
  }
  std::sort(keys.begin(), keys.end());
  CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

TEST_CASE("Black stones in a row at the start are handicap stones") {
  const auto bonus_after = [](std::initializer_list<Move> moves) {
    Game game({9, 9}, chinese_rules());
    for (const Move& move : moves) game.play(move);
    return game.position().white_bonus();
  };
  const Move b1{Color::kBlack, Point::at(2, 2)};
  const Move b2{Color::kBlack, Point::at(6, 6)};
  const Move b3{Color::kBlack, Point::at(2, 6)};
  const Move w1{Color::kWhite, Point::at(6, 2)};
  const Move w_pass{Color::kWhite, Point::pass()};
  CHECK(bonus_after({b1}) == 0);
  CHECK(bonus_after({b1, w1, b2, b3}) == 0);
  CHECK(bonus_after({b1, b2}) == 2);
  CHECK(bonus_after({b1, w_pass, b2, w_pass, b3, w1}) == 3);
  CHECK(bonus_after({w1, b1, b2}) == 0);

  Game game({9, 9}, chinese_rules());
  for (const Move& move : {b1, b2, w1}) game.play(move);
  game.undo();
  CHECK(game.position().white_bonus() == 2);
  CHECK(game.position().handicap() == 2);
  game.undo();
  CHECK(game.position().white_bonus() == 0);
}

TEST_CASE("Undo in long games leads to the very position that was there before") {
  // A handicap of three stones placed by moves, an answer, and 700 passes.
  Game game({5, 5}, chinese_rules());
  std::vector<std::uint64_t> keys = {game.position().evaluation_key()};
  const auto play = [&](Move move) {
    game.play(move);
    keys.push_back(game.position().evaluation_key());
  };
  for (int x = 0; x < 3; ++x) play({Color::kBlack, Point::at(x, 1)});
  play({Color::kWhite, Point::at(2, 3)});
  for (int i = 0; i < 700; ++i) play({i % 2 == 0 ? Color::kBlack : Color::kWhite, Point::pass()});
  REQUIRE(game.position().handicap() == 3);
  const int most = game.position().move_count();
  // Steps over the positions that a game keeps (each 256 moves), and back to the start.
  for (const int to : {most - 1, 520, 513, 512, 511, 300, 257, 256, 255, 254, 5, 4, 3, 2, 0}) {
    CAPTURE(to);
    CHECK(game.undo(game.position().move_count() - to));
    CHECK(game.position().move_count() == to);
    CHECK(game.position().evaluation_key() == keys[static_cast<std::size_t>(to)]);
  }
  CHECK_FALSE(game.undo());
}

TEST_CASE("Undo of more moves than there are takes back none") {
  Game game({5, 5});
  game.play({Color::kBlack, Point::at(2, 2)});
  CHECK_FALSE(game.undo(2));
  CHECK_FALSE(game.undo(-1));
  CHECK(game.undo(0));
  CHECK(game.position().move_count() == 1);
}

TEST_CASE("Komi and rules that change in a long game hold after an undo") {
  Game game({5, 5}, chinese_rules());
  for (int i = 0; i < 600; ++i) {
    game.play({i % 2 == 0 ? Color::kBlack : Color::kWhite, Point::pass()});
  }
  game.set_komi(0.5F);
  CHECK(game.undo(3));
  CHECK(game.position().rules().komi == 0.5F);
  game.set_rules(japanese_rules());
  CHECK(game.undo(3));
  CHECK(game.position().rules().scoring == ScoringRule::kTerritory);
  CHECK(game.position().move_count() == 594);
}
