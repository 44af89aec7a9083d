#include "web/server/page.h"

#include <new>
#include <nlohmann/json.hpp>

#include "engine/base64.h"
#include "engine/json_parse.h"
#include "engine/unpack.h"
#include "review/html_report.h"
#include "review/sgf_report.h"
#include "web/server/game_at.h"
#include "web/server/game_request.h"
#include "web/server/record_edit.h"
#include "web/server/review_message.h"

namespace ponnuki::web {
namespace {

constexpr std::int64_t kMostVisits = 1'000'000;
constexpr std::size_t kJsonValues = 100'000;
constexpr std::size_t kMostRecordBytes = std::size_t{16} << 20;
constexpr const char* kNoTraining = "no training run is shown: start with --train FOLDER";

Analyst::Resources with_pause(Analyst::Resources resources, const Pause* pause) {
  resources.share.pause = pause;
  return resources;
}

}  // namespace

Page::Page(const Resources& resources, const server::Messenger& messenger)
    : resources_(resources),
      messenger_(messenger),
      viewpoint_(with_pause(resources.analyst, messenger.pause), messenger_) {
  messenger_.send(hello_message(resources_.facts));
}

Page::~Page() { resources_.microscope.forget(this); }

const std::map<std::string, Page::Handler>& Page::handlers() {
  static const std::map<std::string, Handler> all = {
      {"games", &Page::list_games},   {"new", &Page::new_game},
      {"open", &Page::open_game},     {"import", &Page::import_game},
      {"delete", &Page::delete_game}, {"branch", &Page::branch},
      {"copy", &Page::copy_position}, {"trainingGame", &Page::open_training_game},
      {"play", &Page::play},          {"resign", &Page::resign},
      {"undo", &Page::undo},          {"flag", &Page::flag},
      {"mark", &Page::mark},          {"accept", &Page::accept},
      {"resume", &Page::resume},      {"comment", &Page::comment},
      {"remove", &Page::remove},      {"promote", &Page::promote},
      {"setup", &Page::set_up},       {"go", &Page::go},
      {"analyse", &Page::analyse},    {"survey", &Page::survey},
      {"review", &Page::review},      {"policy", &Page::policy},
      {"layer", &Page::layer},        {"film", &Page::film},
      {"download", &Page::download},  {"training", &Page::training},
      {"quiz", &Page::quiz},          {"answer", &Page::answer},
      {"forget", &Page::forget},
  };
  return all;
}

void Page::handle(const std::string& message) {
  std::string type;
  try {
    const auto json = parse_json(message, {.values = kJsonValues, .unique_keys = true});
    if (!json || !json->is_object())
      return messenger_.send(error_message("", "a message must be a JSON object"));
    const Fields fields(*json);
    type = fields.text("type", "a message needs a type");
    const auto handler = handlers().find(type);
    if (handler == handlers().end())
      return messenger_.send(error_message(type, "there is no message of this type"));
    const Status status = (this->*handler->second)(fields);
    if (!status) messenger_.send(error_message(type, status.error().message));
  } catch (const server::Refusal& refusal) {
    messenger_.send(error_message(
        type, refusal.field.empty() ? refusal.text : refusal.field + ": " + refusal.text));
  } catch (const std::bad_alloc&) {
    messenger_.send(error_message(type, "there is not enough memory for this"));
  }
}

// --- which game

Status Page::list_games(const Fields&) {
  messenger_.send(games_message(resources_.lobby.store()));
  return {};
}

Status Page::new_game(const Fields& fields) {
  PONNUKI_TRY(const Game game, read_new_game(fields));
  PONNUKI_TRY(auto room,
              resources_.lobby.add(std::make_unique<Table>(game, read_table_settings(fields))));
  enter(std::move(room));
  return {};
}

Status Page::open_game(const Fields& fields) {
  PONNUKI_TRY(auto room, resources_.lobby.open(fields.text("game", "the id of a game")));
  enter(std::move(room));
  return {};
}

/// `sgf` is the text of a record, `base64` the bytes of a file: of any format and character set that
/// is known, also packed.
Status Page::import_game(const Fields& fields) {
  std::string text;
  if (fields.has("base64")) {
    const auto bytes = decode_base64(fields.text("base64", "the bytes of a record"));
    if (!bytes) return Error{"base64: these are no bytes in Base64"};
    PONNUKI_TRY(text, unpack(*bytes, kMostRecordBytes));
  } else {
    text = fields.text("sgf", "the text of a record");
  }
  PONNUKI_TRY(auto table, Table::read(text));
  PONNUKI_TRY(auto room, resources_.lobby.add(std::move(table)));
  enter(std::move(room));
  return {};
}

Status Page::delete_game(const Fields& fields) {
  const std::string& id = fields.text("game", "the id of a game");
  PONNUKI_TRY(resources_.lobby.store().remove(id));
  PONNUKI_TRY(resources_.quiz.forget(id));
  return list_games(fields);
}

/// Another game, which goes on from a position of this one.
Status Page::branch(const Fields& fields) {
  PONNUKI_TRY([[maybe_unused]] Table* const here, table());
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  PONNUKI_TRY(auto room, resources_.lobby.add(std::make_unique<Table>(
                             game_at(*place.tree, place.node), read_table_settings(fields))));
  enter(std::move(room));
  return {};
}

/// A record that begins with a position of this one.
Status Page::copy_position(const Fields& fields) {
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  PONNUKI_TRY(auto table, Table::read(record_from(*place.tree, place.node)));
  PONNUKI_TRY(auto room, resources_.lobby.add(std::move(table)));
  enter(std::move(room));
  return {};
}

/// It is stored only if the person changes it.
Status Page::open_training_game(const Fields& fields) {
  if (!resources_.training) return Error{kNoTraining};
  const std::int64_t number = fields.integer("number", 0, INT32_MAX, "the number of a game");
  PONNUKI_TRY(const auto sgf,
              resources_.training->game(static_cast<std::size_t>(number), program()));
  PONNUKI_TRY(auto table, Table::read(sgf));
  PONNUKI_TRY(auto room, resources_.lobby.add(std::move(table), Lobby::Keep::kChanges));
  enter(std::move(room));
  return {};
}

void Page::enter(std::shared_ptr<Room> room) {
  visit_.reset();
  viewpoint_.leave();
  Room& here = *room;
  visit_ =
      std::make_unique<Room::Visit>(std::move(room), [this, &here](const std::string& problem) {
        TableView now = here.table().view();
        if (!problem.empty()) now.problem = problem;
        viewpoint_.follow(here.id(), now);
      });
  here.changed();
}

Result<Table*> Page::table() const {
  if (!visit_) return Error{"no game is open"};
  return &visit_->room().table();
}

// --- changes of the table

Status Page::change(Status status) {
  if (status) visit_->room().changed();
  return status;
}

Status Page::play(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  PONNUKI_TRY(const Point point, read_vertex(fields, "move", place.tree->size()));
  PONNUKI_TRY(const sgf::SgfNodeId reached, here->play(place.node, point));
  viewpoint_.go_with_next_change(reached);  // the page follows its own move, also into a variation
  return change({});
}

Status Page::resign(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  return change(here->resign(fields.player("player")));
}

Status Page::undo(const Fields&) {
  PONNUKI_TRY(Table* const here, table());
  return change(here->undo());
}

Status Page::flag(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  return change(here->flag(fields.player("player")));
}

Status Page::mark(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  PONNUKI_TRY(const Point point, read_vertex(fields, "point", here->view().tree->size()));
  return change(here->toggle_dead(point));
}

Status Page::accept(const Fields&) {
  PONNUKI_TRY(Table* const here, table());
  return change(here->accept_score());
}

Status Page::resume(const Fields&) {
  PONNUKI_TRY(Table* const here, table());
  return change(here->resume());
}

Status Page::comment(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  return change(here->edit(set_comment(place.node, fields.text("text", "a text"))));
}

Status Page::remove(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  const review::GameTree& tree = *place.tree;
  PONNUKI_TRY(here->edit(remove_moves(place.node)));
  viewpoint_.go_with_next_change(tree.node(tree.node(place.node).parent).sgf);
  return change({});
}

Status Page::promote(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  PONNUKI_TRY(here->edit(make_main_line(place.node)));
  viewpoint_.go_with_next_change(place.tree->node(place.node).sgf);
  return change({});
}

/// A stone on a point, or whose turn it is.
Status Page::set_up(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  if (!fields.has("point")) return change(here->edit(set_player_to_move(fields.player("toMove"))));
  PONNUKI_TRY(const Point point, read_vertex(fields, "point", place.tree->size()));
  const bool is_empty = fields.text("stone", "B, W or empty") == "empty";
  return change(here->edit(set_stone(point, is_empty ? Color::kEmpty : fields.player("stone"))));
}

// --- what the page looks at

Status Page::go(const Fields& fields) {
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  return viewpoint_.go(place);
}

Status Page::analyse(const Fields& fields) {
  viewpoint_.analyse(fields.integer("visits", 0, kMostVisits, "a number of visits"));
  return {};
}

Status Page::survey(const Fields& fields) {
  viewpoint_.survey(fields.integer("visits", 0, kMostVisits, "a number of visits"));
  return {};
}

Status Page::review(const Fields&) {
  PONNUKI_TRY(const auto known, viewpoint_.reviewed(""));
  messenger_.send(review_message(known.review, known.version));
  return {};
}

Status Page::policy(const Fields& fields) {
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  PONNUKI_TRY(Evaluator* const evaluator, resources_.analyst.provider.get());
  const Position position = place.position();
  PONNUKI_TRY(check_size(*evaluator, position.size()));
  messenger_.send(policy_message(position.size(), place.version, place.node,
                                 evaluate_one(*evaluator, position)));
  return {};
}

Status Page::layer(const Fields& fields) {
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  return resources_.microscope.ask(
      {this, place.position(), place.version, place.node,
       fields.text("layer", "the name of a layer"), [this](const Result<std::string>& message) {
         messenger_.send(message ? *message : error_message("layer", message.error().message));
       }});
}

/// The stones at each move of the line through a position.
Status Page::film(const Fields& fields) {
  PONNUKI_TRY(const auto place, viewpoint_.place_of(fields));
  messenger_.send(film_message(*place.tree, line_through(*place.tree, place.node)));
  return {};
}

Status Page::download(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  const std::string& format = fields.text("format", "sgf, analysis or html");
  const std::string name = visit_->room().id();
  if (format == "sgf") {
    messenger_.send(file_message(name + ".sgf", here->sgf()));
    return {};
  }
  if (format != "analysis" && format != "html")
    return Error{"a game is saved as sgf, analysis or html"};
  PONNUKI_TRY(const auto known, viewpoint_.reviewed(name));
  if (format == "analysis")
    messenger_.send(
        file_message(name + ".analyzed.sgf", review::sgf_report(known.review, program())));
  else
    messenger_.send(file_message(name + ".html", review::html_report(known.review, program())));
  return {};
}

Status Page::training(const Fields& fields) {
  if (!resources_.training) return Error{kNoTraining};
  const std::int64_t since = fields.integer("since", 0, INT64_MAX, "a number of an answer");
  PONNUKI_TRY(const std::string message, resources_.training->message(since));
  messenger_.send(message);
  return {};
}

// --- the quiz

Status Page::quiz(const Fields&) {
  messenger_.send(quiz_message(resources_.quiz, today()));
  return {};
}

Status Page::answer(const Fields& fields) {
  PONNUKI_TRY(const QuizCard card, read_quiz_card(fields));
  if (!resources_.lobby.store().has(card.game)) return Error{"there is no such game"};
  bool is_right = false;
  fields.flag("right", &is_right);
  PONNUKI_TRY(resources_.quiz.answer(card, is_right, today()));
  return quiz(fields);
}

Status Page::forget(const Fields& fields) {
  PONNUKI_TRY(const QuizCard card, read_quiz_card(fields));
  PONNUKI_TRY(resources_.quiz.forget(card.game, card.node));
  return quiz(fields);
}

}  // namespace ponnuki::web
