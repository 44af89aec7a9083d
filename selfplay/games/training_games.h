// TrainingGames: self-play games that produce training data. Many games are played at once on one
// thread; the evaluator gets the leaves of all their searches in one call.
//
// Either all moves are searched and recorded with the policy that the search improved, or only some
// of them are, and the others get fewer simulations (KataGo's playout cap randomization, arXiv
// 1902.10565, section 3.1). Games begin with some moves drawn from the net's own policy, a few
// games with random moves, so that the net sees positions that it would not reach by itself; games
// may also go on from the middle of a game of others. Komi is random, so that the net learns the
// value of points; the rules are random too. Some games are forks: they follow the previous game up
// to some turn, play a random move there, and get the komi that makes the position even (KataGo's
// side positions).
//
// A game ends by two passes. Dead stones that the players had no need to capture are removed before
// the board is counted (referee::judge_quickly).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/search/gumbel_search.h"
#include "engine/search/puct_turn.h"
#include "selfplay/records/game_record.h"

namespace ponnuki::selfplay {

struct TrainingGamesOptions {
  struct Share {
    BoardSize size;
    double weight;
    double komi = 7;      // mean
    int simulations = 0;  // for each turn; 0: the value in the options
  };
  std::vector<Share> sizes = std::vector<Share>(1, Share{{9, 9}, 1});
  std::optional<Rules> rules;  // except for komi; unset: random_rules()
  int games = 32;              // played at once
  enum class SearchKind { kGumbel, kPuct };
  SearchKind search = SearchKind::kGumbel;
  search::GumbelParams gumbel;
  search::SearchParams puct = search::self_play_params();
  int simulations = 8;
  double fast_share = 0;  // of turns that are not used for training
  int fast_simulations = 4;
  double komi_stdev = 1;
  double wide_komi_chance = 0.06, wide_komi_stdev = 12;
  double opening_moves = 3;  // drawn from the policy; mean on 9×9
  // The share of games that begin with up to `random_opening_moves` random moves.
  double random_opening_chance = 0.05;
  int random_opening_moves = 50;  // on 9×9
  /// The share of games that begin with moves of another game, from `openings`: the cells of moves
  /// that alternate, Black first. A game follows them as far as its rules allow. Where there are
  /// none for the board, it begins as the others do. Called on the threads that play.
  double followed_opening_chance = 0;
  std::function<std::vector<std::uint16_t>(BoardSize, Random&)> openings;
  double fork_chance = 0.05;  // share of games from which another one forks
  double max_moves = 2.5;     // times the area; longer games are stopped
  /// The share of the weight that is distributed by policy surprise: by the divergence of the
  /// search's policy from the net's, relative to its mean over the game (KataGo's policy surprise
  /// weighting).
  double surprise_share = 0.5;
  /// If |win - loss| was above this for three consecutive turns, the game continues with fewer
  /// simulations and a smaller weight.
  double decided = 0.95;
  int decided_simulations = 8;
  double decided_weight = 0.25;

  /// The simulations of a full turn on this board size.
  int simulations_on(BoardSize size) const;
};

class TrainingGames {
 public:
  using Finished = std::function<void(std::unique_ptr<GameRecord>)>;
  TrainingGames(const TrainingGamesOptions& options, std::uint64_t seed, Finished finished);
  ~TrainingGames();

  /// Plays until all games wait for the evaluator, and calls it once. New games replace finished
  /// ones.
  void step(Evaluator& evaluator);
  /// From now on games under way go on, but none begins.
  void begin_no_more() { begins_games_ = false; }
  /// Whether no game is under way.
  bool is_empty() const;
  /// Sets the mean komi of games that begin from now on, one for each size, in the order of the
  /// options.
  void set_komi(const std::vector<double>& komi);
  struct Stats {
    std::int64_t games = 0;        // finished
    std::int64_t turns = 0;        // searched
    std::int64_t simulations = 0;  // in these turns
  };
  const Stats& stats() const { return stats_; }

 private:
  struct Slot;
  class Relay;
  std::unique_ptr<search::TurnSearch> make_search();
  void begin_game(Slot& slot);
  void begin_record(Slot& slot, BoardSize size, const Rules& rules);
  void play_random_moves(Slot& slot);
  bool follow_opening(Slot& slot);
  void begin_fork(Slot& slot, const GameRecord& source);
  void follow(Slot& slot, std::uint16_t cell);
  void begin_turn(Slot& slot);
  void advance(Slot& slot);
  void end_turn(Slot& slot);
  void record_turn(Slot& slot, const search::TurnResult& result);
  void play(Slot& slot, Point move);
  void end_game(Slot& slot);
  int scaled(double moves, BoardSize size) const;

  TrainingGamesOptions options_;
  Finished finished_;
  Random random_;
  std::unique_ptr<Relay> relay_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<EvalRequest> requests_;
  bool begins_games_ = true;
  Stats stats_;
};

}  // namespace ponnuki::selfplay
