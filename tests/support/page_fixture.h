// A page of `ponnuki web` without a browser: its messages go in as texts, and come out as JSON.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/mutex.h"
#include "nn/files/built_in_nets.h"
#include "tests/support/search_fakes.h"
#include "tests/support/temporary_folder.h"
#include "web/server/page.h"

namespace ponnuki::test {

/// What all pages of a server share.
class WebFixture {
 public:
  WebFixture() {
    options_.search.params.threads = 1;
    options_.search.visits = 20;
  }
  web::Page::Resources resources() {
    return {lobby_, analyst_, microscope_, *quiz_, nullptr, {"1.2.3", "games"}};
  }
  web::GameStore& store() { return store_; }
  /// Games cannot be stored until find_folder(), as on a full disk.
  void lose_folder() { std::filesystem::rename(folder_ / "games", folder_ / "away"); }
  void find_folder() { std::filesystem::rename(folder_ / "away", folder_ / "games"); }

 private:
  TemporaryFolder folder_;
  Result<std::unique_ptr<web::GameStore>> opened_ = web::GameStore::open(folder_ / "games");
  web::GameStore& store_ = **opened_;
  std::unique_ptr<web::QuizDeck> quiz_ = std::move(*web::QuizDeck::open(folder_ / "quiz.json"));
  web::Microscope microscope_{[](BoardSize) { return nn::kZeroNet; }};
  gtp::GtpOptions options_;
  web::Knowledge knowledge_{
      std::move(*review::AssessmentCache::open(folder_ / "searches.txt", "uniform"))};
  server::EvaluatorProvider provider_{
      []() -> Result<std::shared_ptr<Evaluator>> { return {std::make_shared<UniformEvaluator>()}; },
      [](const std::string&) {}};
  HelperPool helpers_{1};
  web::Analyst::Resources analyst_{provider_, knowledge_, options_.search.params, {&helpers_, {}}};
  web::Lobby lobby_{store_, {provider_, helpers_, options_}};
};

class FakePage {
 public:
  explicit FakePage(WebFixture& server)
      : resources_(server.resources()),
        page_(resources_, {[this](const std::string& message) { receive(message); }, nullptr}) {}

  void send(const std::string& message) { page_.handle(message); }
  void send(const nlohmann::json& message) { page_.handle(message.dump()); }
  /// The next message of a type; waits for it, for ten seconds at most.
  nlohmann::json next(const std::string& type) {
    const auto deadline = Clock::now() + std::chrono::seconds(10);
    MutexLock lock(mutex_);
    while (true) {
      while (!messages_.empty()) {
        const nlohmann::json message = std::move(messages_.front());
        messages_.pop_front();
        if (message["type"] == type) return message;
      }
      if (!came_.wait_until(lock, deadline)) return {{"type", "none"}};
    }
  }
  /// Messages that have come and were not asked for.
  std::size_t waiting() {
    const MutexLock lock(mutex_);
    return messages_.size();
  }

 private:
  void receive(const std::string& message) {
    const MutexLock lock(mutex_);
    messages_.push_back(nlohmann::json::parse(message));
    came_.notify_all();
  }

  const web::Page::Resources resources_;
  Mutex mutex_;
  Condition came_;
  std::deque<nlohmann::json> messages_ PONNUKI_GUARDED_BY(mutex_);
  web::Page page_;
};

}  // namespace ponnuki::test
