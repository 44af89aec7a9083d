#include "selfplay/actors.h"

#include <thread>
#include <utility>

#include "engine/clock.h"
#include "nn/evaluators/net_evaluator.h"

namespace ponnuki::selfplay {
namespace {

using namespace std::chrono_literals;

constexpr auto kSaveEvery = 10s;
constexpr auto kLookEvery = 20ms;

}  // namespace

void Actors::Queue::push(std::unique_ptr<GameRecord> game) {
  const std::lock_guard lock(mutex_);
  games_.push_back(std::move(game));
  ++count_;
}

Games Actors::Queue::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(games_, {});
}

Actors::Actors(const TrainingGamesOptions& options, const std::vector<std::uint64_t>& seeds) {
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
  std::atomic<int> running{0};
  std::vector<std::jthread> threads;
  for (const auto& player : players_) {
    ++running;
    threads.emplace_back([&, player = player.get()] {
      nn::NetEvaluator evaluator(network);
      while (queue_.count() < target && !(stop != nullptr && *stop)) player->step(evaluator);
      --running;
    });
  }
  Status status;
  auto saved = Clock::now();
  const auto save_fresh = [&] {
    saved = Clock::now();
    const Games fresh = queue_.take();
    if (!fresh.empty() && status) status = save(fresh);
  };
  while (running > 0) {
    std::this_thread::sleep_for(kLookEvery);
    if (progress) progress(queue_.count() - before);
    if (Clock::now() - saved > kSaveEvery) save_fresh();
  }
  threads.clear();
  save_fresh();
  return status;
}

}  // namespace ponnuki::selfplay
