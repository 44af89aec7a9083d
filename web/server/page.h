// Page: one page in a browser: does what its messages ask for, and tells it what changes.
//
//   client's thread    handle(message) → Table → Room::changed
//   any thread         Room::changed → Viewpoint::follow(): the new state goes to the page
#pragma once

#include <map>
#include <memory>
#include <string>

#include "server/request_fields.h"
#include "server/web_server.h"
#include "web/server/messages.h"
#include "web/server/microscope.h"
#include "web/server/quiz_deck.h"
#include "web/server/room.h"
#include "web/server/training_run.h"
#include "web/server/viewpoint.h"

namespace ponnuki::web {

class Page : public server::Conversation {
 public:
  /// What all pages share. All must outlive them.
  struct Resources {
    Lobby& lobby;
    Analyst::Resources analyst;  // without its pause
    Microscope& microscope;
    QuizDeck& quiz;
    TrainingRun* training;  // null: none is shown
    ServerFacts facts;
  };
  Page(const Resources& resources, const server::Messenger& messenger);
  ~Page() override;

  void handle(const std::string& message) override;
  bool is_idle() const override { return viewpoint_.is_idle(); }

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
  Status copy_position(const Fields& fields);
  Status open_training_game(const Fields& fields);

  Status play(const Fields& fields);
  Status resign(const Fields& fields);
  Status undo(const Fields& fields);
  Status flag(const Fields& fields);
  Status mark(const Fields& fields);
  Status accept(const Fields& fields);
  Status resume(const Fields& fields);
  Status comment(const Fields& fields);
  Status remove(const Fields& fields);
  Status promote(const Fields& fields);
  Status set_up(const Fields& fields);

  Status go(const Fields& fields);
  Status analyse(const Fields& fields);
  Status survey(const Fields& fields);
  Status review(const Fields& fields);
  Status policy(const Fields& fields);
  Status layer(const Fields& fields);
  Status film(const Fields& fields);
  Status download(const Fields& fields);
  Status training(const Fields& fields);
  Status quiz(const Fields& fields);
  Status answer(const Fields& fields);
  Status forget(const Fields& fields);

  Result<Table*> table() const;
  Status change(Status status);
  void enter(std::shared_ptr<Room> room);
  std::string program() const { return "Ponnuki " + resources_.facts.version; }

  const Resources& resources_;
  const server::Messenger messenger_;
  Viewpoint viewpoint_;
  std::unique_ptr<Room::Visit> visit_;  // used on the client's thread; ends first
};

}  // namespace ponnuki::web
