// Page: one page in a browser and what it looks at: a game, a position of it, and searches.
//
//   client's thread    handle(message) → Table → Room::changed
//   any thread         Room::changed → tell(): the new state goes to the page
//   pool's threads     findings → the page
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/mutex.h"
#include "review/game_review.h"
#include "server/request_fields.h"
#include "server/web_server.h"
#include "web/server/analyst.h"
#include "web/server/messages.h"
#include "web/server/room.h"

namespace ponnuki::web {

class Page : public server::Conversation {
 public:
  /// What all pages share. All must outlive them.
  struct Resources {
    Lobby& lobby;
    Analyst::Resources analyst;  // without its pause
    ServerFacts facts;
  };
  Page(const Resources& resources, const server::Messenger& messenger);
  ~Page() override;

  void handle(const std::string& message) override;
  bool is_idle() const override { return analyst_.is_idle(); }

 private:
  using Fields = server::RequestFields;
  using Handler = Status (Page::*)(const Fields& fields);
  static const std::map<std::string, Handler>& handlers();

  Status list_games(const Fields& fields);
  Status new_game(const Fields& fields);
  Status open_game(const Fields& fields);
  Status import_game(const Fields& fields);
  Status delete_game(const Fields& fields);
  Status branch(const Fields& fields);
  Status play(const Fields& fields);
  Status resign(const Fields& fields);
  Status undo(const Fields& fields);
  Status flag(const Fields& fields);
  Status mark(const Fields& fields);
  Status accept(const Fields& fields);
  Status resume(const Fields& fields);
  Status go(const Fields& fields);
  Status analyse(const Fields& fields);
  Status survey(const Fields& fields);
  Status comment(const Fields& fields);
  Status remove(const Fields& fields);
  Status download(const Fields& fields);

  Result<Table*> table() const;
  review::GameReview reviewed() const;
  /// A position of the version of the record that the page knows.
  struct Place {
    std::shared_ptr<const review::GameTree> tree;
    int node;
  };
  Result<Place> place_of(const Fields& fields) const;
  Status change(Status status);
  void go_with_next_change(sgf::SgfNodeId node);
  void enter(std::shared_ptr<Room> room);
  void tell(Room& room, const std::string& problem);
  void show_position();
  void watch();
  void take_survey();

  const Resources& resources_;
  const server::Messenger messenger_;

  mutable Mutex mutex_;  // not held while tables, rooms and searches are called
  TableView view_ PONNUKI_GUARDED_BY(mutex_);
  int cursor_ PONNUKI_GUARDED_BY(mutex_) = 0;
  // The node to go to with the next version of the record.
  sgf::SgfNodeId next_ PONNUKI_GUARDED_BY(mutex_) = sgf::kNoSgfNode;
  std::int64_t watch_visits_ PONNUKI_GUARDED_BY(mutex_) = 0;  // 0: no live analysis
  std::int64_t survey_visits_ PONNUKI_GUARDED_BY(mutex_) = 0;

  Analyst analyst_;
  std::unique_ptr<Room::Visit> visit_;  // used on the client's thread; ends first
};

}  // namespace ponnuki::web
