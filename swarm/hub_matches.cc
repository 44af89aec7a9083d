#include "swarm/hub_matches.h"

#include <thread>

#include "engine/random_token.h"
#include "engine/start_thread.h"
#include "nn/files/katago/model_writer.h"
#include "selfplay/learning/published_net.h"
#include "swarm/match_desk.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

constexpr double kServeSeconds = 0.2;
constexpr auto kAfterTrouble = 200ms;
constexpr const char* kHere = "";  // no name of a worker

/// Plays parts on this machine until the match is over or `stop` is set.
class OwnShare {
 public:
  OwnShare(const std::array<std::shared_ptr<nn::Network>, 2>& nets,
           const selfplay::NetMatchOptions& match, MatchDesk& desk, const std::atomic<bool>& stop)
      : nets_(nets), match_(match), desk_(desk), stop_(stop) {}

  void play() {
    const int games = games_at_once(match_.threads);
    while (!stop_ && !desk_.is_over()) {
      auto part = desk_.take(kHere, games, Clock::now());
      if (!part) part = desk_.take_late(kHere, games, Clock::now());
      if (!part) return;
      const PlayedPart played = play_part(*part, nets_, match_.threads, match_.workers, stop_);
      static_cast<void>(desk_.count(kHere, played));  // our own games are right
    }
  }

 private:
  const std::array<std::shared_ptr<nn::Network>, 2>& nets_;
  const selfplay::NetMatchOptions& match_;
  MatchDesk& desk_;
  const std::atomic<bool>& stop_;
};

}  // namespace

/// The workers get both nets. Returns the whole match as a part.
Result<MatchPart> HubMatches::offer(const std::array<nn::Model, 2>& models,
                                    const selfplay::NetMatchOptions& match) {
  MatchPart whole{random_token(), {}, match, 0, match.games};
  for (std::size_t i = 0; i < 2; ++i) {
    PONNUKI_TRY(const std::string file, nn::model_to_bytes(models[i], {}));
    whole.nets[i] = sha256(file);
    if (const Status offered = link_->offer_net(whole.nets[i], file); !offered)
      say_trouble(offered.error());
  }
  return whole;
}

Result<selfplay::Tally> HubMatches::play(std::array<nn::Model, 2> models,
                                         const selfplay::NetMatchOptions& match) {
  troubles_.clear();
  PONNUKI_TRY(const MatchPart whole, offer(models, match));
  std::array<std::shared_ptr<nn::Network>, 2> nets;
  for (std::size_t i = 0; i < 2; ++i) {
    PONNUKI_TRY(nets[i], selfplay::network_of(std::move(models[i]), options_.precision));
  }
  MatchDesk desk(whole, checks(whole.terms.size));
  std::atomic<bool> end{false};
  OwnShare own(nets, match, desk, end);
  PONNUKI_TRY(auto player, start_thread([&] { own.play(); }));
  while (!desk.is_over() && !(match.stop && *match.stop)) {
    if (const Status served = link_->serve(desk, kServeSeconds); !served) {
      say_trouble(served.error());
      std::this_thread::sleep_for(kAfterTrouble);
    }
    if (match.progress) match.progress(desk.tally().games());
  }
  end = true;
  player.join();
  link_->stop_serving();
  say_shares(desk);
  return desk.tally();
}

MatchDesk::Checks HubMatches::checks(BoardSize size) {
  return {[this](const std::string& worker) {
            return worker == kHere || !options_.is_trusted || options_.is_trusted(worker);
          },
          [this, size](const std::string& worker, const PlayedPart& part) {
            return worker == kHere || !options_.keys ||
                   options_.keys->has_signed(worker, signed_text(part, worker, size),
                                             part.signature);
          }};
}

void HubMatches::say_trouble(const Error& error) {
  if (troubles_.insert(error.message).second)
    options_.say("the hub: " + error.message + "; the match goes on here");
}

void HubMatches::say_shares(const MatchDesk& desk) const {
  std::string text;
  for (const auto& [worker, games] : desk.shares()) {
    if (worker != kHere) text += (text.empty() ? "" : ", ") + worker + " " + std::to_string(games);
  }
  if (!text.empty())
    options_.say("of " + std::to_string(desk.tally().games()) +
                 " games of the match workers played: " + text);
}

}  // namespace ponnuki::swarm
