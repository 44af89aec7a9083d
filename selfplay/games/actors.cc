#include "selfplay/games/actors.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "engine/clock.h"
#include "nn/evaluators/net_evaluator.h"

namespace ponnuki::selfplay {
namespace {

using namespace std::chrono_literals;

// The first games are saved soon, later ones less often.
constexpr auto kFirstSave = 1s, kSaveEvery = 10s;
constexpr auto kLookEvery = 20ms;

}  // namespace

void Actors::Queue::push(std::unique_ptr<GameRecord> game) {
  const MutexLock lock(mutex_);
  games_.push_back(std::move(game));
  ++count_;
}

Games Actors::Queue::take() {
  const MutexLock lock(mutex_);
  return std::exchange(games_, {});
}

Actors::Actors(const TrainingGamesOptions& options, const std::vector<std::uint64_t>& seeds,
               std::shared_ptr<WorkerPool> workers)
    : workers_(workers ? std::move(workers) : std::make_shared<WorkerPool>()) {
  for (const std::uint64_t seed : seeds) {
    players_.push_back(std::make_unique<TrainingGames>(
        options, seed, [this](std::unique_ptr<GameRecord> game) { queue_.push(std::move(game)); }));
  }
}

void Actors::set_komi(const std::vector<double>& komi) {
  for (const auto& player : players_) player->set_komi(komi);
}

Status Actors::play(const std::shared_ptr<nn::Network>& network, std::int64_t count,
                    const std::atomic<bool>* stop, const Save& save, const Progress& progress) {
  const std::int64_t before = queue_.count(), target = before + count;
  return run(
      network,
      [&](const TrainingGames&) { return queue_.count() < target && !(stop != nullptr && *stop); },
      save,
      [&] {
        if (progress) progress(queue_.count() - before);
      });
}

Status Actors::finish(const std::shared_ptr<nn::Network>& network, const std::atomic<bool>* stop,
                      const Save& save) {
  for (const auto& player : players_) player->begin_no_more();
  return run(
      network,
      [&](const TrainingGames& games) { return !games.is_empty() && !(stop != nullptr && *stop); },
      save, [] {});
}

Status Actors::run(const std::shared_ptr<nn::Network>& network,
                   const std::function<bool(const TrainingGames&)>& goes_on, const Save& save,
                   const std::function<void()>& watch_progress) {
  std::atomic<std::size_t> running{players_.size()};
  std::atomic<bool> failed{false};
  const auto play_on = [&](TrainingGames& player) {
    nn::NetEvaluator evaluator(network);
    while (goes_on(player) && !failed) player.step(evaluator);
    --running;
  };
  Status status;
  const auto save_fresh = [&] {
    const Games fresh = queue_.take();
    if (!fresh.empty() && status) status = save(fresh);
    failed = !status;
  };
  const auto watch = [&] {
    auto saved = Clock::now();
    auto wait = kFirstSave;
    while (running > 0) {
      std::this_thread::sleep_for(kLookEvery);
      watch_progress();
      if (Clock::now() - saved <= wait) continue;
      save_fresh();
      saved = Clock::now();
      wait = std::min(2 * wait, kSaveEvery);
    }
  };
  workers_->run(players_.size() + 1, [&](std::size_t i) {
    if (i == 0)
      watch();
    else
      play_on(*players_[i - 1]);
  });
  save_fresh();
  return status;
}

}  // namespace ponnuki::selfplay
