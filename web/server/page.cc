#include "web/server/page.h"

#include <algorithm>
#include <new>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/json_parse.h"
#include "review/html_report.h"
#include "review/sgf_report.h"
#include "web/server/game_at.h"
#include "web/server/game_request.h"

namespace ponnuki::web {
namespace {

constexpr std::int64_t kMostVisits = 1'000'000;
constexpr std::size_t kJsonValues = 100'000;
constexpr const char* kChanged = "the game has changed meanwhile; try again";

Analyst::Resources with_pause(Analyst::Resources resources, const Pause* pause) {
  resources.share.pause = pause;
  return resources;
}

/// The last position with that number in the record; the end of the main line if there is none.
int node_with(const review::GameTree& tree, sgf::SgfNodeId id) {
  const auto& nodes = tree.nodes();
  for (std::size_t n = nodes.size(); n-- > 0;) {
    if (nodes[n].sgf == id) return static_cast<int>(n);
  }
  return tree.last_main_node();
}

/// A position's node in another version of the record. Pages at the end stay at the end.
int same_node(const TableView& before, int node, const TableView& now) {
  if (!before.tree || node == before.tree->last_main_node()) return now.tree->last_main_node();
  return node_with(*now.tree, before.tree->node(node).sgf);
}

}  // namespace

Page::Page(const Resources& resources, const server::Messenger& messenger)
    : resources_(resources),
      messenger_(messenger),
      analyst_(with_pause(resources.analyst, messenger.pause)) {
  messenger_.send(hello_message(resources_.facts));
}

Page::~Page() = default;

const std::map<std::string, Page::Handler>& Page::handlers() {
  static const std::map<std::string, Handler> all = {
      {"games", &Page::list_games},   {"new", &Page::new_game},
      {"open", &Page::open_game},     {"import", &Page::import_game},
      {"delete", &Page::delete_game}, {"branch", &Page::branch},
      {"play", &Page::play},          {"resign", &Page::resign},
      {"undo", &Page::undo},          {"flag", &Page::flag},
      {"mark", &Page::mark},          {"accept", &Page::accept},
      {"resume", &Page::resume},      {"go", &Page::go},
      {"analyse", &Page::analyse},    {"survey", &Page::survey},
      {"comment", &Page::comment},    {"remove", &Page::remove},
      {"download", &Page::download},
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

Status Page::import_game(const Fields& fields) {
  PONNUKI_TRY(auto table, Table::read(fields.text("sgf", "the text of a record")));
  PONNUKI_TRY(auto room, resources_.lobby.add(std::move(table)));
  enter(std::move(room));
  return {};
}

Status Page::delete_game(const Fields& fields) {
  PONNUKI_TRY(resources_.lobby.store().remove(fields.text("game", "the id of a game")));
  return list_games(fields);
}

/// Another game, which goes on from a position of this one.
Status Page::branch(const Fields& fields) {
  PONNUKI_TRY([[maybe_unused]] Table* const here, table());
  PONNUKI_TRY(const Place place, place_of(fields));
  PONNUKI_TRY(auto room, resources_.lobby.add(std::make_unique<Table>(
                             game_at(*place.tree, place.node), read_table_settings(fields))));
  enter(std::move(room));
  return {};
}

void Page::enter(std::shared_ptr<Room> room) {
  visit_.reset();
  analyst_.stop_watching();
  analyst_.stop_survey();
  {
    const MutexLock lock(mutex_);
    view_ = {};
  }
  Room& here = *room;
  visit_ = std::make_unique<Room::Visit>(
      std::move(room), [this, &here](const std::string& problem) { tell(here, problem); });
  here.changed();
}

Result<Table*> Page::table() const {
  if (!visit_) return Error{"no game is open"};
  return &visit_->room().table();
}

/// The node that a message means. Messages about an earlier version came too late.
Result<Page::Place> Page::place_of(const Fields& fields) const {
  const std::int64_t version = fields.integer("version", 0, INT64_MAX, "the version of the game");
  const std::int64_t node = fields.integer("node", 0, INT32_MAX, "the number of a position");
  const MutexLock lock(mutex_);
  if (!view_.tree || static_cast<std::uint64_t>(version) != view_.version ||
      node >= static_cast<std::int64_t>(view_.tree->nodes().size()))
    return Error{kChanged};
  return Place{view_.tree, static_cast<int>(node)};
}

// --- changes of the table

void Page::go_with_next_change(sgf::SgfNodeId node) {
  const MutexLock lock(mutex_);
  next_ = node;
}

Status Page::change(Status status) {
  if (status) visit_->room().changed();
  return status;
}

Status Page::play(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  PONNUKI_TRY(const Place place, place_of(fields));
  const std::string& vertex = fields.text("move", "a vertex such as D4, or pass");
  const BoardSize size = here->view().tree->size();
  const auto point = parse_gtp_vertex(vertex, size);
  if (!point) return Error{"'" + vertex.substr(0, 20) + "' is no point of this board"};
  PONNUKI_TRY(const sgf::SgfNodeId reached, here->play(place.node, *point));
  go_with_next_change(reached);  // the page follows its own move, also into a variation
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
  const auto point = parse_gtp_vertex(fields.text("point", "a vertex"), here->view().tree->size());
  return change(here->toggle_dead(point.value_or(Point::pass())));
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
  PONNUKI_TRY(const Place place, place_of(fields));
  return change(here->set_comment(place.node, fields.text("text", "a text")));
}

Status Page::remove(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  PONNUKI_TRY(const Place place, place_of(fields));
  if (place.node == 0) return Error{"there is no such move"};
  const review::GameTree& tree = *place.tree;
  go_with_next_change(tree.node(tree.node(place.node).parent).sgf);
  const Status removed = here->remove(place.node);
  if (!removed) go_with_next_change(sgf::kNoSgfNode);
  return change(removed);
}

Status Page::download(const Fields& fields) {
  PONNUKI_TRY(Table* const here, table());
  const std::string& format = fields.text("format", "sgf, analysis or html");
  const std::string name = visit_->room().id();
  const std::string program = "Ponnuki " + resources_.facts.version;
  if (format == "sgf") {
    messenger_.send(file_message(name + ".sgf", here->sgf()));
  } else if (format == "analysis") {
    messenger_.send(file_message(name + ".analyzed.sgf", review::sgf_report(reviewed(), program)));
  } else if (format == "html") {
    messenger_.send(file_message(name + ".html", review::html_report(reviewed(), program)));
  } else {
    return Error{"a game is saved as sgf, analysis or html"};
  }
  return {};
}

/// The game with all that is known of its positions.
review::GameReview Page::reviewed() const {
  const auto tree = [&] {
    const MutexLock lock(mutex_);
    return view_.tree;
  }();
  const auto evaluator = resources_.analyst.provider.get();
  review::GameReview review{visit_->room().id(), evaluator ? (*evaluator)->name() : "", *tree, {}};
  review.assessments.resize(tree->nodes().size());
  review::GameTree::Walk walk(*tree);
  do {
    if (auto known = resources_.analyst.knowledge.find(walk.position(), 1))
      review.assessments[static_cast<std::size_t>(walk.node())] = std::move(*known);
  } while (walk.advance());
  return review;
}

// --- what the page looks at

Status Page::go(const Fields& fields) {
  PONNUKI_TRY(const Place place, place_of(fields));
  {
    const MutexLock lock(mutex_);
    if (view_.tree != place.tree) return Error{kChanged};
    cursor_ = place.node;
  }
  show_position();
  watch();
  return {};
}

Status Page::analyse(const Fields& fields) {
  const std::int64_t visits = fields.integer("visits", 0, kMostVisits, "a number of visits");
  {
    const MutexLock lock(mutex_);
    watch_visits_ = visits;
  }
  if (visits == 0) analyst_.stop_watching();
  watch();
  return {};
}

Status Page::survey(const Fields& fields) {
  const std::int64_t visits = fields.integer("visits", 0, kMostVisits, "a number of visits");
  {
    const MutexLock lock(mutex_);
    survey_visits_ = visits;
  }
  if (visits == 0) analyst_.stop_survey();
  take_survey();
  return {};
}

/// After a change of the table. Called on any thread.
void Page::tell(Room& room, const std::string& problem) {
  TableView now = room.table().view();
  if (!problem.empty()) now.problem = problem;
  bool has_moved = false, has_new_moves = false;
  int node = 0;
  {
    const MutexLock lock(mutex_);
    const int before = cursor_;
    cursor_ =
        next_ == sgf::kNoSgfNode ? same_node(view_, cursor_, now) : node_with(*now.tree, next_);
    next_ = sgf::kNoSgfNode;
    has_new_moves = view_.tree != now.tree;
    has_moved = !view_.tree || before != cursor_;
    view_ = now;
    node = cursor_;
  }
  messenger_.send(game_message(room.id(), now, node));
  if (has_moved) watch();
  if (has_new_moves) take_survey();
}

void Page::show_position() {
  const MutexLock lock(mutex_);
  if (view_.tree) messenger_.send(position_message(view_, cursor_));
}

/// Begins the live analysis of the position that is shown, if the page wants one.
void Page::watch() {
  TableView view;
  int node = 0;
  std::int64_t visits = 0;
  {
    const MutexLock lock(mutex_);
    view = view_;
    node = cursor_;
    visits = watch_visits_;
  }
  if (visits == 0 || !view.tree) return;
  const Position position = view.tree->position(node);
  if (position.is_over()) return analyst_.stop_watching();
  const Status status =
      analyst_.watch(position, visits,
                     [this, size = position.size(), version = view.version, node](
                         const review::Assessment& finding, bool is_over) {
                       messenger_.send(analysis_message(size, version, node, finding, is_over));
                     });
  if (!status) messenger_.send(error_message("analyse", status.error().message));
}

/// Searches all positions of the main line that are not known yet, if the page wants a graph.
void Page::take_survey() {
  TableView view;
  std::int64_t visits = 0;
  {
    const MutexLock lock(mutex_);
    view = view_;
    visits = survey_visits_;
  }
  if (visits == 0 || !view.tree) return;
  std::vector<Analyst::Place> places;
  review::GameTree::Walk walk(*view.tree);
  do {
    if (walk.node() > view.tree->last_main_node()) break;
    if (!walk.position().is_over()) places.push_back({walk.node(), walk.position()});
  } while (walk.advance());
  const Status status =
      analyst_.survey(places, visits,
                      [this, version = view.version, size = view.tree->size()](
                          int node, const review::Assessment& finding) {
                        messenger_.send(graph_message(size, version, node, finding));
                      });
  if (!status) messenger_.send(error_message("survey", status.error().message));
}

}  // namespace ponnuki::web
