// Plays a record's moves.
#include "engine/sgf/game.h"

#include <algorithm>
#include <utility>

#include "engine/coord.h"
#include "engine/sgf/parser.h"
#include "engine/sgf/setup.h"

namespace ponnuki::sgf {

Result<SgfReplay> SgfReplay::start(const SgfTree& tree, SgfNodeId root, const Rules& base) {
  auto info = read_game_info(tree, root, base);
  if (!info) {
    if (!tree.has_byte_offsets()) return info.error();
    return info.error().in("game at byte " + std::to_string(tree.byte_offset(root)));
  }
  SgfReplay replay(tree, root, std::move(*info));
  PONNUKI_TRY(replay.begin());
  return replay;
}

/// The root's setup and moves.
Status SgfReplay::begin() {
  const Opening opening = read_opening(*tree_, node_, info_.size);
  settle_handicap(opening);
  const Color otherwise = start_handicap_ >= 2 ? Color::kWhite : Color::kBlack;
  game_ = Game(Board(info_.size), opening.player.value_or(otherwise), info_.rules, start_handicap_);
  PONNUKI_TRY(set_up(node_));
  return enter_node(node_);
}

/// Finds the handicap stones: set up, or Black's first moves.
void SgfReplay::settle_handicap(const Opening& opening) {
  const std::string ha = "HA[" + std::to_string(info_.handicap) + "]";
  if (info_.handicap == 0) {
    // Without HA: the number of Black's setup stones, if there are no white ones and White moves
    // first.
    const bool is_handicap = !tree_->has(node_, "HA") && opening.black_stones >= 2 &&
                             opening.white_stones == 0 && opening.player == Color::kWhite;
    if (is_handicap) info_.handicap = opening.black_stones;
    start_handicap_ = info_.handicap;
  } else if (opening.black_stones > 0) {
    start_handicap_ = info_.handicap;
    if (opening.black_stones != info_.handicap && opening.white_stones == 0)
      info_.add_note(ha + ", but " + std::to_string(opening.black_stones) +
                     " black stones are set up");
  } else if (opening.black_plays >= info_.handicap) {
    // Game counts these stones.
    info_.add_note(ha + ": the handicap stones are Black's first " +
                   std::to_string(opening.black_plays) + " moves");
    info_.handicap = opening.black_plays;
  } else {
    info_.add_note(ha + ", but the record has no handicap stones: read as recorded, without");
    info_.handicap = 0;
  }
}

Result<std::optional<Move>> SgfReplay::next() {
  while (pending_.empty()) {
    const SgfNodeId child = tree_->first_child(node_);
    if (child == kNoSgfNode || ended_) return std::optional<Move>{};
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
  if (game_.position().is_over() && !move.point.is_pass()) note_resumption();
  game_.play(move);
  ++move_number_;
  return std::optional<Move>(move);
}

/// Says once that the record goes on where the rules end the game.
void SgfReplay::note_resumption() {
  if (std::exchange(resumed_, true)) return;
  info_.add_note(place_of(node_) + (game_.position().is_no_result()
                                        ? "play goes on after the third repetition of a position"
                                        : "play goes on after the passes that end the game"));
}

Status SgfReplay::enter(SgfNodeId child) {
  PONNUKI_TRY(set_up(child));
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
      if (ended_) break;
      PONNUKI_TRY(read_move(node, name == "B" ? Color::kBlack : Color::kWhite, value));
    }
  }
  std::reverse(pending_.begin(), pending_.end());
  return {};
}

Status SgfReplay::read_move(SgfNodeId node, Color player, std::string_view value) {
  if (is_sgf_resignation(value)) {
    end_by_resignation(node, player);
    return {};
  }
  const auto written = [&] { return quoted_property(player == Color::kBlack ? "B" : "W", value); };
  const auto point = parse_sgf_move(value, info_.size);
  if (!point)
    return error_at(node, written() + " is not on the " + sgf_size(info_.size) + " board");
  const bool room = info_.notes.size() < GameInfo::kMostNotes;  // finding the byte takes time
  if (room && (value == "zz" || value == "ZZ"))
    info_.add_note(place_of(node) + written() + " is read as a pass");
  pending_.push_back({player, *point});
  return {};
}

void SgfReplay::end_by_resignation(SgfNodeId node, Color loser) {
  ended_ = true;
  const SgfResult result{SgfResult::Kind::kResign, opponent(loser), 0};
  std::string note =
      place_of(node) + std::string(to_string(loser)) + " resigns: the game ends here";
  if (tree_->first_child(node) != kNoSgfNode) note += ", the moves after it are left out";
  if (info_.result.kind == SgfResult::Kind::kUnknown) {
    info_.result = result;
  } else if (info_.result.winner != result.winner) {
    note += ", but RE says " + to_string(info_.result);
  }
  info_.add_note(std::move(note));
}

Status SgfReplay::set_up(SgfNodeId node) {
  const auto player = player_in_setup(*tree_, node);
  if (!player) return error_at(node, player.error().message);
  const Position& now = game_.position();
  if (has_setup_stones(*tree_, node)) {
    const Result<Board> board = board_after_setup(*tree_, node, now.board());
    if (!board) return error_at(node, board.error().message);
    const int handicap = move_number_ == 0 ? start_handicap_ : now.handicap();
    if (board->hash() != now.board().hash())
      game_ = Game(*board, now.to_move(), info_.rules, handicap);
  }
  if (*player) game_.set_to_move(**player);
  return {};
}

std::string SgfReplay::place_of(SgfNodeId node) const {
  const std::string move = "move " + std::to_string(move_number_ + 1);
  if (!tree_->has_byte_offsets()) return move + ": ";
  return move + " (byte " + std::to_string(tree_->byte_offset(node)) + "): ";
}

Error SgfReplay::error_at(SgfNodeId node, const std::string& what) const {
  return {place_of(node) + what};
}

Result<SgfGame> replay_sgf(const SgfTree& tree, SgfNodeId root, const Rules& base, int max_moves) {
  PONNUKI_TRY(SgfReplay replay, SgfReplay::start(tree, root, base));
  while (replay.move_number() < max_moves) {
    PONNUKI_TRY(const std::optional<Move> move, replay.next());
    if (!move) break;
  }
  SgfGame game{replay.info(), replay.game(), replay.move_number()};
  const std::vector<std::string> notes = tree.notes(root);
  game.info.notes.insert(game.info.notes.begin(), notes.begin(), notes.end());
  return game;
}

Result<SgfGame> load_game_record(const std::string& path, const Rules& base, int max_moves) {
  PONNUKI_TRY(const SgfTree tree, load_sgf_file(path));
  auto record = replay_sgf(tree, tree.roots().front(), base, max_moves);
  if (!record) return record.error().in(path);
  return record;
}

}  // namespace ponnuki::sgf
