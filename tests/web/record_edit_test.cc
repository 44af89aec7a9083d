// Changes of records: the order of variations, stones set up, copies of positions.
#include "web/server/record_edit.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"
#include "web/server/table.h"

namespace ponnuki::web {
namespace {

constexpr BoardSize kFive{5, 5};
Point at(const char* vertex) { return *parse_gtp_vertex(vertex, kFive); }

std::unique_ptr<Table> record(const std::string& sgf) { return std::move(*Table::read(sgf)); }

std::string board_of(const Table& table) {
  return table.view().tree->position(0).board().to_diagram();
}

TEST_CASE("record edit: a variation becomes the main line, with all lines above it") {
  const auto table = record("(;SZ[5];B[aa](;W[bb](;B[cc])(;B[dd];W[ee]))(;W[ba];B[ca]))");
  // nodes: 0 start, 1 B aa, 2 W bb, 3 B cc, 4 B dd, 5 W ee, 6 W ba, 7 B ca
  const auto main_line = [&] {
    const auto tree = table->view().tree;
    std::string moves;
    for (int n = 1; n <= tree->last_main_node(); ++n)
      moves += to_gtp(tree->node(n).move->point, kFive) + " ";
    return moves;
  };
  CHECK(main_line() == "A5 B4 C3 ");
  REQUIRE(table->edit(make_main_line(5)));
  CHECK(main_line() == "A5 B4 D2 E1 ");
  REQUIRE(table->edit(make_main_line(6)));  // now W ba: the last line in the record
  CHECK(table->view().tree->nodes().size() == 8);
  REQUIRE(table->edit(make_main_line(7)));
  CHECK(table->edit(make_main_line(8)).error().message == "there is no such position any more");
  // Nothing is lost in the file.
  const auto again = record(table->sgf());
  CHECK(again->view().tree->nodes().size() == 8);
}

TEST_CASE("record edit: stones are set up, taken away and captured") {
  const auto table = record("(;SZ[5]AB[aa][ca]AW[ba]PL[W])");
  REQUIRE(table->edit(set_stone(at("C3"), Color::kWhite)));
  CHECK(table->view().tree->position(0).board().at(at("C3")) == Color::kWhite);
  CHECK(table->view().tree->position(0).to_move() == Color::kWhite);
  REQUIRE(table->edit(set_stone(at("C3"), Color::kBlack)));
  CHECK(table->view().tree->position(0).board().at(at("C3")) == Color::kBlack);
  REQUIRE(table->edit(set_stone(at("C3"), Color::kEmpty)));
  REQUIRE(table->edit(set_stone(at("B4"), Color::kBlack)));
  CHECK(board_of(*table) ==
        record("(;SZ[5]AB[aa][ca][bb])")->view().tree->position(0).board().to_diagram());
  REQUIRE(table->edit(set_player_to_move(Color::kBlack)));
  CHECK(table->view().tree->position(0).to_move() == Color::kBlack);
  CHECK(record(table->sgf())->view().tree->position(0).to_move() == Color::kBlack);
}

TEST_CASE("record edit: what no board can show is refused") {
  const auto table = record("(;SZ[5]AB[ab][ba]AW[ee])");
  const std::string before = table->sgf();
  CHECK(table->edit(set_stone(at("A5"), Color::kWhite)).error().message ==
        "a stone there would have no liberty");
  CHECK(table->edit(set_stone(Point::pass(), Color::kWhite)).error().message ==
        "that is no point of this board");
  CHECK(table->sgf() == before);
  REQUIRE(table->edit(set_stone(at("A5"), Color::kBlack)));

  const auto game = record("(;SZ[5];B[aa])");
  CHECK(game->edit(set_stone(at("C3"), Color::kWhite)).error().message ==
        "stones are set up before the first move");
  CHECK(game->edit(set_player_to_move(Color::kWhite)).error().message ==
        "stones are set up before the first move");
}

TEST_CASE("record edit: a copy begins with the position, its player, rules and names") {
  const auto table =
      record("(;SZ[5]RU[Japanese]KM[3.5]PB[Ann]PW[Ben]HA[2]AB[aa][ee]PL[W];W[cc];B[cd])");
  const auto copy = std::move(*Table::read(record_from(*table->view().tree, 1)));
  const auto tree = copy->view().tree;
  CHECK(tree->nodes().size() == 1);
  CHECK(tree->position(0).board().to_diagram() ==
        table->view().tree->position(1).board().to_diagram());
  CHECK(tree->position(0).to_move() == Color::kBlack);
  CHECK(tree->info().rules.komi == 3.5F);
  CHECK(tree->info().black == "Ann");
  CHECK(tree->position(0).rules() == table->view().tree->position(1).rules());
  REQUIRE(copy->edit(set_stone(at("C1"), Color::kWhite)));
}

TEST_CASE("record edit: during a game only comments") {
  Table table(Game(kFive, Rules{}), {});
  REQUIRE(table.play(0, at("C3")));
  CHECK(table.edit(remove_moves(1)).error().message ==
        "a game that is being played takes moves back by undo");
  CHECK_FALSE(table.edit(make_main_line(1)));
  REQUIRE(table.edit(set_comment(1, "tengen")));
}

}  // namespace
}  // namespace ponnuki::web
