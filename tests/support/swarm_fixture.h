// Games, blocks and a hub in memory for tests of the swarm.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "engine/mutex.h"
#include "engine/referee/judgement.h"
#include "swarm/hub_games.h"
#include "swarm/links.h"
#include "swarm/worker.h"

namespace ponnuki::test {

/// A whole game of random moves on 5×5, whose end is judged as workers do it.
inline selfplay::GameRecord random_game(std::uint64_t seed) {
  selfplay::GameRecord game;
  game.size = {5, 5};
  Position position(game.size, game.rules);
  Random random(seed);
  while (!position.is_over() && position.move_count() < 60) {
    const auto cell = static_cast<int>(random.uniform() * 26);
    const Point point = cell == 25 ? Point::pass() : Point::from_cell(cell, game.size);
    const Move move{position.to_move(), point};
    if (!position.is_legal(move)) continue;
    game.turns.push_back(
        selfplay::RecordedTurn::of(static_cast<std::uint16_t>(cell), 1, std::vector<float>(26, 1)));
    position.play(move);
  }
  if (position.is_over() && !position.is_no_result())
    game.finish(position, referee::judge_quickly(position));
  else
    game.finish(position);
  return game;
}

inline selfplay::Games random_games(int count, std::uint64_t seed) {
  selfplay::Games games;
  for (int i = 0; i < count; ++i)
    games.push_back(std::make_shared<const selfplay::GameRecord>(
        random_game(seed + static_cast<std::uint64_t>(i))));
  return games;
}

/// A hub that keeps everything in memory, and delivers what is not done again and again.
class MemoryHub {
 public:
  void put(const swarm::GameBlock& block) {
    const MutexLock lock(mutex_);
    blocks_.push_back(block);
  }
  std::uint64_t stored(const std::string& worker) {
    const MutexLock lock(mutex_);
    return stored_[worker];
  }
  std::size_t waiting() {
    const MutexLock lock(mutex_);
    return blocks_.size();
  }
  std::unique_ptr<swarm::LearnerLink> learner() { return std::make_unique<Learner>(*this); }
  std::unique_ptr<swarm::WorkerLink> worker(const std::string& name) {
    return std::make_unique<Worker>(*this, name);
  }
  std::unique_ptr<swarm::MatchLink> matches() { return std::make_unique<Matches>(*this); }
  /// As `ponnuki hub withdraw`.
  void withdraw(const std::string& worker) {
    const MutexLock lock(mutex_);
    withdrawn_.push_back(worker);
  }
  /// While it is away, every call fails.
  void set_away(bool away) {
    const MutexLock lock(mutex_);
    away_ = away;
  }

 private:
  class Learner : public swarm::LearnerLink {
   public:
    explicit Learner(MemoryHub& hub) : hub_(hub) {}
    Status announce(const swarm::Announcement& announcement, const std::string& file) override {
      const MutexLock lock(hub_.mutex_);
      if (hub_.away_) return Error{"away"};
      hub_.nets_[announcement.net] = file;
      hub_.announcement_ = announcement;
      return {};
    }
    Status repeat(const swarm::Announcement& announcement) override {
      const MutexLock lock(hub_.mutex_);
      hub_.announcement_ = announcement;
      return {};
    }
    Result<std::vector<Delivery>> fetch(int most, double) override {
      const MutexLock lock(hub_.mutex_);
      if (hub_.away_) return Error{"away"};
      std::vector<Delivery> deliveries;
      for (const swarm::GameBlock& block : hub_.blocks_) {
        if (static_cast<int>(deliveries.size()) < most) deliveries.push_back({block, 0});
      }
      return deliveries;
    }
    Status done(const std::vector<Delivery>& deliveries) override {
      const MutexLock lock(hub_.mutex_);
      for (const Delivery& delivery : deliveries) {
        std::erase_if(hub_.blocks_, [&](const swarm::GameBlock& block) {
          return block.worker == delivery.block.worker && block.number == delivery.block.number;
        });
      }
      return {};
    }
    Status tell_stored(const std::string& worker, std::uint64_t number) override {
      const MutexLock lock(hub_.mutex_);
      if (hub_.away_) return Error{"away"};
      hub_.stored_[worker] = number;
      return {};
    }
    Result<std::uint64_t> waiting() override { return hub_.waiting(); }
    Result<std::vector<std::string>> withdrawn() override {
      const MutexLock lock(hub_.mutex_);
      return hub_.withdrawn_;
    }
    Status report(const std::string&) override { return {}; }

   private:
    MemoryHub& hub_;
  };

  class Matches : public swarm::MatchLink {
   public:
    explicit Matches(MemoryHub& hub) : hub_(hub) {}
    Status offer_net(const std::string& net, const std::string& file) override {
      const MutexLock lock(hub_.mutex_);
      hub_.nets_[net] = file;
      return {};
    }
    Status serve(swarm::MatchDesk& desk, double seconds) override {
      set_desk(&desk);
      std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
      set_desk(nullptr);
      return {};
    }
    void stop_serving() override {}

   private:
    void set_desk(swarm::MatchDesk* desk) {
      const MutexLock lock(hub_.mutex_);
      hub_.desk_ = desk;
    }
    MemoryHub& hub_;
  };

  class Worker : public swarm::WorkerLink {
   public:
    Worker(MemoryHub& hub, std::string name) : hub_(hub), name_(std::move(name)) {}
    Result<std::optional<swarm::Announcement>> announcement() override {
      const MutexLock lock(hub_.mutex_);
      if (hub_.away_) return Error{"away"};
      return hub_.announcement_;
    }
    Result<std::string> net_file(const std::string& net) override {
      const MutexLock lock(hub_.mutex_);
      if (hub_.away_ || !hub_.nets_.contains(net)) return Error{"away"};
      return hub_.nets_[net];
    }
    Status send(const swarm::GameBlock& block) override {
      const MutexLock lock(hub_.mutex_);
      if (hub_.away_) return Error{"away"};
      hub_.blocks_.push_back(block);
      return {};
    }
    std::uint64_t connections() override { return 1; }
    Result<std::uint64_t> stored() override {
      const MutexLock lock(hub_.mutex_);
      if (hub_.away_) return Error{"away"};
      return hub_.stored_[name_];
    }
    Status report(const std::string&) override { return {}; }
    Result<std::optional<swarm::MatchPart>> take_part(int games) override {
      const MutexLock lock(hub_.mutex_);
      if (!hub_.desk_) return std::optional<swarm::MatchPart>();
      auto part = hub_.desk_->take(name_, games, Clock::now());
      if (!part) return part;
      return std::optional(*swarm::read_part(swarm::to_json(*part)));
    }
    Status tell_progress() override { return {}; }
    Status bring(const swarm::PlayedPart& part, BoardSize size) override {
      const MutexLock lock(hub_.mutex_);
      if (!hub_.desk_) return Error{"nobody"};
      static_cast<void>(
          hub_.desk_->count(name_, *swarm::read_played(swarm::to_json(part, size), size)));
      return {};
    }

   private:
    MemoryHub& hub_;
    const std::string name_;
  };

  Mutex mutex_;
  bool away_ PONNUKI_GUARDED_BY(mutex_) = false;
  std::deque<swarm::GameBlock> blocks_ PONNUKI_GUARDED_BY(mutex_);
  std::map<std::string, std::uint64_t> stored_ PONNUKI_GUARDED_BY(mutex_);
  std::vector<std::string> withdrawn_ PONNUKI_GUARDED_BY(mutex_);
  std::map<std::string, std::string> nets_ PONNUKI_GUARDED_BY(mutex_);
  swarm::MatchDesk* desk_ PONNUKI_GUARDED_BY(mutex_) = nullptr;
  std::optional<swarm::Announcement> announcement_ PONNUKI_GUARDED_BY(mutex_);
};

/// A worker in a thread of its own. Stops at its end.
class RunningWorker {
 public:
  RunningWorker(MemoryHub& hub, swarm::WorkerOptions options)
      : options_(std::move(options)),
        link_(hub.worker(options_.name)),
        thread_([this] { status_ = swarm::work(options_, *link_, stop_, stop_); }) {}
  ~RunningWorker() { stop_ = true; }

  /// What it ends with when it is told to stop.
  Status stop() {
    stop_ = true;
    return wait();
  }
  /// What it ends with by itself.
  Status wait() {
    thread_.join();
    return status_;
  }

 private:
  const swarm::WorkerOptions options_;
  const std::unique_ptr<swarm::WorkerLink> link_;
  std::atomic<bool> stop_{false};
  Status status_;
  std::jthread thread_;  // ends first
};

}  // namespace ponnuki::test
