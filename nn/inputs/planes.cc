#include "nn/inputs/planes.h"

#include <algorithm>
#include <cmath>

#include "engine/check.h"
#include "nn/inputs/plane_writer.h"

namespace ponnuki::nn {

namespace {

// A komi that exceeds the area by more than this is clipped.
constexpr float kKomiMargin = 20;

/// Komi as a triangle wave with a period of two points, which rises through the values that allow a
/// draw. The sign shows on which side of a draw the parity of the komi falls.
float komi_wave(float self_komi, BoardSize size) {
  const float parity = size.area() % 2 == 0 ? 0.0F : 1.0F;
  const float drawable = std::floor((self_komi - parity) / 2) * 2 + parity;
  const float above = std::clamp(self_komi - drawable, 0.0F, 2.0F);
  if (above < 0.5F) return above;
  return above < 1.5F ? 1 - above : above - 2;
}

/// Writes the planes and numbers of one position.
class Writer {
 public:
  Writer(const Position& position, Symmetry symmetry, std::span<float> spatial,
         std::span<float> global)
      : position_(position),
        board_(position.board()),
        size_(position.size()),
        player_(position.to_move()),
        planes_(size_, symmetry, spatial),
        global_(global) {
    std::fill(global.begin(), global.end(), 0.0F);
  }

  void write_stones() {
    planes_.for_each_point([&](Point p, int cell) {
      planes_.set(kPlaneOnBoard, cell);
      const Color c = board_.at(p);
      if (c == Color::kEmpty) return;
      planes_.set(c == player_ ? kPlaneOwnStones : kPlaneOpponentStones, cell);
      const int liberties = board_.liberties(p);
      if (liberties <= 3) planes_.set(kPlaneOneLiberty + liberties - 1, cell);
    });
  }

  void write_ko_bans() {
    if (const Encore* encore = position_.encore()) {
      planes_.set(kPlaneKoBan, encore->taken(board_, player_));
      planes_.set(kPlaneKoBlock, encore->blocked());
      return;
    }
    const Point ko = board_.ko_point();
    if (!ko.is_none()) planes_.set(kPlaneKoBan, ko);
    if (position_.rules().ko == KoRule::kSimple) return;
    planes_.set_where(kPlaneKoBan, [&](Point p) { return position_.is_ko_banned(p); });
  }

  /// Writes the owner of each point. Returns the player's lead on the board, without komi.
  int write_area(const AreaMap& area, int region_balance) {
    int lead = player_ == Color::kWhite ? -2 * region_balance : 2 * region_balance;
    planes_.for_each_point([&](Point p, int cell) {
      const Color owner = area[static_cast<std::size_t>(p.index())];
      if (owner == Color::kEmpty) return;
      planes_.set(owner == player_ ? kPlaneOwnArea : kPlaneOpponentArea, cell);
      lead += owner == player_ ? 1 : -1;
    });
    return lead;
  }

  void write_encore() {
    const int phase = position_.encore_phase();
    number(kGlobalEncore) = phase > 0;
    number(kGlobalSecondEncore) = phase > 1;
    if (phase < 2) return;
    planes_.for_each_point([&](Point p, int cell) {
      const Color start = position_.encore()->start(p);
      if (start != Color::kEmpty)
        planes_.set(start == player_ ? kPlaneOwnStart : kPlaneOpponentStart, cell);
    });
  }

  /// Writes at most `limit` moves; the players must alternate. Returns the number of moves written.
  int write_moves(int limit) {
    limit = std::min(limit, position_.history_turns());
    Color mover = opponent(player_);
    for (int turn = 1; turn <= limit; ++turn) {
      const Move move = position_.move_ago(turn);
      if (move.color != mover) return turn - 1;
      if (move.point.is_pass())
        number(kGlobalLastMovePassed + turn - 1) = 1;
      else
        planes_.set(kPlaneLastMove + turn - 1, move.point);
      mover = opponent(mover);
    }
    return limit;
  }

  void write_laddered(int turns_ago, const LadderedPoints& points) {
    if (points.none()) return;
    planes_.set_where(kPlaneLaddered + turns_ago,
                      [&](Point p) { return points[static_cast<std::size_t>(p.index())]; });
  }
  /// Copies the ladder plane of the turn after it.
  void repeat_laddered(int turns_ago) {
    planes_.copy(kPlaneLaddered + turns_ago - 1, kPlaneLaddered + turns_ago);
  }
  void write_working_moves(const Ladders& ladders) {
    for (const Point p : ladders.working_moves) planes_.set(kPlaneWorkingLadderMoves, p);
  }

  void write_rules(float self_komi, const PlaneOptions& options) {
    const Rules& rules = position_.rules();
    const float limit = static_cast<float>(size_.area()) + kKomiMargin;
    const float komi = std::clamp(self_komi, -limit, limit);
    number(kGlobalSelfKomi) = komi / 20;
    std::ranges::copy(rule_inputs(rules), global_.begin() + kGlobalFirstRule);
    if (options.playout_advantage != 0) {
      number(kGlobalHasPlayoutAdvantage) = 1;
      number(kGlobalPlayoutAdvantage) = static_cast<float>(0.5 * options.playout_advantage);
    }
    number(kGlobalButton) = position_.has_button();
    if (position_.is_final_phase()) number(kGlobalKomiWave) = komi_wave(komi, size_);
  }
  void write_pass_ends_game() { number(kGlobalPassEndsGame) = 1; }

 private:
  float& number(int index) { return global_[static_cast<std::size_t>(index)]; }

  const Position& position_;
  const Board& board_;
  const BoardSize size_;
  const Color player_;
  PlaneWriter planes_;
  const std::span<float> global_;
};

/// Komi from the perspective of the player to move. If games can be drawn, the score is treated as
/// spread evenly over half a point to both sides, so that a draw is worth `draw_value` to White.
float self_komi_with_draws(const Position& position, double draw_value) {
  const Rules& rules = position.rules();
  const bool integer_komi = std::trunc(rules.komi) == rules.komi;
  const bool draws = integer_komi != rules.has_button;
  const float for_white = draws ? static_cast<float>(draw_value - 0.5) : 0.0F;
  const Color player = position.to_move();
  return position.self_komi(player) + (player == Color::kWhite ? for_white : -for_white);
}

/// In the second phase of the encore, stones count if they stood there at its start.
void add_stones_of_start(const Position& position, AreaMap& area) {
  for (int cell = 0; cell < position.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, position.size());
    Color& owner = area[static_cast<std::size_t>(p.index())];
    if (owner == Color::kEmpty && position.encore()->start(p) == position.board().at(p))
      owner = position.board().at(p);
  }
}

/// Fills `area`. Returns the number of White's living regions minus the number of Black's if they
/// are taxed.
int find_area(const Position& position, bool suicide_legal, AreaMap& area) {
  const Rules& rules = position.rules();
  const bool territory = rules.scoring == ScoringRule::kTerritory;
  if (rules.tax == TaxRule::kNone && !territory) {
    compute_area(position.board(), AreaOptions{.suicide_legal = suicide_legal}, area);
    return 0;
  }
  const int balance = compute_independent_life(
      position.board(),
      IndependentLifeOptions{.keep_territories = rules.tax == TaxRule::kNone,
                             .keep_stones = !territory,
                             .suicide_legal = suicide_legal},
      area);
  if (territory) add_stones_of_start(position, area);
  return rules.tax == TaxRule::kAll ? balance : 0;
}

/// The part of the history that the network sees: earlier moves and the end of the game.
struct VisibleHistory {
  int moves = kMovesShown;     // at most
  bool pass_ends_game = true;  // whether a pass is shown as ending the game
};
VisibleHistory visible_history(const Position& position, const PlaneOptions& options,
                               bool would_not_win) {
  const Rules& rules = position.rules();
  if (position.pass_would_end_game() && position.is_final_phase()) {
    // After a friendly pass the players must agree on dead stones, so a second pass does not end
    // the search.
    const bool friendly = rules.friendly_pass_ok && rules.scoring == ScoringRule::kArea &&
                          position.consecutive_passes() == 1 && !position.pass_would_repeat();
    if (friendly || options.hide_game_end || (options.hide_losing_game_end && would_not_win))
      return {.moves = 0, .pass_ends_game = false};
  }
  return {.moves = position.is_over() ? 1 : kMovesShown};
}

}  // namespace

RuleInputs rule_inputs(const Rules& rules) {
  const auto flag = [](bool value) { return value ? 1.0F : 0.0F; };
  const float superko = flag(rules.ko != KoRule::kSimple);
  return {superko,
          superko * (rules.ko == KoRule::kPositional ? 0.5F : -0.5F),
          flag(rules.multi_stone_suicide),
          flag(rules.scoring == ScoringRule::kTerritory),
          flag(rules.tax != TaxRule::kNone),
          flag(rules.tax == TaxRule::kAll)};
}

void PlaneEncoder::encode(const Position& position, Symmetry symmetry, const PlaneOptions& options,
                          std::span<float> spatial, std::span<float> global) {
  PONNUKI_CHECK(spatial.size() == static_cast<std::size_t>(kPlaneCount * position.size().area()));
  PONNUKI_CHECK(global.size() == static_cast<std::size_t>(kGlobalCount));
  Writer writer(position, symmetry, spatial, global);
  writer.write_stones();
  writer.write_ko_bans();
  writer.write_encore();

  const float self_komi = self_komi_with_draws(position, options.draw_value);
  bool would_not_win = false;
  // Under territory scoring nets get no area planes before the second phase of the encore.
  if (position.is_final_phase()) {
    const int balance = find_area(
        position, position.rules().multi_stone_suicide || options.pass_alive_under_suicide, area_);
    const int lead = writer.write_area(area_, balance);
    would_not_win = static_cast<float>(lead) + self_komi <= 0;
  }
  const VisibleHistory known = visible_history(position, options, would_not_win);
  const int moves = writer.write_moves(known.moves);
  writer.write_rules(self_komi, options);
  if (known.pass_ends_game && position.pass_would_end_game()) writer.write_pass_ends_game();

  if (!options.ladders) return;
  reader_.find(position.board(), position.to_move(), ladders_);
  writer.write_laddered(0, memory_.store(position.board_key_ago(0), ladders_, position.size()));
  writer.write_working_moves(ladders_);
  for (int turns = 1; turns <= 2; ++turns) {
    // Beyond the visible moves, the oldest visible board stands for the older ones.
    if (turns > moves)
      writer.repeat_laddered(turns);
    else
      writer.write_laddered(turns, laddered_ago(position, turns));
  }
}

const LadderedPoints& PlaneEncoder::laddered_ago(const Position& position, int turns) {
  const std::uint64_t key = position.board_key_ago(turns);
  if (const LadderedPoints* known = memory_.find(key)) return *known;
  reader_.find(position.board_ago(turns), position.to_move(), ladders_);
  return memory_.store(key, ladders_, position.size());
}

void encode_planes(const Position& position, Symmetry symmetry, const PlaneOptions& options,
                   std::span<float> spatial, std::span<float> global) {
  PlaneEncoder().encode(position, symmetry, options, spatial, global);
}

}  // namespace ponnuki::nn
