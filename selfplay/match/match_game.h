// One game between two players under our own referee: Position checks every move, the clock runs
// here, and the result is our count of the final board, without the dead stones if the rules say
// so. The scores that the players claim are only recorded.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "engine/game.h"
#include "engine/score.h"
#include "selfplay/match/player.h"

namespace ponnuki::selfplay {

enum class Ending {
  kScore,  // two passes
  kResign,
  kMaxMoves,  // stopped, counted as the board stands
  kNoResult,  // a long cycle under simple ko
  // The loser's fault:
  kIllegal,  // a move that the rules forbid, or no move at all
  kRefused,  // refused a legal move of the opponent
  kTime,     // exceeded the clock, or gave no answer for very long
  kCrash,    // the program ended, or would not start a game
};
const char* to_string(Ending ending);

struct MatchGameOptions {
  BoardSize size;
  Rules rules;
  int max_moves = 0;  // 0: three times the area
  TimeControl time;
  double time_grace_seconds = 0.1;  // tolerance for pipes and scheduling
  /// Scores finished games that are not counted as they stand; may be called on several threads.
  /// Unset: such games are counted as they stand too.
  std::function<Score(const Position&)> judge = {};
};

/// Arrays are by colour: [0] Black, [1] White.
struct MatchGame {
  explicit MatchGame(const MatchGameOptions& options) : game(options.size, options.rules) {}
  Game game;
  Color winner = Color::kEmpty;  // kEmpty for a draw
  Ending ending = Ending::kScore;
  float white_minus_black = 0;        // for kScore and kMaxMoves
  std::string detail;                 // description of a failure, one line
  std::array<std::string, 2> claims;  // answers to final_score
  std::array<double, 2> seconds = {0, 0};
  std::array<int, 2> thought_moves = {0, 0};  // answers to genmove

  /// The SGF property RE: "B+3.5", "W+R", "B+F", "0", …
  std::string result() const;
  /// True if a player's count differs from the referee's.
  bool claims_differ() const;
};

/// Plays the opening first, beginning with Black, then the game. Players are [0] Black, [1] White.
MatchGame play_match_game(const std::array<Player*, 2>& players, const std::vector<Point>& opening,
                          const MatchGameOptions& options);

}  // namespace ponnuki::selfplay
