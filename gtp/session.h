// Session: the game, options, search and memory of one client. The commands (gtp/handlers_*.cc) are
// free functions on it. A session belongs to one thread; only its Inbox is shared with the
// transport's reader.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/game.h"
#include "gtp/memory.h"
#include "gtp/options.h"
#include "gtp/registry.h"
#include "gtp/thinker.h"
#include "server/inbox.h"
#include "server/output.h"

namespace ponnuki::gtp {

/// The objects to which a session is connected. All must outlive it.
struct SessionPorts {
  const server::EvaluatorProvider& provider;
  server::Inbox& inbox;
  server::Output& out;
  server::Log log;
  HelperPool* helpers = nullptr;  // set: the threads of its searches beyond the first
};

class Session {
 public:
  Session(const GtpOptions& options, const SessionPorts& ports);

  /// Answers lines from the inbox until quit or the end of input. Blocks.
  void serve();
  /// Answers one line. Blank lines and comments get no response.
  void answer(std::string_view line);
  void quit() { quitting_ = true; }

  // --- the game
  const Game& game() const { return game_; }
  const Position& position() const { return game_.position(); }
  /// Starts another game and discards the memory of the current one.
  void start(Game game);
  /// Starts with an empty board of `size` under the current rules and komi.
  void start_empty(BoardSize size);
  /// Whether the rules allow the move. After two passes play may continue.
  bool is_legal(Move move) const { return position().is_legal_after_end(move); }
  void play(Move move);
  /// Goes on with a game that continues the current one.
  void continue_with(Game game);
  bool undo(int count = 1);
  void set_komi(float komi);
  void set_rules(const Rules& rules);
  void set_to_move(Color player) { game_.set_to_move(player); }
  /// The position for a search with `player` to move. If the game has ended, the same stones with
  /// play resumed.
  Position position_for(Color player) const;

  // --- thinking
  GtpOptions& options() { return options_; }
  const GtpOptions& options() const { return options_; }
  Thinker& thinker() { return thinker_; }
  /// Thinker::evaluator() for the current board size.
  Result<Evaluator*> evaluator() const { return thinker_.evaluator(position().size()); }
  Memory& memory() { return memory_; }
  /// The judgement of the current position, or of another one. May block for a short search, which
  /// leaves the thinker's tree alone.
  Result<referee::Judgement> judge() { return judge(position()); }
  Result<referee::Judgement> judge(const Position& position);

  // --- output
  const Registry& registry() const { return registry_; }
  server::Output& out() { return ports_.out; }
  server::Inbox& inbox() { return ports_.inbox; }
  void log(std::string_view line) const {
    if (ports_.log) ports_.log(line);
  }
  /// A vertex in the form that this client wants.
  std::string vertex(Point p) const;
  /// Several vertices, separated by spaces.
  std::string vertices(const std::vector<Point>& points) const;
  /// Parses a point on the board. Returns nothing for "pass" and for invalid vertices.
  std::optional<Point> parse_board_point(std::string_view text) const;

 private:
  Thinker::Resources resources() const;
  Reply dispatch_safely(const Command& command);
  Reply dispatch(const Command& command);
  void ponder_if_idle();

  GtpOptions options_;
  SessionPorts ports_;
  Registry registry_;
  Game game_;
  Thinker thinker_;
  Memory memory_;
  bool quitting_ = false;
};

/// Returns an error if no further move may be played.
Status check_room(const Game& game);

}  // namespace ponnuki::gtp
