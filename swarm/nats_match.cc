#include <algorithm>

#include "engine/clock.h"
#include "swarm/nats_hub.h"
#include "swarm/nats_links.h"
#include "swarm/nats_streams.h"

namespace ponnuki::swarm {
namespace {

constexpr std::int64_t kLook = 10;  // milliseconds

class NatsMatch : public MatchLink {
 public:
  NatsMatch(const HubAddress& address, const std::string& name) : lasting_(address, name) {}

  Status offer_net(const std::string& net, const std::string& file) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return publish_net(*hub, net, file);
  }

  Status serve(MatchDesk& desk, double seconds) override {
    PONNUKI_TRY(subscribe());
    const auto begin = Clock::now();
    while (seconds_since(begin) < seconds) {
      for_each(progress_, [&](natsMsg*, const std::string& worker) {
        desk.note_progress(worker, Clock::now());
        return std::string();
      });
      for_each(games_, [&](natsMsg* message, const std::string& worker) {
        const auto part = read_played(data_of(message), desk.size());
        const Status counted = part ? desk.count(worker, *part) : Status(part.error());
        return counted ? "counted" : counted.error().message;
      });
      for_each(takes_, [&](natsMsg* message, const std::string& worker) {
        const auto games =
            static_cast<int>(std::min<std::uint64_t>(number_from(data_of(message)), kMostGames));
        const auto part = desk.take(worker, games, Clock::now());
        return part ? to_json(*part) : "";
      });
    }
    return {};
  }

  void stop_serving() override {
    takes_.reset();
    progress_.reset();
    games_.reset();
    hub_.reset();
  }

 private:
  static constexpr std::uint64_t kMostGames = 1000;  // of a part, whatever a worker says

  Status subscribe() {
    PONNUKI_TRY(const auto hub, lasting_.get());
    if (hub == hub_) return {};
    const auto subject = [&](const char* what) { return match_subject(hub->run(), what, "*"); };
    natsSubscription* raw = nullptr;
    // Where several matches are played, one of them is asked for a part.
    PONNUKI_TRY(nats_status(natsConnection_QueueSubscribeSync(&raw, hub->connection(),
                                                              subject("take").c_str(), "desk")));
    takes_.reset(raw);
    PONNUKI_TRY(nats_status(
        natsConnection_SubscribeSync(&raw, hub->connection(), subject("progress").c_str())));
    progress_.reset(raw);
    PONNUKI_TRY(nats_status(
        natsConnection_SubscribeSync(&raw, hub->connection(), subject("games").c_str())));
    games_.reset(raw);
    hub_ = hub;
    return {};
  }

  /// Answers all messages that are there, or come in a moment.
  template <typename Answer>
  void for_each(const NatsSubscription& subscription, const Answer& answer) {
    for (natsMsg* raw = nullptr;
         natsSubscription_NextMsg(&raw, subscription.get(), kLook) == NATS_OK;) {
      const NatsMessage message(raw);
      const std::string subject = natsMsg_GetSubject(raw);
      const std::string text = answer(raw, subject.substr(subject.rfind('.') + 1));
      if (natsMsg_GetReply(raw) != nullptr)
        natsConnection_PublishString(hub_->connection(), natsMsg_GetReply(raw), text.c_str());
    }
  }

  LastingHub lasting_;
  std::shared_ptr<NatsHub> hub_;  // of the subscriptions
  NatsSubscription takes_, progress_, games_;
};

}  // namespace

std::unique_ptr<MatchLink> match_link(const HubAddress& address, const std::string& name) {
  return std::make_unique<NatsMatch>(address, name);
}

}  // namespace ponnuki::swarm
