#include "swarm/player.h"

#include <thread>

#include "nn/evaluators/net_evaluator.h"
#include "nn/files/model_file.h"
#include "selfplay/games/game_seeds.h"
#include "selfplay/learning/published_net.h"
#include "swarm/hub_games.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kMany = std::int64_t{1} << 40;
constexpr std::size_t kNetsKept = 4;  // of the run, and of a match
constexpr auto kAfterFullDisk = 1s;
constexpr auto kCheckEvery = 1h;

std::uint64_t seed_from(const std::string& text) {
  return std::stoull(sha256(text).substr(0, 16), nullptr, 16);
}

}  // namespace

Status Player::prepare(const Announcement& news) {
  if (!actors_ || news.options != playing_.options) PONNUKI_TRY(read_options(news));
  const bool is_new = !network_ || news.net != playing_.net;
  if (is_new) {
    PONNUKI_TRY(const LoadedNet loaded, load_net(news.net));
    network_ = loaded.network;
    options_.say("plays with " + loaded.name);
  }
  if (is_new || Clock::now() - checked_ > kCheckEvery) {
    nn::NetEvaluator evaluator(network_);
    if (Status right = compare(news.canaries, canaries_of(evaluator, sizes_.front())); !right) {
      network_.reset();
      return right;
    }
    checked_ = Clock::now();
  }
  if (news.komi.size() != sizes_.size())
    return Error{"the learner announces no komi for each board"};
  actors_->set_komi(news.komi);
  playing_ = news;
  return {};
}

Status Player::read_options(const Announcement& news) {
  PONNUKI_TRY(const auto games, options_.read_options(news.options));
  sizes_.clear();
  for (const auto& share : games.sizes) sizes_.push_back(share.size);
  const auto place = static_cast<std::int64_t>(spool_.next());
  actors_.reset();
  actors_ = std::make_unique<selfplay::Actors>(
      games, selfplay::game_seeds(seed_from(options_.name), {place}, options_.threads));
  return {};
}

Result<Player::LoadedNet> Player::load_net(const std::string& net) {
  auto path = nets_.find(net);
  if (!path) {
    PONNUKI_TRY(const std::string bytes, link_.net_file(net));
    PONNUKI_TRY(path, nets_.put(net, bytes));
    nets_.keep_newest(kNetsKept);
  }
  PONNUKI_TRY(auto model, nn::load_model(*path));
  PONNUKI_TRY(nn::NetEvaluator::check(model));
  LoadedNet loaded{model.name, nullptr};
  PONNUKI_TRY(loaded.network, selfplay::network_of(std::move(model), options_.precision));
  return loaded;
}

Status Player::play(const std::atomic<bool>& pause) {
  return actors_->play(network_, kMany, &pause,
                       [&](const selfplay::Games& games) { return keep(games); });
}

Status Player::finish(const std::atomic<bool>& hurry) {
  if (!actors_ || !network_ || hurry) return {};
  options_.say("finishing the games under way; Ctrl-C again gives them up");
  return actors_->finish(network_, &hurry,
                         [&](const selfplay::Games& games) { return keep(games); });
}

Result<PlayedPart> Player::play_part(const MatchPart& part, const std::atomic<bool>& stop) {
  if (match_ != part.match) {
    PONNUKI_TRY(const LoadedNet first, load_net(part.nets[0]));
    PONNUKI_TRY(const LoadedNet second, load_net(part.nets[1]));
    options_.say("plays games of a match: " + first.name + " against " + second.name);
    match_nets_ = {first.network, second.network};
    match_ = part.match;
  }
  return swarm::play_part(part, match_nets_, options_.threads, nullptr, stop);
}

/// A full disk is a trouble that may pass: the games are lost, and it sleeps a while.
Status Player::keep(const selfplay::Games& games) {
  const auto bodies = pack(games);
  if (!bodies) return bodies.error();
  for (const std::string& body : *bodies) {
    const Status kept = spool_.add(
        {kWire, options_.name, 0, 0, playing_.net, fingerprint_of(playing_.options), body});
    if (!kept) {
      if (trouble_ != kept.error().message) options_.say(kept.error().message);
      trouble_ = kept.error().message;
      std::this_thread::sleep_for(kAfterFullDisk);
      return {};
    }
  }
  trouble_.clear();
  games_ += static_cast<std::int64_t>(games.size());
  return {};
}

}  // namespace ponnuki::swarm
