// GameTree: the positions of a game record, and optionally those of its variations.
//
//     (;SZ[9] ;B[cc] ;W[gc] (;B[gg] ;W[cg]) (;B[cg]))
//      node 0     1      2       3      4      5        0..main_moves() are the main line
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/result.h"
#include "engine/sgf/sgf.h"

namespace ponnuki::review {

/// The rules for records without rules, and rules that replace those of the record.
struct RecordRules {
  Rules base;
  bool rules_given = false;  // the rules of `base` replace those of the record
  bool komi_given = false;   // the komi of `base` replaces that of the record

  Rules instead_of(const Rules& record) const;
};

/// A position and the move that led to it.
struct GameNode {
  sgf::SgfNodeId sgf = sgf::kNoSgfNode;  // the node with the move; the root for node 0
  int parent = -1;
  int move_number = 0;            // moves played since the start
  std::optional<Move> move = {};  // none for node 0
  // False if stones were set up between the parent and this move.
  bool continues = true;
  /// For a variation's first move: the node where the variation branches off.
  sgf::SgfNodeId line = sgf::kNoSgfNode;
};

class GameTree {
 public:
  static constexpr std::size_t kMostPositions = 100'000;

  /// Reads every move. Returns an error if a move cannot be played, or if there are too many
  /// positions.
  static Result<GameTree> read(std::shared_ptr<const sgf::SgfTree> sgf, sgf::SgfNodeId root,
                               const RecordRules& rules, bool with_variations);

  const sgf::SgfTree& sgf() const { return *sgf_; }
  sgf::SgfNodeId root() const { return root_; }
  const sgf::GameInfo& info() const { return info_; }  // with the effective rules
  BoardSize size() const { return info_.size; }
  const std::vector<GameNode>& nodes() const { return nodes_; }
  const GameNode& node(int number) const { return nodes_[static_cast<std::size_t>(number)]; }
  int main_moves() const { return main_moves_; }

  /// Takes time linear in the move number.
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
  Result<sgf::SgfReplay> start() const;
  /// A replay that has entered `node`; the moves of `node` are still to be played.
  Result<sgf::SgfReplay> replay_to(sgf::SgfNodeId node) const;

  std::shared_ptr<const sgf::SgfTree> sgf_;
  sgf::SgfNodeId root_ = sgf::kNoSgfNode;
  RecordRules rules_;
  sgf::GameInfo info_;
  std::vector<GameNode> nodes_;
  int main_moves_ = 0;
};

}  // namespace ponnuki::review
