#include "web/server/table.h"

#include <algorithm>

#include "engine/point_set.h"
#include "web/server/game_at.h"

namespace ponnuki::web {
namespace {

// A private property of the root: what SGF cannot say of a game that is not over.
constexpr const char* kState = "PNK";

const char* side_letter(Color color) { return color == Color::kBlack ? "B" : "W"; }

std::string name_of(const Seat& seat) {
  if (!seat.is_engine) return "Player";
  return seat.level ? "Ponnuki (" + to_string(*seat.level) + ")" : "Ponnuki";
}

Result<review::GameTree> read_tree(const sgf::SgfTree& sgf) {
  if (sgf.roots().empty()) return Error{"there is no game in this record"};
  PONNUKI_TRY(auto tree,
              review::GameTree::read(std::make_shared<const sgf::SgfTree>(sgf), sgf.roots().front(),
                                     review::assumed_rules(), true));
  if (tree.nodes().size() > Table::kMostPositions)
    return Error{"the record has more than " + std::to_string(Table::kMostPositions) +
                 " positions; remove some of its variations"};
  return tree;
}

/// The stones of the colour at `start` that are connected through each other or through empty
/// points: where borders are closed, a group.
std::vector<Point> group_at(const Board& board, Point start) {
  const Color color = board.at(start);
  PointSet seen;
  std::vector<Point> open{start}, stones;
  seen.add(start);
  while (!open.empty()) {
    const Point p = open.back();
    open.pop_back();
    if (board.at(p) == color) stones.push_back(p);
    for (const int offset : kNeighborOffsets) {
      const Point next = Point::from_index(p.index() + offset);
      const Color there = board.at(next);
      if ((there != color && there != Color::kEmpty) || seen.contains(next)) continue;
      seen.add(next);
      open.push_back(next);
    }
  }
  return stones;
}

}  // namespace

Table::Table(const Game& game, const TableSettings& settings) {
  sgf::GameInfo info;
  info.black = name_of(settings.seats[0]);
  info.white = name_of(settings.seats[1]);
  const MutexLock lock(mutex_);
  tree_ = std::make_shared<const review::GameTree>(*read_tree(sgf::make_sgf(game, info)));
  seats_ = settings.seats;
  clocks_.fill(search::GameClock(settings.time));
  teaching_ = settings.teaching;
  phase_ = Phase::kPlaying;
  start_clock();
}

Result<std::unique_ptr<Table>> Table::read(const std::string& text) {
  PONNUKI_TRY(const sgf::SgfTree sgf, sgf::parse_sgf(text, {.max_nodes = 10 * kMostPositions}));
  return read(sgf);
}

Result<std::unique_ptr<Table>> Table::read(const sgf::SgfTree& sgf) {
  PONNUKI_TRY(auto tree, read_tree(sgf));
  std::unique_ptr<Table> table(
      new Table(std::make_shared<const review::GameTree>(std::move(tree))));
  const MutexLock lock(table->mutex_);
  if (const auto state = read_table_state(sgf.text(sgf.roots().front(), kState)))
    table->restore(*state);  // else a record of another program
  return table;
}

void Table::restore(const TableState& state) {
  seats_ = state.seats;
  teaching_ = state.teaching;
  for (const std::size_t player : {0, 1}) {
    clocks_[player] = search::GameClock(state.time);
    const search::GameClock::Left& left = state.left[player];
    if (clocks_[player].limited()) clocks_[player].set_left(left.seconds, left.stones);
  }
  phase_ = state.phase;
  if (phase_ == Phase::kMarking) phase_ = Phase::kPlaying;  // unless its last move says otherwise
  if (phase_ == Phase::kPlaying && last_position().is_over()) phase_ = Phase::kMarking;
  if (phase_ == Phase::kPlaying) start_clock();
}

TableState Table::state() const {
  return {seats_, clocks_[0].settings(), {clocks_[0].left(), clocks_[1].left()}, teaching_, phase_};
}

TableView Table::view() const {
  const MutexLock lock(mutex_);
  TableView view;
  view.tree = tree_;
  view.version = version_;
  view.phase = phase_;
  view.seats = seats_;
  for (const Color player : {Color::kBlack, Color::kWhite}) {
    const search::GameClock& clock = clocks_[seat_of(player)];
    const bool runs = running_since_ && last_position().to_move() == player;
    view.clocks[seat_of(player)] = {clock.limited(), seconds_left(player), runs};
  }
  view.result = tree_->sgf().text(tree_->root(), "RE");
  view.judgement = judgement_;
  view.problem = problem_;
  view.lesson = lesson_;
  return view;
}

std::string Table::sgf() const {
  const MutexLock lock(mutex_);
  if (phase_ == Phase::kReview) return sgf::write_sgf(tree_->sgf(), tree_->root());
  sgf::SgfTree sgf = tree_->sgf();
  sgf.remove_property(tree_->root(), kState);
  sgf.add_property(tree_->root(), kState, sgf::escape_sgf_text(to_json(state())));
  return sgf::write_sgf(sgf, tree_->root());
}

std::uint64_t Table::version() const {
  const MutexLock lock(mutex_);
  return version_;
}

EngineTask Table::engine_task() const {
  const MutexLock lock(mutex_);
  EngineTask task;
  task.version = version_;
  if (!problem_.empty()) return task;
  if (phase_ == Phase::kMarking && !judgement_) {
    task.kind = EngineTask::Kind::kJudgement;
  } else if (phase_ == Phase::kPlaying) {
    const std::size_t seat = seat_of(last_position().to_move());
    if (!seats_[seat].is_engine) return task;
    task.kind = EngineTask::Kind::kMove;
    task.seat = seats_[seat];
    task.clock = clocks_[seat];
    const bool by_person = !seats_[1 - seat].is_engine && tree_->last_main_node() > 0;
    if (by_person && !insists_) task.teaching = teaching_;
  } else {
    return task;
  }
  task.game = game_at(*tree_, tree_->last_main_node());
  return task;
}

Position Table::last_position() const { return tree_->position(tree_->last_main_node()); }

Status Table::renew(const sgf::SgfTree& changed) {
  PONNUKI_TRY(auto tree, read_tree(changed));
  tree_ = std::make_shared<const review::GameTree>(std::move(tree));
  ++version_;
  problem_.clear();
  return {};
}

Result<sgf::SgfNodeId> Table::play(int node, Point point) {
  const MutexLock lock(mutex_);
  if (phase_ == Phase::kPlaying && seats_[seat_of(last_position().to_move())].is_engine)
    return Error{"it is the engine's turn"};
  return play_locked(node, point);
}

Result<sgf::SgfNodeId> Table::play_locked(int node, Point point) {
  if (node < 0 || node >= static_cast<int>(tree_->nodes().size()))
    return Error{"there is no such position any more"};
  const Position position = tree_->position(node);
  const Move move{position.to_move(), point};
  if (phase_ == Phase::kMarking) return Error{"the game has ended; resume it to play on"};
  if (phase_ == Phase::kPlaying && node != tree_->last_main_node())
    return Error{"this game goes on at its last move"};
  // A game that was resumed after its end goes on as well.
  if (!position.is_legal_after_end(move)) return Error{"the rules forbid that move"};
  if (running_since_ && seconds_left(move.color) <= 0) {
    PONNUKI_TRY(end(std::string(side_letter(opponent(move.color))) + "+T"));
    return tree_->node(tree_->last_main_node()).sgf;
  }
  insists_ = lesson_ && lesson_->move == point;
  lesson_.reset();
  PONNUKI_TRY(const sgf::SgfNodeId added, add_move(node, move));
  if (phase_ == Phase::kPlaying) after_move();
  return added;
}

Result<sgf::SgfNodeId> Table::add_move(int node, Move move) {
  const auto& nodes = tree_->nodes();
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    if (n > 0 && nodes[n].parent == node && nodes[n].move == move) return nodes[n].sgf;
  }
  sgf::SgfTree sgf = tree_->sgf();
  const sgf::SgfNodeId added = sgf.add_child(nodes[static_cast<std::size_t>(node)].sgf);
  sgf.add_property(added, side_letter(move.color), sgf::to_sgf(move.point));
  stop_clock();
  PONNUKI_TRY(renew(sgf));
  return added;
}

void Table::after_move() {
  const Position position = last_position();
  if (!position.is_over()) return start_clock();
  if (position.is_no_result()) {
    static_cast<void>(end("Void"));
  } else if (referee::is_counted_as_it_stands(position)) {
    judgement_ = referee::judge_as_it_stands(position);
    static_cast<void>(end(judgement_->score.to_string()));
  } else {
    phase_ = Phase::kMarking;
    judgement_.reset();
  }
}

Status Table::resign(Color player) {
  const MutexLock lock(mutex_);
  if (phase_ != Phase::kPlaying) return Error{"no game is being played"};
  return end(std::string(side_letter(opponent(player))) + "+R");
}

Status Table::flag(Color player) {
  const MutexLock lock(mutex_);
  if (phase_ != Phase::kPlaying || seconds_left(player) > 0)
    return Error{"there is time left on that clock"};
  return end(std::string(side_letter(opponent(player))) + "+T");
}

Status Table::set_result(const std::string& result) {
  sgf::SgfTree sgf = tree_->sgf();
  sgf.remove_property(tree_->root(), "RE");
  if (!result.empty()) sgf.add_property(tree_->root(), "RE", result);
  return renew(sgf);
}

Status Table::end(const std::string& result) {
  stop_clock();
  phase_ = Phase::kOver;
  return set_result(result);
}

Status Table::undo() {
  const MutexLock lock(mutex_);
  if (phase_ == Phase::kReview) return Error{"no game is being played"};
  int keep = tree_->last_main_node();
  const bool has_person = !seats_[0].is_engine || !seats_[1].is_engine;
  do {
    if (keep == 0) break;
    keep = tree_->node(keep).parent;
  } while (keep > 0 && has_person && seats_[seat_of(tree_->position(keep).to_move())].is_engine);
  if (keep == tree_->last_main_node()) return Error{"there is no move to take back"};
  lesson_.reset();
  return take_back_to(keep);
}

/// Removes what follows a position of the main line, and plays on from there.
Status Table::take_back_to(int node) {
  stop_clock();
  sgf::SgfTree sgf = tree_->sgf();
  sgf.remove_subtree(tree_->node(node + 1).sgf);  // the main line has the lowest numbers
  sgf.remove_property(tree_->root(), "RE");
  PONNUKI_TRY(renew(sgf));
  judgement_.reset();
  phase_ = Phase::kPlaying;
  start_clock();
  return {};
}

void Table::engine_takes_back(std::uint64_t version, const Lesson& lesson) {
  const MutexLock lock(mutex_);
  if (version != version_ || phase_ != Phase::kPlaying) return;
  lesson_ = lesson;
  static_cast<void>(take_back_to(tree_->node(tree_->last_main_node()).parent));
}

void Table::engine_plays(std::uint64_t version, Point move) {
  const MutexLock lock(mutex_);
  if (version != version_ || phase_ != Phase::kPlaying) return;
  if (const auto played = play_locked(tree_->last_main_node(), move); !played)
    problem_ = played.error().message;
}

void Table::engine_resigns(std::uint64_t version) {
  const MutexLock lock(mutex_);
  if (version != version_ || phase_ != Phase::kPlaying) return;
  const Color player = last_position().to_move();
  static_cast<void>(end(std::string(side_letter(opponent(player))) + "+R"));
}

void Table::engine_judges(std::uint64_t version, const referee::Judgement& judgement) {
  const MutexLock lock(mutex_);
  if (version != version_ || phase_ != Phase::kMarking) return;
  judgement_ = judgement;
  ++version_;
}

void Table::engine_fails(std::uint64_t version, const std::string& problem) {
  const MutexLock lock(mutex_);
  if (version != version_) return;
  problem_ = problem;
  ++version_;
}

Status Table::toggle_dead(Point stone) {
  const MutexLock lock(mutex_);
  if (phase_ != Phase::kMarking || !judgement_)
    return Error{"dead stones are marked after both players have passed"};
  const Position position = last_position();
  if (!stone.on_board(position.size()) || !is_player(position.board().at(stone)))
    return Error{"there is no stone"};
  auto& dead = judgement_->dead;
  const bool was_dead = std::ranges::find(dead, stone) != dead.end();
  for (const Point p : group_at(position.board(), stone)) {
    std::erase(dead, p);
    if (!was_dead) dead.push_back(p);
  }
  judgement_->score = score_with_dead(position, dead, &judgement_->owner);
  ++version_;
  return {};
}

Status Table::accept_score() {
  const MutexLock lock(mutex_);
  if (phase_ != Phase::kMarking || !judgement_) return Error{"there is no score to accept yet"};
  return end(judgement_->score.to_string());
}

Status Table::resume() {
  const MutexLock lock(mutex_);
  if (phase_ != Phase::kMarking) return Error{"only a game that ended by passes can be resumed"};
  judgement_.reset();
  phase_ = Phase::kPlaying;
  ++version_;
  start_clock();
  return {};
}

Status Table::edit(const RecordEdit& change) {
  const MutexLock lock(mutex_);
  if (!change.while_playing && (phase_ == Phase::kPlaying || phase_ == Phase::kMarking))
    return Error{"a game that is being played takes moves back by undo"};
  sgf::SgfTree sgf = tree_->sgf();
  PONNUKI_TRY(change.apply(*tree_, sgf));
  return renew(sgf);
}

/// Counts the time since start_clock() on the clock of the player to move.
void Table::stop_clock() {
  if (!running_since_) return;
  clocks_[seat_of(last_position().to_move())].spend(seconds_since(*running_since_));
  running_since_.reset();
}

void Table::start_clock() {
  if (clocks_[0].limited()) running_since_ = Clock::now();
}

double Table::seconds_left(Color player) const {
  const search::GameClock& clock = clocks_[seat_of(player)];
  if (!clock.limited()) return 0;
  const bool runs = running_since_ && last_position().to_move() == player;
  return clock.seconds_until_loss() - (runs ? seconds_since(*running_since_) : 0);
}

}  // namespace ponnuki::web
