#include "engine/referee/ko_capture.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/referee/capture_moves.h"
#include "engine/zobrist.h"

namespace ponnuki::referee {
namespace {

constexpr std::size_t kThoroughStates = 2000;
constexpr std::size_t kQuickStates = 50;

/// The outcomes of moves that lead to no other state.
constexpr int kCaptured = -1;
constexpr int kSaved = -2;
constexpr int kOpen = -3;

/// How bans on recaptures in kos end.
enum class Bans {
  kByPasses,     // a pass lifts one ban of the player (article 7)
  kForDefender,  // after a move, and the attacker has none: it has ko threats at all times
  kForAttacker   // the other way round
};

struct State {
  Board board;
  Color player;
  PointSet banned[2];  // Black's, White's: the points where it may not recapture in a ko

  PointSet& banned_to(Color color) { return banned[color == Color::kWhite]; }
  std::uint64_t key() const {
    std::uint64_t key = board.hash() ^ zobrist::player(player);
    for (int i = 0; i < 2; ++i) {
      banned[i].for_each([&](Point p) {
        key ^= zobrist::key(zobrist::Kind::kBan, static_cast<std::uint64_t>(2 * p.index() + i));
      });
    }
    return key;
  }
};

class Graph {
 public:
  Graph(const Board& board, Point stone, Color first, Bans bans, std::size_t most_states)
      : stone_(stone), defender_(board.at(stone)), bans_(bans), most_states_(most_states) {
    enter({board, first, {}});
    for (; !pending_.empty(); pending_.pop_front()) expand(pending_.front());
  }

  Capture value() const {
    if (wins_start(false)) return Capture::kYes;
    return wins_start(true) ? Capture::kUnclear : Capture::kNo;
  }

 private:
  struct Node {
    bool attacks;
    std::vector<int> next;  // indices of nodes, or outcomes
  };

  /// The index of the node of `state`, or kOpen if there are too many.
  int enter(const State& state) {
    const auto found = index_.find(state.key());
    if (found != index_.end()) return found->second;
    if (index_.size() == most_states_) return kOpen;
    const int index = static_cast<int>(index_.size());
    index_.emplace(state.key(), index);
    pending_.push_back(state);
    return index;
  }

  /// Appends the node of `state`. States are expanded in the order of their indices.
  void expand(const State& state) {
    Node node{state.player != defender_, {}};
    std::vector<State> others;
    add_passes(state, node, others);
    for (const Point p : capture_moves(state.board, stone_, state.player))
      add_move(state, p, node, others);
    // A move that decides makes all others unnecessary.
    const int decisive = node.attacks ? kCaptured : kSaved;
    if (std::find(node.next.begin(), node.next.end(), decisive) == node.next.end())
      for (const State& next : others) node.next.push_back(enter(next));
    nodes_.push_back(std::move(node));
  }

  /// A pass lifts one of the player's bans, of which there is at most one where a move lifts it.
  /// Without a ban only the defender passes: an attacker would give up.
  void add_passes(const State& state, Node& node, std::vector<State>& others) const {
    State next = state;
    next.player = opponent(state.player);
    const PointSet banned = next.banned_to(state.player);
    if (banned.size() == 0) {
      if (node.attacks)
        node.next.push_back(kSaved);
      else
        others.push_back(next);
    }
    banned.for_each([&](Point ko) {
      others.push_back(next);
      others.back().banned_to(state.player).remove(ko);
    });
  }

  void add_move(const State& state, Point p, Node& node, std::vector<State>& others) const {
    State next = state;
    const bool captures = next.board.play(p, state.player) > 0;
    const Point ko = next.board.ko_point();
    next.board.clear_ko_point();
    if (!ko.is_none() && next.banned_to(state.player).contains(p)) return;
    next.player = opponent(state.player);
    lift_bans(next);
    if (!ko.is_none() && can_be_banned(next.player)) next.banned_to(next.player).add(ko);
    if (const auto decided = outcome(next, p, captures, !ko.is_none()))
      node.next.push_back(*decided);
    else
      others.push_back(std::move(next));
  }

  bool can_be_banned(Color player) const {
    return bans_ == Bans::kByPasses ||
           bans_ == (player == defender_ ? Bans::kForDefender : Bans::kForAttacker);
  }
  /// Lifts the bans that end with a move. A stone on its point settles a ko for good.
  void lift_bans(State& state) const {
    for (PointSet& banned : state.banned)
      banned = bans_ == Bans::kByPasses ? banned & state.board.empty_points() : PointSet{};
  }

  /// What a move leads to if it is no other state.
  std::optional<int> outcome(const State& next, Point p, bool captures, bool is_ko) const {
    if (next.board.at(stone_) != defender_) {
      if (is_ko) return kOpen;  // the chain was a ko stone
      return bans_ == Bans::kByPasses && is_recaptured(next.board, p) ? kSaved : kCaptured;
    }
    if (next.player != defender_ && space_around(next.board, stone_) > kMostSpace)
      return captures ? kSaved : kOpen;
    return std::nullopt;
  }

  /// Whether the attacker wins from the start in a finite number of moves, if open outcomes are
  /// good for the attacker or not.
  bool wins_start(bool open_is_good) const {
    std::vector<bool> won(nodes_.size());
    const auto is_won = [&](int next) {
      if (next == kOpen) return open_is_good;
      return next >= 0 ? won[static_cast<std::size_t>(next)] : next == kCaptured;
    };
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = nodes_.size(); i-- > 0;) {
        const std::vector<int>& next = nodes_[i].next;
        if (won[i] || !(nodes_[i].attacks ? std::any_of(next.begin(), next.end(), is_won)
                                          : std::all_of(next.begin(), next.end(), is_won)))
          continue;
        won[i] = changed = true;
      }
    }
    return won[0];
  }

  Point stone_;
  Color defender_;
  Bans bans_;
  std::size_t most_states_;
  std::unordered_map<std::uint64_t, int> index_;
  std::deque<State> pending_;
  std::vector<Node> nodes_;
};

}  // namespace

Capture read_ko_capture(const Board& board, Point stone, Color first, LifeRule rule,
                        Reading reading) {
  const std::size_t states = reading == Reading::kThorough ? kThoroughStates : kQuickStates;
  const auto read = [&](Bans bans) { return Graph(board, stone, first, bans, states).value(); };
  if (rule == LifeRule::kArticle7) return read(Bans::kByPasses);
  if (read(Bans::kForDefender) == Capture::kNo) return Capture::kNo;
  return read(Bans::kForAttacker) == Capture::kYes ? Capture::kYes : Capture::kUnclear;
}

}  // namespace ponnuki::referee
