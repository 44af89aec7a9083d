// Table: a game as pages see it: the record with its variations, the players and their clocks, and
// how far the game is.
//
//   kReview    a record that is looked at; moves add variations
//   kPlaying   people and the engine play; moves go on at the end of the main line
//   kMarking   both have passed: dead stones are marked, by the engine first
//   kOver      the result stands
//
// A table is thread-safe and has no thread of its own: the engine's moves come from outside, as those
// of people do (web/server/opponent.h).
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/clock.h"
#include "engine/game.h"
#include "engine/mutex.h"
#include "engine/referee/judgement.h"
#include "engine/result.h"
#include "review/game_tree.h"
#include "web/server/record_edit.h"
#include "web/server/table_state.h"

namespace ponnuki::web {

struct TableSettings {
  Seats seats;
  search::TimeSettings time;  // of each player
  Teaching teaching = {};
};

/// A move that the engine has taken back, and why.
struct Lesson {
  Point move;
  double points = 0;      // that it would lose
  double winrate = 0;     // that it would lose
  std::vector<Point> pv;  // what would follow, beginning with the other player
};

/// The clock of a player at a moment.
struct ClockView {
  bool limited = false;
  double seconds = 0;  // until the player has lost on time
  bool is_running = false;
};

/// What a page shows of a table.
struct TableView {
  std::shared_ptr<const review::GameTree> tree;
  std::uint64_t version = 0;  // grows with each change
  Phase phase = Phase::kReview;
  Seats seats;
  std::array<ClockView, 2> clocks;
  std::string result;  // RE, "" while there is none
  /// Of the end of the game; while dead stones are marked none until the engine has answered.
  std::optional<referee::Judgement> judgement;
  std::string problem;           // why the engine does not answer; "" as a rule
  std::optional<Lesson> lesson;  // about the move that was taken back last
};

/// What a table waits for from the engine.
struct EngineTask {
  enum class Kind { kNone, kMove, kJudgement } kind = Kind::kNone;
  std::uint64_t version = 0;  // of the table; the answer counts only while it stays
  Game game;                  // up to the last position
  Seat seat;                  // for a move
  search::GameClock clock;
  Teaching teaching;  // the last move is to be looked at first, unless it is off
};

class Table {
 public:
  static constexpr std::size_t kMostPositions = 20'000;

  /// A game that goes on from the last position of `game`.
  Table(const Game& game, const TableSettings& settings);
  /// A stored game, or a record of another program, which is then looked at. Takes the first game
  /// of the text. Returns an error if it is no record, or has too many positions.
  static Result<std::unique_ptr<Table>> read(const std::string& sgf);
  static Result<std::unique_ptr<Table>> read(const sgf::SgfTree& sgf);

  TableView view() const;
  /// The record with what is needed to go on later.
  std::string sgf() const;
  std::uint64_t version() const;
  EngineTask engine_task() const;

  // --- changes. Each returns an error, which the page shows, if it cannot be done.
  //
  /// A move of the player to move at `node`. While a game is played it must be its last position.
  /// Returns the node to which the move leads, by its number in the record.
  Result<sgf::SgfNodeId> play(int node, Point move);
  Status resign(Color player);
  /// Takes back the last moves of a game, so that a person is to move again.
  Status undo();
  /// A player's time is up. An error if it is not.
  Status flag(Color player);
  /// The engine's answers to the task of that version; no effect if the table has changed since.
  void engine_plays(std::uint64_t version, Point move);
  void engine_resigns(std::uint64_t version);
  void engine_judges(std::uint64_t version, const referee::Judgement& judgement);
  void engine_takes_back(std::uint64_t version, const Lesson& lesson);
  void engine_fails(std::uint64_t version, const std::string& problem);
  /// Turns the chain at a point from alive to dead or back.
  Status toggle_dead(Point stone);
  Status accept_score();
  Status resume();
  Status edit(const RecordEdit& change);

 private:
  explicit Table(std::shared_ptr<const review::GameTree> tree) : tree_(std::move(tree)) {}

  void restore(const TableState& state) PONNUKI_REQUIRES(mutex_);
  TableState state() const PONNUKI_REQUIRES(mutex_);
  Status renew(const sgf::SgfTree& changed) PONNUKI_REQUIRES(mutex_);
  Status take_back_to(int node) PONNUKI_REQUIRES(mutex_);
  Result<sgf::SgfNodeId> play_locked(int node, Point move) PONNUKI_REQUIRES(mutex_);
  Result<sgf::SgfNodeId> add_move(int node, Move move) PONNUKI_REQUIRES(mutex_);
  void after_move() PONNUKI_REQUIRES(mutex_);
  Status set_result(const std::string& result) PONNUKI_REQUIRES(mutex_);
  Status end(const std::string& result) PONNUKI_REQUIRES(mutex_);
  Position last_position() const PONNUKI_REQUIRES(mutex_);
  void stop_clock() PONNUKI_REQUIRES(mutex_);
  void start_clock() PONNUKI_REQUIRES(mutex_);
  double seconds_left(Color player) const PONNUKI_REQUIRES(mutex_);

  mutable Mutex mutex_;
  std::shared_ptr<const review::GameTree> tree_ PONNUKI_GUARDED_BY(mutex_);
  std::uint64_t version_ PONNUKI_GUARDED_BY(mutex_) = 1;
  Phase phase_ PONNUKI_GUARDED_BY(mutex_) = Phase::kReview;
  Seats seats_ PONNUKI_GUARDED_BY(mutex_);
  std::array<search::GameClock, 2> clocks_ PONNUKI_GUARDED_BY(mutex_);
  std::optional<Clock::time_point> running_since_ PONNUKI_GUARDED_BY(mutex_);  // to_move()'s
  std::optional<referee::Judgement> judgement_ PONNUKI_GUARDED_BY(mutex_);
  std::string problem_ PONNUKI_GUARDED_BY(mutex_);
  Teaching teaching_ PONNUKI_GUARDED_BY(mutex_);
  std::optional<Lesson> lesson_ PONNUKI_GUARDED_BY(mutex_);
  bool insists_ PONNUKI_GUARDED_BY(mutex_) = false;  // the move of the lesson was played again
};

}  // namespace ponnuki::web
