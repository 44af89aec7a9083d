#include "web/server/opponent.h"

#include <new>

#include "engine/random.h"
#include "engine/start_thread.h"
#include "gtp/decide.h"

namespace ponnuki::web {
namespace {

/// The session talks to nobody.
class NoOutput : public server::Output {
 public:
  void write(std::string_view) override {}
};

/// Each turn has a session of its own, so that nothing is left of earlier ones. Its seed must differ.
gtp::GtpOptions options_for(const gtp::GtpOptions& common, const EngineTask& task) {
  gtp::GtpOptions options = common;
  options.search.params.seed =
      splitmix64(common.search.params.seed ^ task.game.position().evaluation_key());
  options.level = task.seat.level;
  options.rules = task.game.position().rules();
  options.board_size = task.game.position().size();
  return options;
}

}  // namespace

Opponent::Opponent(const Resources& resources, Table& table, std::function<void()> changed)
    : resources_(resources),
      table_(table),
      changed_(std::move(changed)),
      thread_(start_thread([this] { run(); })) {
  if (!thread_) table_.engine_fails(table_.version(), thread_.error().message);
}

Opponent::~Opponent() {
  const MutexLock lock(mutex_);
  ends_ = true;
  if (thinking_) thinking_->abandon();
  woken_.notify_all();
}

void Opponent::look() {
  const std::uint64_t version = table_.version();
  const MutexLock lock(mutex_);
  must_look_ = true;
  if (thinking_ && version != version_) thinking_->abandon();
  woken_.notify_all();
}

/// Returns false at the end.
bool Opponent::wait_for_change() {
  MutexLock lock(mutex_);
  while (!must_look_ && !ends_) woken_.wait(lock);
  must_look_ = false;
  return !ends_;
}

void Opponent::run() {
  while (wait_for_change()) {
    try {
      while (answer_next()) changed_();
    } catch (const std::bad_alloc&) {  // it looks again after the next change
    }
  }
}

/// Returns false if the table waits for nothing, or this is the end.
bool Opponent::answer_next() {
  const EngineTask task = table_.engine_task();
  if (task.kind == EngineTask::Kind::kNone) return false;
  answer(task);
  const MutexLock lock(mutex_);
  return !ends_;
}

void Opponent::answer(const EngineTask& task) {
  server::Inbox inbox;
  {
    const MutexLock lock(mutex_);
    if (ends_) return;
    thinking_ = &inbox;
    version_ = task.version;
  }
  try {
    if (table_.version() != task.version) {
      // It has changed since.
    } else {
      NoOutput out;
      gtp::Session session(options_for(resources_.options, task),
                           {resources_.provider, inbox, out, {}, &resources_.helpers});
      task.kind == EngineTask::Kind::kMove ? play(task, session) : judge(task, session);
    }
  } catch (const std::bad_alloc&) {
    table_.engine_fails(task.version, "there is not enough memory for this search");
  }
  const MutexLock lock(mutex_);
  thinking_ = nullptr;
}

namespace {

constexpr std::int64_t kTeachingVisits = 150;  // of each position

/// What a search says of a position; nothing if it was stopped.
std::optional<search::Analysis> look_at(gtp::Session& session, const Position& position) {
  gtp::ThinkRequest request(position, session.options().search.params);
  request.limits.visits = kTeachingVisits;
  const auto outcome = session.thinker().think(request);
  if (!outcome || session.inbox().is_abandoned()) return std::nullopt;
  return session.thinker().search().analysis({});
}

}  // namespace

/// Compares the positions before and after a person's move. Nothing if it is good enough.
std::optional<Lesson> Opponent::lesson_about(const EngineTask& task, gtp::Session& session) {
  const Position& after = task.game.position();
  if (!task.teaching.is_on() || after.is_over()) return std::nullopt;
  Game before = task.game;
  if (!before.undo()) return std::nullopt;
  const auto was = look_at(session, before.position());
  const auto is = was ? look_at(session, after) : std::nullopt;
  if (!is) return std::nullopt;
  // Both leads and winrates are those of the player to move.
  Lesson lesson{after.move_ago(1).point,
                was->root.score_lead + is->root.score_lead,
                was->root.winrate + is->root.winrate - 1,
                {}};
  if (!task.teaching.takes_back(lesson.points, lesson.winrate)) return std::nullopt;
  if (!is->moves.empty()) lesson.pv = is->moves.front().pv;
  return lesson;
}

void Opponent::play(const EngineTask& task, gtp::Session& session) {
  session.start(task.game);
  const Color player = session.position().to_move();
  if (const auto lesson = lesson_about(task, session))
    return table_.engine_takes_back(task.version, *lesson);
  if (session.inbox().is_abandoned()) return;
  session.memory().clocks[player] = task.clock;
  session.memory().hopeless_turns[player] = hopeless_turns_[seat_of(player)];
  gtp::DecideRequest request;
  request.player = player;
  const auto decision = gtp::decide(session, request);
  if (session.inbox().is_abandoned()) return;
  if (!decision) return table_.engine_fails(task.version, decision.error().message);
  hopeless_turns_[seat_of(player)] = session.memory().hopeless_turns[player];
  if (decision->resign) return table_.engine_resigns(task.version);
  table_.engine_plays(task.version, decision->move);
}

void Opponent::judge(const EngineTask& task, gtp::Session& session) {
  const auto judgement = session.judge(task.game.position());
  if (session.inbox().is_abandoned()) return;
  if (!judgement) return table_.engine_fails(task.version, judgement.error().message);
  table_.engine_judges(task.version, *judgement);
}

}  // namespace ponnuki::web
