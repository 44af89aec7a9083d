// Opponent: the engine at a table. It does what the table waits for (Table::engine_task()) on a
// thread of its own, one thing after another.
#pragma once

#include <functional>
#include <thread>

#include "engine/helper_pool.h"
#include "engine/mutex.h"
#include "gtp/session.h"
#include "server/evaluator_provider.h"
#include "server/inbox.h"
#include "web/server/table.h"

namespace ponnuki::web {

class Opponent {
 public:
  /// What all opponents share. All must outlive them.
  struct Resources {
    const server::EvaluatorProvider& provider;
    HelperPool& helpers;
    const gtp::GtpOptions& options;
  };
  /// `changed` is called on the thread after each answer. The table must outlive the opponent.
  Opponent(const Resources& resources, Table& table, std::function<void()> changed);
  /// Stops what it thinks about.
  ~Opponent();

  /// The table has changed: stops what is not wanted any more, and begins what is.
  void look();

 private:
  void run();
  bool wait_for_change();
  bool answer_next();
  void answer(const EngineTask& task);
  void play(const EngineTask& task, gtp::Session& session);
  std::optional<Lesson> lesson_about(const EngineTask& task, gtp::Session& session);
  void judge(const EngineTask& task, gtp::Session& session);

  const Resources resources_;
  Table& table_;
  const std::function<void()> changed_;
  int hopeless_turns_[2] = {0, 0};  // used only on the thread

  Mutex mutex_;
  Condition woken_;
  bool must_look_ PONNUKI_GUARDED_BY(mutex_) = true;
  bool ends_ PONNUKI_GUARDED_BY(mutex_) = false;
  server::Inbox* thinking_ PONNUKI_GUARDED_BY(mutex_) = nullptr;  // abandoned, it stops the search
  std::uint64_t version_ PONNUKI_GUARDED_BY(mutex_) = 0;          // of the table, while it thinks
  Result<std::jthread> thread_;
};

}  // namespace ponnuki::web
