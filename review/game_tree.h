// GameTree: the positions of a game record, and optionally those of its variations.
//
//     (;SZ[9] ;B[cc] ;W[gc] (;B[gg] ;W[cg]) (;B[cg]))
//      node 0     1      2       3      4      5        0..last_main_node() are the main line
//
// Nodes are the start and each move. Setup nodes behind the last move of a line, or without any
// move (problems), are nodes too; those before a move belong to the position before it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/result.h"
#include "engine/sgf/sgf.h"
#include "review/record_rules.h"

namespace ponnuki::review {

/// A position and the move that led to it.
struct GameNode {
  // The node with the move; for node 0 the root, or the last setup before the first move.
  sgf::SgfNodeId sgf = sgf::kNoSgfNode;
  int parent = -1;
  int move_number = 0;            // moves played since the start
  std::optional<Move> move = {};  // none for node 0 and for setups
  // False for a setup, and if stones were set up between the parent and this move.
  bool continues = true;
  /// For a variation's first move: the node where the variation branches off.
  sgf::SgfNodeId line = sgf::kNoSgfNode;
};

class GameTree {
 public:
  static constexpr std::size_t kMostPositions = 100'000;

  /// Reads every move. Returns an error if a move of the main line cannot be played, or if there
  /// are too many positions. A variation is cut where a move cannot be played, with a note.
  static Result<GameTree> read(std::shared_ptr<const sgf::SgfTree> sgf, sgf::SgfNodeId root,
                               const RecordRules& rules, bool with_variations);

  const sgf::SgfTree& sgf() const { return *sgf_; }
  sgf::SgfNodeId root() const { return root_; }
  /// With the effective rules, and with all notes: on the file, the game and its variations.
  const sgf::GameInfo& info() const { return info_; }
  /// True if the record does not state its rules, or states unknown ones, and the user gave none.
  bool rules_are_assumed() const { return !info_.rules_given && !rules_.rules_given; }
  bool komi_is_assumed() const { return !info_.komi_given && !rules_.komi_given; }
  BoardSize size() const { return info_.size; }
  const std::vector<GameNode>& nodes() const { return nodes_; }
  const GameNode& node(int number) const { return nodes_[static_cast<std::size_t>(number)]; }
  int last_main_node() const { return last_main_node_; }
  /// The moves of the main line. Nodes 0..main_moves() are the start and these moves.
  int main_moves() const { return node(last_main_node_).move_number; }
  /// The node of the last stone that `player` plays in the main line; 0 if there is none.
  int last_play(Color player) const { return last_plays_[player == Color::kWhite]; }
  /// True if the record goes on after the node.
  bool has_next(int number) const;

  /// The player to move is the one who moves next in the record. Takes time linear in the move
  /// number.
  Position position(int node) const;

  /// Visits all positions in order, in time linear in their number plus the time to reach the
  /// beginnings of variations.
  class Walk {
   public:
    explicit Walk(const GameTree& tree);
    int node() const { return node_; }
    const Position& position() const { return replay_.game().position(); }
    /// Returns false at the end.
    bool advance();

   private:
    const GameTree* tree_;
    sgf::SgfReplay replay_;
    int node_ = 0;
  };

 private:
  GameTree() = default;
  class Reader;
  void find_last_plays();
  void let_next_player_move(sgf::SgfReplay& replay, int number) const;
  Result<sgf::SgfReplay> start() const;
  /// A replay that has entered `node`; the moves of `node` are still to be played.
  Result<sgf::SgfReplay> replay_to(sgf::SgfNodeId node) const;

  std::shared_ptr<const sgf::SgfTree> sgf_;
  sgf::SgfNodeId root_ = sgf::kNoSgfNode;
  RecordRules rules_;
  sgf::GameInfo info_;
  std::vector<GameNode> nodes_;
  int last_main_node_ = 0;
  int last_plays_[2] = {0, 0};
};

}  // namespace ponnuki::review
