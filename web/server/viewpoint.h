// Viewpoint: what a page looks at: a version of a game, a position of it, and the searches of both.
//
//   client's thread    go(), analyse(), survey()
//   any thread         follow(), after each change of the game
//   pool's threads     findings → the page
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/mutex.h"
#include "review/game_review.h"
#include "server/request_fields.h"
#include "server/web_server.h"
#include "web/server/analyst.h"
#include "web/server/table.h"

namespace ponnuki::web {

class Viewpoint {
 public:
  Viewpoint(const Analyst::Resources& resources, const server::Messenger& messenger);

  /// Looks at no game.
  void leave();
  /// The game has changed, or it is another one: shows it.
  void follow(const std::string& game, const TableView& now);
  /// The node to go to with the next version of the record; kNoSgfNode: none.
  void go_with_next_change(sgf::SgfNodeId node);

  /// A position of the version of the record that the page knows.
  struct Place {
    std::shared_ptr<const review::GameTree> tree;
    std::uint64_t version;
    int node;

    Position position() const { return tree->position(node); }
  };
  /// The place that a message means by `version` and `node`. Messages about an earlier version come
  /// too late. Throws a server::Refusal if a field is missing.
  Result<Place> place_of(const server::RequestFields& fields) const;

  Status go(const Place& place);
  /// Visits of a live search of the position that is shown; 0: none.
  void analyse(std::int64_t visits);
  /// Visits of each position of the main line; 0: no survey.
  void survey(std::int64_t visits);
  bool is_idle() const { return analyst_.is_idle(); }

  /// The game with all that is known of its positions, and its version.
  struct Reviewed {
    review::GameReview review;
    std::uint64_t version;
  };
  /// `file`: the name of the game. Blocks until the evaluator is loaded.
  Result<Reviewed> reviewed(const std::string& file) const;

 private:
  void show_position();
  void watch();
  void take_survey();

  const Analyst::Resources resources_;
  const server::Messenger& messenger_;

  mutable Mutex mutex_;  // not held while searches are called
  TableView view_ PONNUKI_GUARDED_BY(mutex_);
  int cursor_ PONNUKI_GUARDED_BY(mutex_) = 0;
  sgf::SgfNodeId next_ PONNUKI_GUARDED_BY(mutex_) = sgf::kNoSgfNode;
  std::int64_t watch_visits_ PONNUKI_GUARDED_BY(mutex_) = 0;
  std::int64_t survey_visits_ PONNUKI_GUARDED_BY(mutex_) = 0;

  Analyst analyst_;  // ends first
};

}  // namespace ponnuki::web
