#include "web/server/record_edit.h"

#include <array>
#include <vector>

#include "engine/sgf/sgf.h"

namespace ponnuki::web {
namespace {

constexpr const char* kNoPosition = "there is no such position any more";

bool has_node(const review::GameTree& tree, int node) {
  return node >= 0 && node < static_cast<int>(tree.nodes().size());
}

Status expect_no_moves(const review::GameTree& tree) {
  if (tree.nodes().size() == 1) return {};
  return Error{"stones are set up before the first move"};
}

/// Writes the setup of the root anew.
void write_setup(const Board& board, Color to_move, sgf::SgfNodeId root, sgf::SgfTree& sgf) {
  for (const char* name : {"AB", "AW", "AE", "PL", "HA"}) sgf.remove_property(root, name);
  std::array<std::vector<std::string>, 2> stones;
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    if (const Color stone = board.at(p); is_player(stone))
      stones[stone == Color::kWhite].push_back(sgf::to_sgf(p));
  }
  if (!stones[0].empty()) sgf.add_property(root, "AB", stones[0]);
  if (!stones[1].empty()) sgf.add_property(root, "AW", stones[1]);
  sgf.add_property(root, "PL", to_move == Color::kBlack ? "B" : "W");
}

/// A board with one point changed. Stones that the new one leaves without liberties go.
Result<Board> with_stone(Board board, Point point, Color stone) {
  PONNUKI_TRY(board.place(std::array{Move{Color::kEmpty, point}}));
  if (!is_player(stone)) return board;
  if (board.is_suicide(point, stone)) return Error{"a stone there would have no liberty"};
  board.play(point, stone);
  return board;
}

}  // namespace

RecordEdit set_comment(int node, const std::string& text) {
  const auto apply = [=](const review::GameTree& tree, sgf::SgfTree& sgf) -> Status {
    if (!has_node(tree, node)) return Error{kNoPosition};
    const sgf::SgfNodeId id = tree.node(node).sgf;
    sgf.remove_property(id, "C");
    if (!text.empty()) sgf.add_property(id, "C", sgf::escape_sgf_text(text));
    return {};
  };
  return {apply, true};
}

RecordEdit remove_moves(int node) {
  return {[=](const review::GameTree& tree, sgf::SgfTree& sgf) -> Status {
    if (node == 0 || !has_node(tree, node)) return Error{"there is no such move"};
    sgf.remove_subtree(tree.node(node).sgf);
    return {};
  }};
}

RecordEdit make_main_line(int node) {
  return {[=](const review::GameTree& tree, sgf::SgfTree& sgf) -> Status {
    if (!has_node(tree, node)) return Error{kNoPosition};
    for (sgf::SgfNodeId id = tree.node(node).sgf; id != tree.root() && id != sgf::kNoSgfNode;
         id = sgf.parent(id))
      sgf.make_first_child(id);
    return {};
  }};
}

RecordEdit set_stone(Point point, Color stone) {
  return {[=](const review::GameTree& tree, sgf::SgfTree& sgf) -> Status {
    PONNUKI_TRY(expect_no_moves(tree));
    if (!point.on_board(tree.size())) return Error{"that is no point of this board"};
    const Position position = tree.position(0);
    PONNUKI_TRY(const Board board, with_stone(position.board(), point, stone));
    write_setup(board, position.to_move(), tree.root(), sgf);
    return {};
  }};
}

RecordEdit set_player_to_move(Color player) {
  return {[=](const review::GameTree& tree, sgf::SgfTree& sgf) -> Status {
    PONNUKI_TRY(expect_no_moves(tree));
    write_setup(tree.position(0).board(), player, tree.root(), sgf);
    return {};
  }};
}

sgf::SgfTree record_from(const review::GameTree& tree, int node) {
  const Position position = tree.position(node);
  sgf::GameInfo info;
  info.black = tree.info().black;
  info.white = tree.info().white;
  return sgf::make_sgf(Game(position.board(), position.to_move(), position.rules(), 0), info);
}

}  // namespace ponnuki::web
