// The rules follow KataGo's reading of them (its docs/rules and boardhistory.cpp).
#include "engine/position.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/check.h"
#include "engine/zobrist.h"

namespace ponnuki {

namespace {

using zobrist::Kind;

/// Points for White. A single stone is not a handicap but Black's first move.
float handicap_bonus(const Rules& rules, int stones) {
  if (stones < 2) return 0;
  switch (rules.handicap_bonus) {
    case HandicapBonus::kN:
      return static_cast<float>(stones);
    case HandicapBonus::kNMinusOne:
      return static_cast<float>(stones - 1);
    default:
      return 0;
  }
}

/// The bonus that turns area scoring into territory scoring: White gets a point for every stone
/// that Black has played, and Black one for every stone that White has played. Stones on the board
/// then cancel out, and prisoners count one point each.
float territory_bonus(const Board& board) {
  int bonus = board.prisoners(Color::kBlack) - board.prisoners(Color::kWhite);
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Color c = board.at(Point::from_cell(cell, board.size()));
    bonus += c == Color::kBlack;
    bonus -= c == Color::kWhite;
  }
  return static_cast<float>(bonus);
}

std::uint64_t rules_key(const Rules& rules, bool button_left) {
  std::uint64_t bits = static_cast<std::uint64_t>(rules.ko);
  bits = bits * 4 + static_cast<std::uint64_t>(rules.scoring);
  bits = bits * 4 + static_cast<std::uint64_t>(rules.tax);
  bits = bits * 2 + rules.multi_stone_suicide;
  bits = bits * 2 + button_left;
  bits = bits * 2 + rules.friendly_pass_ok;
  return zobrist::key(Kind::kRules, bits);
}

}  // namespace

Position::Position(BoardSize size, const Rules& rules)
    : Position(Board(size), Color::kBlack, rules) {}

Position::Position(const Board& setup, Color to_move, const Rules& rules, int handicap)
    : board_(setup),
      rules_(rules),
      to_move_(to_move),
      handicap_(handicap),
      button_left_(rules.has_button) {
  white_bonus_ = handicap_bonus(rules, handicap);
  if (rules.scoring == ScoringRule::kTerritory) white_bonus_ += territory_bonus(setup);
  history_.push(ko_hash(board_.hash(), to_move_));
  for (int cell = 0; cell < this->size().area(); ++cell) {
    const Point p = Point::from_cell(cell, this->size());
    if (board_.at(p) != Color::kEmpty) ever_occupied_.add(p);
  }
}

void Position::set_handicap(int handicap) {
  white_bonus_ += handicap_bonus(rules_, handicap) - handicap_bonus(rules_, handicap_);
  handicap_ = handicap;
}

// --- legality

bool Position::is_pseudo_legal(Move move) const {
  if (!is_player(move.color)) return false;
  if (move.point.is_pass()) return true;
  if (move.point.index() >= size().used_points()) return false;
  // The padding is kWall, so an empty point is on the board.
  if (board_.at(move.point) == Color::kEmpty)
    return !board_.is_single_stone_suicide(move.point, move.color);
  return encore_ && encore_->is_pass_for_ko(board_, move);
}

bool Position::is_legal(Move move) const { return !over_ && is_legal_after_end(move); }

bool Position::is_legal_after_end(Move move) const {
  if (!is_pseudo_legal(move)) return false;
  if (move.point.is_pass()) return true;
  if (encore_ && encore_->is_pass_for_ko(board_, move)) return true;
  if (!rules_.multi_stone_suicide && board_.is_suicide(move.point, move.color)) return false;
  return !is_repetition(move);
}

PointSet Position::legal_points_after_end() const {
  PointSet legal = board_.empty_points();
  // On all other points a stone has a liberty and makes a new position.
  PointSet doubtful = (ever_occupied_ & legal) | board_.crowded_points();
  if (!board_.ko_point().is_none()) doubtful.add(board_.ko_point());
  doubtful.for_each([&](Point p) {
    if (!is_legal_after_end({to_move_, p})) legal.remove(p);
  });
  return encore_ ? legal | encore_->passes_for_ko(board_, to_move_) : legal;
}

bool Position::is_ko_banned(Point p) const {
  if (encore_) return encore_->taken(board_, to_move_).contains(p);
  const Move move{to_move_, p};
  // Most points have never had a stone, and this test is faster than the full one for legality.
  if (!rules_.multi_stone_suicide && p != board_.ko_point() && !ever_occupied_.contains(p))
    return false;
  if (p.is_pass() || !is_pseudo_legal(move)) return false;
  if (!rules_.multi_stone_suicide && board_.is_suicide(p, to_move_)) return false;
  return is_repetition(move);
}

/// False if a stone at `p` certainly makes a new position: it stays on a point that never had a
/// stone.
bool Position::may_repeat(Point p, Color player) const {
  if (ever_occupied_.contains(p)) return true;
  return rules_.multi_stone_suicide && board_.is_suicide(p, player);
}

/// True if simple ko or superko forbids a move that is otherwise legal.
bool Position::is_repetition(Move move) const {
  const Point p = move.point;
  if (encore_) return encore_->taken(board_, move.color).contains(p);
  if (p == board_.ko_point() && board_.would_capture(p, move.color)) return true;
  if (rules_.ko == KoRule::kSimple) return false;
  if (!may_repeat(p, move.color)) return false;
  return history_.contains(ko_hash(board_.hash_after(p, move.color), opponent(move.color)));
}

/// The hash that the ko rule compares. It includes the player to move unless the rule is positional
/// superko, and in the encore the blocks of kos.
std::uint64_t Position::ko_hash(std::uint64_t board_hash, Color next) const {
  if (encore_) return board_hash ^ encore_->block_key() ^ zobrist::player(next);
  return rules_.ko == KoRule::kPositional ? board_hash : board_hash ^ zobrist::player(next);
}

// --- play

void Position::play(Move move) {
  PONNUKI_CHECK(is_pseudo_legal(move));
  // If a colour moves out of turn, its situation is not in the history yet.
  if (const auto now = ko_hash(board_.hash(), move.color); history_.back() != now)
    history_.push(now);
  remember_board();
  PointSet& lost = lost_[moves_.size() % lost_.size()];
  lost = PointSet();
  moves_.push_back(move);
  // After the end of the game, networks still see the move that ended it, but no earlier moves.
  history_turns_ = (over_ ? std::min(history_turns_, 1) : history_turns_) + 1;
  to_move_ = opponent(move.color);
  over_ = false;
  no_result_ = false;
  if (move.point.is_pass()) {
    pass(move.color);
    return;
  }
  const PointSet empty = board_.empty_points();
  if (encore_)
    put_in_encore(move);
  else
    put_stone(move);
  lost = board_.empty_points().without(empty);
  ever_occupied_.add(move.point);
  consecutive_passes_ = 0;
  const std::uint64_t after = ko_hash(board_.hash(), to_move_);
  history_.push(after);
  if (passes_clear_history() && history_.count(after) >= 3) over_ = no_result_ = true;
}

void Position::put_stone(Move move) {
  board_.play(move.point, move.color);
  if (rules_.scoring == ScoringRule::kTerritory)
    white_bonus_ += move.color == Color::kBlack ? 1.0F : -1.0F;
}

void Position::put_in_encore(Move move) {
  Encore next = *encore_;
  if (next.is_pass_for_ko(board_, move)) {
    next.pass_for_ko(board_, move);
  } else {
    next.play(board_, move);
    // In the second phase stones cost nothing.
    if (next.phase() == 1) white_bonus_ += move.color == Color::kBlack ? 1.0F : -1.0F;
  }
  encore_ = std::make_shared<const Encore>(std::move(next));
}

void Position::pass(Color player) {
  auto& passed_in = hashes_before_pass_[player == Color::kWhite];
  if (button_left_) {
    // The first pass takes the button. It does not end the game, and it lifts all ko bans.
    button_left_ = false;
    white_bonus_ += player == Color::kWhite ? 0.5F : -0.5F;
    consecutive_passes_ = 0;
    for (auto& hashes : hashes_before_pass_) hashes.clear();
    history_.clear();
  } else {
    const bool repeated = ends_by_repeated_pass(player);
    const std::uint64_t before = ko_hash(board_.hash(), player);
    if (passes_clear_history()) history_.clear();
    ++consecutive_passes_;
    over_ = repeated || consecutive_passes_ >= 2;
    if (passes_clear_history() && !repeated) passed_in.push_back(before);
  }
  board_.play(Point::pass(), player);
  history_.push(ko_hash(board_.hash(), to_move_));
  if (over_ && enters_encore_ && !is_final_phase()) begin_encore(encore_phase() + 1);
}

void Position::begin_encore(int phase) {
  PONNUKI_CHECK(rules_.scoring == ScoringRule::kTerritory);
  enters_encore_ = true;
  button_left_ = false;
  resume();
  hide_history();
  encore_ = std::make_shared<const Encore>(phase, board_);
  history_.clear();
  history_.push(ko_hash(board_.hash(), to_move_));
}

/// Under simple ko and in the encore, a player who passes again in the same position ends the game,
/// or the phase, since the opponent has played nothing new in between.
bool Position::ends_by_repeated_pass(Color player) const {
  if (!passes_clear_history()) return false;
  const auto& hashes = hashes_before_pass_[player == Color::kWhite];
  return std::find(hashes.begin(), hashes.end(), ko_hash(board_.hash(), player)) != hashes.end();
}

bool Position::pass_would_end_game() const {
  return consecutive_passes_ >= 1 || ends_by_repeated_pass(to_move_);
}

void Position::resume() {
  over_ = no_result_ = false;
  consecutive_passes_ = 0;
  for (auto& hashes : hashes_before_pass_) hashes.clear();
  board_.clear_ko_point();
  history_turns_ = std::min(history_turns_, 1);
}

float Position::self_komi(Color player) const {
  const float white = rules_.komi + white_bonus_;
  return player == Color::kWhite ? white : -white;
}

// --- the past

void Position::remember_board() {
  Snapshot& slot = earlier_[moves_.size() % 2];
  std::copy_n(board_.colors().begin(), size().used_points(), slot.colors.begin());
  slot.hash = board_.hash();
  slot.ko_point = board_.ko_point();
  slot.prisoners[0] = board_.prisoners(Color::kBlack);
  slot.prisoners[1] = board_.prisoners(Color::kWhite);
}

const PointSet& Position::lost_ago(int turns) const {
  PONNUKI_CHECK(turns >= 1 && turns <= std::min(static_cast<int>(lost_.size()), move_count()));
  return lost_[(moves_.size() - static_cast<std::size_t>(turns)) % lost_.size()];
}

std::uint64_t Position::board_key_ago(int turns) const {
  PONNUKI_CHECK(turns >= 0 && turns <= 2);
  const int back = std::min(turns, move_count());
  const Snapshot& slot = earlier_[(moves_.size() - static_cast<std::size_t>(back)) % 2];
  const Point ko = back == 0 ? board_.ko_point() : slot.ko_point;
  return (back == 0 ? board_.hash() : slot.hash) ^
         zobrist::key(Kind::kBan, static_cast<std::uint64_t>(ko.index()));
}

Board Position::board_ago(int turns) const {
  PONNUKI_CHECK(turns >= 0 && turns <= 2);
  const int back = std::min(turns, move_count());
  if (back == 0) return board_;
  const Snapshot& slot = earlier_[(moves_.size() - static_cast<std::size_t>(back)) % 2];
  Board board = Board::from_stones(size(), slot.colors);
  board.set_ko_point(slot.ko_point);
  board.set_prisoners(Color::kBlack, slot.prisoners[0]);
  board.set_prisoners(Color::kWhite, slot.prisoners[1]);
  return board;
}

// --- hashes

/// The hash of the points where ko or superko forbids the player to move, and of the encore.
std::uint64_t Position::ban_key() const {
  if (encore_) return encore_->state_key(board_, to_move_);
  std::uint64_t key = 0;
  const auto ban = [&key](Point p) {
    key ^= zobrist::key(Kind::kBan, static_cast<std::uint64_t>(p.index()));
  };
  if (rules_.ko == KoRule::kSimple) {
    if (!board_.ko_point().is_none()) ban(board_.ko_point());
    return key;
  }
  // A position can repeat only by a stone on a point that had one before, or by suicide.
  PointSet suspects = board_.empty_points() & ever_occupied_;
  if (rules_.multi_stone_suicide) suspects = suspects | board_.crowded_points();
  suspects.for_each([&](Point p) {
    if (may_repeat(p, to_move_) && is_ko_banned(p)) ban(p);
  });
  return key;
}

namespace {

/// Tells any two komi apart, also those between half points (6.75, 8.9999).
std::uint64_t komi_key(float komi) {
  const float half_points = std::round(2 * komi);
  const auto whole = static_cast<std::uint64_t>(std::lround(half_points));
  const std::uint64_t key = zobrist::key(Kind::kKomi, whole);
  if (half_points == 2 * komi) return key;
  return key ^ zobrist::key(Kind::kKomiFraction, std::bit_cast<std::uint32_t>(komi));
}

}  // namespace

std::uint64_t Position::state_key() const {
  std::uint64_t key = board_.hash() ^ zobrist::player(to_move_) ^ ban_key();
  key ^= rules_key(rules_, button_left_);
  key ^= komi_key(self_komi(Color::kWhite));
  key ^= zobrist::key(
      Kind::kPasses,
      static_cast<std::uint64_t>(4 * std::min(consecutive_passes_, 3) + 2 * pass_would_end_game()));
  if (over_) key ^= zobrist::key(Kind::kOver, no_result_);
  if (enters_encore_) key ^= zobrist::key(Kind::kEncore, 0);
  return key;
}

std::uint64_t Position::evaluation_key() const {
  std::uint64_t key = state_key();
  const int known = std::min(history_turns_, 5);
  for (int turn = 1; turn <= known; ++turn) {
    const Move move = move_ago(turn);
    const auto bits = static_cast<std::uint64_t>(turn * 4096 + move.point.index() * 4) +
                      static_cast<std::uint64_t>(move.color);
    key ^= zobrist::key(Kind::kMove, bits);
  }
  // The ladder planes depend on the boards of the two previous turns.
  for (int turn = 1; turn <= std::min(known, 2); ++turn) {
    const Snapshot& slot = earlier_[(moves_.size() - static_cast<std::size_t>(turn)) % 2];
    key ^= zobrist::key(Kind::kBoardAgo, slot.hash + static_cast<std::uint64_t>(turn));
  }
  return key;
}

}  // namespace ponnuki
