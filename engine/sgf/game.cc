#include "engine/sgf/game.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/coord.h"
#include "engine/sgf/parser.h"
#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

constexpr float kMaxKomi = 400;

std::string simple_text(const SgfTree& tree, SgfNodeId node, std::string_view name) {
  const auto value = tree.first_value(node, name);
  return value ? decode_sgf_simple_text(*value) : "";
}

struct TextField {
  const char* name;
  std::string GameInfo::*field;
};
constexpr TextField kTextFields[] = {
    {"PB", &GameInfo::black},      {"PW", &GameInfo::white},      {"BR", &GameInfo::black_rank},
    {"WR", &GameInfo::white_rank}, {"RU", &GameInfo::rules_text}, {"OT", &GameInfo::overtime},
    {"DT", &GameInfo::date},       {"EV", &GameInfo::event},      {"RO", &GameInfo::round},
    {"PC", &GameInfo::place},      {"GN", &GameInfo::game_name},  {"SO", &GameInfo::source},
    {"US", &GameInfo::user},       {"AP", &GameInfo::program},
};

/// The number in property `name`; nothing if the property is absent or empty.
Result<std::optional<double>> read_number(const SgfTree& tree, SgfNodeId root,
                                          std::string_view name) {
  const std::string text = simple_text(tree, root, name);
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return std::optional<double>{};
  const auto number = parse_sgf_number(text);
  if (number) return number;
  return Error{std::string(name) + "[" + text.substr(0, 40) + "] is not a number"};
}

/// Komi as a multiple of half points. Asian servers write zi or hundredths: 3.75, 375 and 750 all
/// mean 7.5.
float normal_komi(double komi) {
  if (std::abs(komi) > 100) komi /= 100;
  const double doubled = komi * 2;
  const bool quarters = std::abs(doubled - std::round(doubled)) > 0.4;  // 3.75, 2.75
  if (quarters) komi *= 2;
  return static_cast<float>(std::round(komi * 2) / 2);
}

Status read_rules_and_komi(const SgfTree& tree, SgfNodeId root, GameInfo& info) {
  if (!info.rules_text.empty()) {
    if (auto rules = parse_rules(info.rules_text, info.rules)) {
      info.rules = *rules;
      info.rules_given = true;
    }
  }
  PONNUKI_TRY(const std::optional<double> komi, read_number(tree, root, "KM"));
  if (!komi) return {};
  info.rules.komi = normal_komi(*komi);
  info.komi_given = true;
  if (std::abs(info.rules.komi) <= kMaxKomi) return {};
  return Error{"KM[" + simple_text(tree, root, "KM").substr(0, 40) + "]: komi must be within ±400"};
}

Status read_handicap(const SgfTree& tree, SgfNodeId root, GameInfo& info) {
  PONNUKI_TRY(const std::optional<double> handicap, read_number(tree, root, "HA"));
  const double stones = handicap.value_or(0);
  if (stones < 0 || stones >= info.size.area()) {
    return Error{"HA[" + simple_text(tree, root, "HA").substr(0, 40) +
                 "]: not a number of handicap stones"};
  }
  info.handicap = stones >= 2 ? static_cast<int>(stones) : 0;
  return {};
}

constexpr std::pair<const char*, Color> kSetupProperties[] = {
    {"AB", Color::kBlack}, {"AW", Color::kWhite}, {"AE", Color::kEmpty}};

bool has_setup(const SgfTree& tree, SgfNodeId node) {
  return tree.has(node, "AB") || tree.has(node, "AW") || tree.has(node, "AE");
}

/// Writes the setup stones of the node to `colors`, by cell. The error names the invalid value.
Status read_setup(const SgfTree& tree, SgfNodeId node, BoardSize size, std::vector<Color>& colors) {
  for (const auto& [name, color] : kSetupProperties) {
    for (const std::string_view value : tree.values(node, name)) {
      if (value.empty()) continue;  // AB[] sets nothing
      const auto r = parse_sgf_rectangle(value, size);
      if (!r) {
        return Error{std::string(name) + "[" + std::string(value.substr(0, 40)) +
                     "] is not on the " + sgf_size(size) + " board"};
      }
      for (int y = r->top; y <= r->bottom; ++y) {
        const auto row = colors.begin() + y * size.width;
        std::fill(row + r->left, row + r->right + 1, color);
      }
    }
  }
  return {};
}

/// `before` with the setup stones of the node.
Result<Board> board_after_setup(const SgfTree& tree, SgfNodeId node, const Board& before) {
  const BoardSize size = before.size();
  std::vector<Color> colors;
  for (int cell = 0; cell < size.area(); ++cell)
    colors.push_back(before.at(Point::from_cell(cell, size)));
  PONNUKI_TRY(read_setup(tree, node, size, colors));
  std::vector<Move> stones;
  for (int cell = 0; cell < size.area(); ++cell)
    stones.push_back({colors[static_cast<std::size_t>(cell)], Point::from_cell(cell, size)});
  Board board(size);
  PONNUKI_TRY(board.place(stones));
  return board;
}

std::optional<Move> first_move_of(const SgfTree& tree, SgfNodeId node) {
  for (const SgfProperty& property : tree.properties(node)) {
    const std::string name = property.short_name();
    if (name == "B") return Move{Color::kBlack, Point::none()};
    if (name == "W") return Move{Color::kWhite, Point::none()};
  }
  return std::nullopt;
}

}  // namespace

Result<GameInfo> read_game_info(const SgfTree& tree, SgfNodeId root, const Rules& base) {
  GameInfo info;
  info.rules = base;
  const auto game = tree.first_value(root, "GM");
  if (game && parse_sgf_number(*game).value_or(1) != 1) {
    return Error{"GM[" + std::string(game->substr(0, 40)) + "] is not Go (GM[1])"};
  }
  if (const auto size = tree.first_value(root, "SZ")) {
    PONNUKI_TRY(info.size, parse_sgf_size(*size));
  }
  for (const TextField& text : kTextFields) info.*text.field = simple_text(tree, root, text.name);
  info.comment = tree.text(root, "GC");
  info.result = parse_sgf_result(simple_text(tree, root, "RE"));
  info.seconds = parse_sgf_number(simple_text(tree, root, "TM"));
  PONNUKI_TRY(read_rules_and_komi(tree, root, info));
  PONNUKI_TRY(read_handicap(tree, root, info));
  return info;
}

Result<SgfReplay> SgfReplay::start(const SgfTree& tree, SgfNodeId root, const Rules& base) {
  auto info = read_game_info(tree, root, base);
  if (!info) {
    return info.error().in("game at byte " + std::to_string(tree.byte_offset(root)));
  }
  SgfReplay replay(tree, root, std::move(*info));
  if (replay.info_.handicap == 0) replay.info_.handicap = replay.handicap_of_setup(root);
  PONNUKI_TRY(replay.set_up(root, true));
  PONNUKI_TRY(replay.enter_node(root));
  return replay;
}

Result<std::optional<Move>> SgfReplay::next() {
  while (pending_.empty()) {
    const SgfNodeId child = tree_->first_child(node_);
    if (child == kNoSgfNode) return std::optional<Move>{};
    PONNUKI_TRY(enter(child));
  }
  const Move move = pending_.back();
  if (!game_.position().is_pseudo_legal(move)) {
    const bool taken = game_.position().board().at(move.point) != Color::kEmpty;
    return error_at(node_, std::string(to_string(move.color)) + " " +
                               to_gtp(move.point, info_.size) + " is illegal: " +
                               (taken ? "the point is not empty" : "suicide of a single stone"));
  }
  pending_.pop_back();
  game_.play(move);
  ++move_number_;
  return std::optional<Move>(move);
}

Status SgfReplay::enter(SgfNodeId child) {
  PONNUKI_TRY(set_up(child, false));
  return enter_node(child);
}

void SgfReplay::set_rules(const Rules& rules) {
  info_.rules = rules;
  game_.set_rules(rules);
}

/// Collects the moves of a node. More than one move in a node violates the standard; they are
/// played in order.
Status SgfReplay::enter_node(SgfNodeId node) {
  node_ = node;
  for (const SgfProperty& property : tree_->properties(node)) {
    const std::string name = property.short_name();
    if (name != "B" && name != "W") continue;
    for (const std::string_view value : property.values) {
      const auto point = parse_sgf_move(value, info_.size);
      if (!point) {
        return error_at(node, name + "[" + std::string(value.substr(0, 40)) + "] is not on the " +
                                  sgf_size(info_.size) + " board");
      }
      pending_.push_back({name == "B" ? Color::kBlack : Color::kWhite, *point});
    }
  }
  std::reverse(pending_.begin(), pending_.end());
  return {};
}

Status SgfReplay::set_up(SgfNodeId node, bool is_start) {
  PONNUKI_TRY(const std::optional<Color> player, player_to_move(node));
  const Position& now = game_.position();
  if (has_setup(*tree_, node)) {
    const Result<Board> board = board_after_setup(*tree_, node, now.board());
    if (!board) return error_at(node, board.error().message);
    game_ = Game(*board, now.to_move(), info_.rules, info_.handicap);
  } else if (is_start) {
    game_ = Game(Board(info_.size), Color::kBlack, info_.rules, info_.handicap);
  }
  if (player) {
    game_.set_to_move(*player);
  } else if (is_start) {
    game_ = Game(game_.position().board(), first_player(node), info_.rules, info_.handicap);
  }
  return {};
}

Result<std::optional<Color>> SgfReplay::player_to_move(SgfNodeId node) const {
  const auto value = tree_->first_value(node, "PL");
  if (!value || value->empty()) return std::optional<Color>{};
  if (const auto color = parse_color(decode_sgf_simple_text(*value))) return color;
  return error_at(node, "PL[" + std::string(value->substr(0, 40)) + "] is neither B nor W");
}

/// Without PL: the colour of the first move; without moves, White after handicap stones.
Color SgfReplay::first_player(SgfNodeId root) const {
  for (SgfNodeId node = root; node != kNoSgfNode; node = tree_->first_child(node)) {
    if (const auto move = first_move_of(*tree_, node)) return move->color;
  }
  return info_.handicap >= 2 ? Color::kWhite : Color::kBlack;
}

/// The handicap if HA is missing: the number of Black's setup stones, if there are no white ones
/// and White moves first.
int SgfReplay::handicap_of_setup(SgfNodeId root) const {
  if (tree_->has(root, "HA") || !tree_->has(root, "AB") || tree_->has(root, "AW")) return 0;
  std::vector<Color> colors(static_cast<std::size_t>(info_.size.area()), Color::kEmpty);
  if (!read_setup(*tree_, root, info_.size, colors)) return 0;
  const auto stones = static_cast<int>(std::count(colors.begin(), colors.end(), Color::kBlack));
  const auto player = player_to_move(root);
  const bool white_moves =
      player && *player ? **player == Color::kWhite : first_player(root) == Color::kWhite;
  return stones >= 2 && white_moves ? stones : 0;
}

Error SgfReplay::error_at(SgfNodeId node, const std::string& what) const {
  return {"move " + std::to_string(move_number_ + 1) + " (byte " +
          std::to_string(tree_->byte_offset(node)) + "): " + what};
}

Result<SgfGame> replay_sgf(const SgfTree& tree, SgfNodeId root, const Rules& base, int max_moves) {
  PONNUKI_TRY(SgfReplay replay, SgfReplay::start(tree, root, base));
  while (replay.move_number() < max_moves) {
    PONNUKI_TRY(const std::optional<Move> move, replay.next());
    if (!move) break;
  }
  return SgfGame{replay.info(), replay.game(), replay.move_number()};
}

Result<SgfGame> load_game_record(const std::string& path, const Rules& base, int max_moves) {
  PONNUKI_TRY(const SgfTree tree, load_sgf_file(path));
  auto record = replay_sgf(tree, tree.roots().front(), base, max_moves);
  if (!record) return record.error().in(path);
  return record;
}

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
  tree.add_property(node, "KM", short_number(start.rules().komi));
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
