// A Game as a record.
#include <string_view>

#include "engine/sgf/game.h"
#include "engine/sgf/komi.h"
#include "engine/sgf/text_fields.h"
#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

void add_text(SgfTree& tree, SgfNodeId node, const char* name, const std::string& text) {
  if (!text.empty()) tree.add_property(node, name, escape_sgf_text(text));
}

void add_setup(SgfTree& tree, SgfNodeId node, const Position& start) {
  std::vector<std::string> stones[2];
  for (int cell = 0; cell < start.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, start.size());
    const Color color = start.board().at(p);
    if (color != Color::kEmpty) stones[color == Color::kBlack ? 0 : 1].push_back(to_sgf(p));
  }
  if (start.handicap() >= 2) tree.add_property(node, "HA", std::to_string(start.handicap()));
  if (!stones[0].empty()) tree.add_property(node, "AB", stones[0]);
  if (!stones[1].empty()) tree.add_property(node, "AW", stones[1]);
  const bool has_player =
      !stones[0].empty() || !stones[1].empty() || start.to_move() != Color::kBlack;
  if (has_player) tree.add_property(node, "PL", start.to_move() == Color::kBlack ? "B" : "W");
}

}  // namespace

SgfTree make_sgf(const Game& game, const GameInfo& info) {
  SgfTree tree;
  SgfNodeId node = tree.add_root();
  const Position& start = game.start();
  tree.add_property(node, "FF", "4");
  tree.add_property(node, "GM", "1");
  tree.add_property(node, "CA", "UTF-8");
  tree.add_property(node, "SZ", sgf_size(start.size()));
  tree.add_property(node, "KM", komi_text(start.rules().komi));
  add_text(tree, node, "RU", rules_to_name(start.rules()));
  for (const TextField& text : kTextFields) {
    if (std::string_view(text.name) != "RU") add_text(tree, node, text.name, info.*text.field);
  }
  if (info.result.kind != SgfResult::Kind::kUnknown) {
    tree.add_property(node, "RE", to_string(info.result));
  }
  if (info.seconds) tree.add_property(node, "TM", short_number(*info.seconds));
  add_text(tree, node, "GC", info.comment);
  add_setup(tree, node, start);
  for (const Move& move : game.position().moves()) {
    node = tree.add_child(node);
    tree.add_property(node, move.color == Color::kBlack ? "B" : "W", to_sgf(move.point));
  }
  return tree;
}

}  // namespace ponnuki::sgf
