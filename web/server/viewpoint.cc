#include "web/server/viewpoint.h"

#include <utility>
#include <vector>

#include "web/server/messages.h"

namespace ponnuki::web {
namespace {

constexpr const char* kChanged = "the game has changed meanwhile; try again";

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

Viewpoint::Viewpoint(const Analyst::Resources& resources, const server::Messenger& messenger)
    : resources_(resources), messenger_(messenger), analyst_(resources) {}

void Viewpoint::leave() {
  analyst_.stop_watching();
  analyst_.stop_survey();
  const MutexLock lock(mutex_);
  view_ = {};
}

void Viewpoint::go_with_next_change(sgf::SgfNodeId node) {
  const MutexLock lock(mutex_);
  next_ = node;
}

void Viewpoint::follow(const std::string& game, const TableView& now) {
  bool has_moved = false, has_new_moves = false;
  {
    const MutexLock lock(mutex_);  // held until the page is told, in the order of the versions
    const bool is_same = view_.tree && now.version == view_.version;
    const bool is_old = view_.tree && now.version < view_.version;
    if (is_old || (is_same && now.problem == view_.problem && next_ == sgf::kNoSgfNode)) return;
    const int before = cursor_;
    const sgf::SgfNodeId next = std::exchange(next_, sgf::kNoSgfNode);
    cursor_ = next == sgf::kNoSgfNode ? same_node(view_, cursor_, now) : node_with(*now.tree, next);
    has_new_moves = view_.tree != now.tree;
    has_moved = has_new_moves || before != cursor_;
    view_ = now;
    messenger_.send(game_message(game, now, cursor_));
  }
  if (has_moved) watch();
  if (has_new_moves) take_survey();
}

Result<Viewpoint::Place> Viewpoint::place_of(const server::RequestFields& fields) const {
  const std::int64_t version = fields.integer("version", 0, INT64_MAX, "the version of the game");
  const std::int64_t node = fields.integer("node", 0, INT32_MAX, "the number of a position");
  const MutexLock lock(mutex_);
  if (!view_.tree || static_cast<std::uint64_t>(version) != view_.version ||
      node >= static_cast<std::int64_t>(view_.tree->nodes().size()))
    return Error{kChanged};
  return Place{view_.tree, view_.version, static_cast<int>(node)};
}

Status Viewpoint::go(const Place& place) {
  {
    const MutexLock lock(mutex_);
    if (view_.tree != place.tree) return Error{kChanged};
    cursor_ = place.node;
  }
  show_position();
  watch();
  return {};
}

void Viewpoint::analyse(std::int64_t visits) {
  {
    const MutexLock lock(mutex_);
    watch_visits_ = visits;
  }
  if (visits == 0) analyst_.stop_watching();
  watch();
}

void Viewpoint::survey(std::int64_t visits) {
  {
    const MutexLock lock(mutex_);
    survey_visits_ = visits;
  }
  if (visits == 0) analyst_.stop_survey();
  take_survey();
}

void Viewpoint::show_position() {
  const MutexLock lock(mutex_);
  if (view_.tree) messenger_.send(position_message(view_, cursor_));
}

/// Begins the live analysis of the position that is shown, if the page wants one.
void Viewpoint::watch() {
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
void Viewpoint::take_survey() {
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
  const Status status = analyst_.survey(
      places, visits, [this, version = view.version](int node, const review::Assessment& finding) {
        messenger_.send(graph_message(version, node, finding));
      });
  if (!status) messenger_.send(error_message("survey", status.error().message));
}

Result<Viewpoint::Reviewed> Viewpoint::reviewed(const std::string& file) const {
  TableView view;
  {
    const MutexLock lock(mutex_);
    view = view_;
  }
  if (!view.tree) return Error{"no game is open"};
  const auto evaluator = resources_.provider.get();
  review::GameReview review{file, evaluator ? (*evaluator)->name() : "", *view.tree, {}};
  review.assessments.resize(view.tree->nodes().size());
  review::GameTree::Walk walk(*view.tree);
  do {
    if (auto known = resources_.knowledge.find(walk.position(), 1))
      review.assessments[static_cast<std::size_t>(walk.node())] = std::move(*known);
  } while (walk.advance());
  return Reviewed{std::move(review), view.version};
}

}  // namespace ponnuki::web
