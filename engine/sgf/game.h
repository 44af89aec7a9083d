// Converts between game records (engine/sgf/tree.h) and games: reads the properties of the root,
// reads the main line as a Game, and writes a Game as a record.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/game.h"
#include "engine/result.h"
#include "engine/rules.h"
#include "engine/sgf/tree.h"
#include "engine/sgf/value.h"
#include "engine/types.h"

namespace ponnuki::sgf {

/// The game properties of a root.
struct GameInfo {
  BoardSize size;  // SZ; default 19×19
  // RU and KM applied to the caller's rules. An unknown name of rules changes nothing.
  Rules rules;
  bool komi_given = false;
  bool rules_given = false;       // RU exists and was understood
  int handicap = 0;               // HA, or the handicap stones found; 0 or >= 2
  SgfResult result;               // RE
  std::optional<double> seconds;  // TM, main time
  // Texts; "" if absent.
  std::string black, white, black_rank, white_rank;      // PB PW BR WR
  std::string rules_text, overtime, date, event, round;  // RU OT DT EV RO
  std::string place, game_name, source, user, program;   // PC GN SO US AP
  std::string comment;                                   // GC
  // What is odd about the record and how it was read: lines of plain text, at most kMostNotes.
  std::vector<std::string> notes;

  static constexpr std::size_t kMostNotes = 20;
  void add_note(std::string note);
};
/// `base` has the rules and komi for records without them. RU is read by rules_of_record(), KM by
/// read_komi(). Returns an error if the record is not Go (GM) or has an unsupported size.
Result<GameInfo> read_game_info(const SgfTree& tree, SgfNodeId root, const Rules& base);

struct Opening;

/// Plays the main line of a record, move by move. Setup stones during the game start a new game
/// from that board; it keeps the prisoners, and its history lacks the earlier moves. Ko and superko
/// are not enforced. A resignation that is written as a move ("W[resign]") ends the game.
class SgfReplay {
 public:
  /// Starts before the first move. The tree must outlive the replay.
  static Result<SgfReplay> start(const SgfTree& tree, SgfNodeId root, const Rules& base);

  /// Its notes and result grow with the moves.
  const GameInfo& info() const { return info_; }
  const Game& game() const { return game_; }
  /// The number of moves played so far, including those before a later setup.
  int move_number() const { return move_number_; }
  /// The node of the last move, or the root.
  SgfNodeId node() const { return node_; }

  /// Applies setup stones up to the next move and plays that move. Returns nothing at the end of
  /// the record. The error names the number of the move.
  Result<std::optional<Move>> next();

  /// Lets either colour move next.
  void set_to_move(Color player) { game_.set_to_move(player); }
  /// Replaces the rules of the record.
  void set_rules(const Rules& rules);
  /// True while some of the moves of node() have not been played. A node may hold several moves.
  bool has_pending_moves() const { return !pending_.empty(); }
  /// True once a player has resigned by a move: next() then returns nothing.
  bool has_ended() const { return ended_; }
  /// Descends to any child of node(); next() then plays its moves. Requires that no moves are
  /// pending.
  Status enter(SgfNodeId child);

 private:
  SgfReplay(const SgfTree& tree, SgfNodeId root, GameInfo info)
      : tree_(&tree), node_(root), info_(std::move(info)), game_(info_.size, info_.rules) {}
  Status begin();
  void settle_handicap(const Opening& opening);
  Status enter_node(SgfNodeId node);
  Status read_move(SgfNodeId node, Color player, std::string_view value);
  void end_by_resignation(SgfNodeId node, Color loser);
  Status set_up(SgfNodeId node);
  void note_resumption();
  std::string place_of(SgfNodeId node) const;
  Error error_at(SgfNodeId node, const std::string& what) const;

  const SgfTree* tree_;
  SgfNodeId node_;
  GameInfo info_;
  Game game_;
  // The moves of the entered node that are still to be played, last first.
  std::vector<Move> pending_;
  int move_number_ = 0;
  // The handicap that does not come from moves.
  int start_handicap_ = 0;
  bool ended_ = false;
  bool resumed_ = false;
};

/// The main line of the first game in a file, for GTP's loadsgf and `ponnuki analyze`.
struct SgfGame {
  GameInfo info;  // its notes include those on the file
  Game game;      // after the requested moves
  int moves_played = 0;
};
/// Plays at most `max_moves` moves of the main line.
Result<SgfGame> replay_sgf(const SgfTree& tree, SgfNodeId root, const Rules& base,
                           int max_moves = std::numeric_limits<int>::max());
Result<SgfGame> load_game_record(const std::string& path, const Rules& base,
                                 int max_moves = std::numeric_limits<int>::max());

/// The record of a game: FF[4], setup as AB/AW, handicap, then the moves. Size, rules, komi and
/// handicap come from the game, everything else from `info`. Node n of the main line (0 is the
/// root) is the position after n moves.
SgfTree make_sgf(const Game& game, const GameInfo& info);

}  // namespace ponnuki::sgf
