#include "engine/sgf/setup.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/coord.h"
#include "engine/sgf/value.h"

namespace ponnuki::sgf {
namespace {

constexpr std::pair<const char*, Color> kSetupProperties[] = {
    {"AB", Color::kBlack}, {"AW", Color::kWhite}, {"AE", Color::kEmpty}};

// No opening is longer; some records are long and have no move of White's.
constexpr int kMostOpeningNodes = 10'000;

/// Writes the setup stones of the node to `colors`, by cell. The error names the invalid value.
Status read_setup(const SgfTree& tree, SgfNodeId node, BoardSize size, std::vector<Color>& colors) {
  for (const auto& [name, color] : kSetupProperties) {
    for (const std::string_view value : tree.values(node, name)) {
      if (value.empty()) continue;  // AB[] sets nothing
      const auto r = parse_sgf_rectangle(value, size);
      if (!r) {
        return Error{quoted_property(name, value) + " is not on the " + sgf_size(size) + " board"};
      }
      for (int y = r->top; y <= r->bottom; ++y) {
        const auto row = colors.begin() + y * size.width;
        std::fill(row + r->left, row + r->right + 1, color);
      }
    }
  }
  return {};
}

/// Counts the moves of a node. Returns false once nothing more is to be learned: White has played.
bool count_moves(const SgfTree& tree, SgfNodeId node, BoardSize size, bool& begun,
                 Opening& opening) {
  for (const SgfProperty& property : tree.properties(node)) {
    const std::string name = property.short_name();
    if (name != "B" && name != "W") continue;
    const Color color = name == "B" ? Color::kBlack : Color::kWhite;
    if (!std::exchange(begun, true) && !opening.player) opening.player = color;
    for (const std::string_view value : property.values) {
      const auto point = parse_sgf_move(value, size);
      if (!point) return false;
      if (point->is_pass()) continue;
      if (color == Color::kWhite) return false;
      ++opening.black_plays;
    }
  }
  return true;
}

}  // namespace

bool has_setup_stones(const SgfTree& tree, SgfNodeId node) {
  return tree.has(node, "AB") || tree.has(node, "AW") || tree.has(node, "AE");
}

Result<Board> board_after_setup(const SgfTree& tree, SgfNodeId node, const Board& before) {
  const BoardSize size = before.size();
  std::vector<Color> colors;
  colors.reserve(static_cast<std::size_t>(size.area()));
  for (int cell = 0; cell < size.area(); ++cell)
    colors.push_back(before.at(Point::from_cell(cell, size)));
  PONNUKI_TRY(read_setup(tree, node, size, colors));
  std::vector<Move> stones;
  stones.reserve(colors.size());
  for (int cell = 0; cell < size.area(); ++cell)
    stones.push_back({colors[static_cast<std::size_t>(cell)], Point::from_cell(cell, size)});
  Board board(size);
  PONNUKI_TRY(board.place(stones));
  for (const Color color : {Color::kBlack, Color::kWhite})
    board.set_prisoners(color, before.prisoners(color));
  return board;
}

Result<std::optional<Color>> player_in_setup(const SgfTree& tree, SgfNodeId node) {
  const auto value = tree.first_value(node, "PL");
  if (!value || value->empty()) return std::optional<Color>{};
  if (const auto color = parse_color(decode_sgf_simple_text(*value))) return color;
  return Error{quoted_property("PL", *value) + " is neither B nor W"};
}

Opening read_opening(const SgfTree& tree, SgfNodeId root, BoardSize size) {
  Opening opening;
  std::vector<Color> colors(static_cast<std::size_t>(size.area()), Color::kEmpty);
  bool begun = false;
  SgfNodeId node = root;
  for (int looked_at = 0; node != kNoSgfNode && looked_at < kMostOpeningNodes;
       node = tree.first_child(node), ++looked_at) {
    if (!begun) {
      if (!read_setup(tree, node, size, colors)) break;
      if (const auto player = player_in_setup(tree, node); player && *player)
        opening.player = **player;
    }
    if (!count_moves(tree, node, size, begun, opening)) break;
  }
  opening.black_stones = static_cast<int>(std::ranges::count(colors, Color::kBlack));
  opening.white_stones = static_cast<int>(std::ranges::count(colors, Color::kWhite));
  return opening;
}

}  // namespace ponnuki::sgf
