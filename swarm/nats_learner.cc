#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "engine/clock.h"
#include "engine/json_parse.h"
#include "swarm/nats_hub.h"
#include "swarm/nats_links.h"
#include "swarm/nats_streams.h"

namespace ponnuki::swarm {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;  // of JetStream's durations
constexpr std::int64_t kGamesBytes = std::int64_t{2} << 30;
constexpr std::int64_t kAckWait = 30 * kSecond;  // blocks of a connection that was lost come then
constexpr std::int64_t kMostUnacknowledged = 4096;
constexpr std::int64_t kAgainAfter = 1000;  // milliseconds
constexpr auto kPurgeEvery = std::chrono::seconds(10), kLookForConsumer = std::chrono::seconds(5);

/// The names in a list of JSON; what is none is left out.
std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  const auto json = parse_json(text);
  if (!json || !json->is_array()) return names;
  for (const auto& each : *json)
    if (each.is_string() && is_name(each)) names.push_back(each);
  return names;
}

class NatsLearner : public LearnerLink {
 public:
  explicit NatsLearner(const HubAddress& address)
      : lasting_(address, "learner"), withdrawn_(run_subject(address.run, "withdrawn")) {}

  Status prepare() {
    PONNUKI_TRY(hub_, lasting_.get());
    const std::string& run = hub_->run();
    PONNUKI_TRY(make_stream(*hub_, "GAMES", games_subject(run, "*"), [](jsStreamConfig& config) {
      config.MaxBytes = kGamesBytes;
      config.MaxMsgSize = kMostBody + 4096;
      config.Discard = js_DiscardNew;
    }));
    PONNUKI_TRY(make_stream(*hub_, "NETS", net_subject(run, "*", "*"), [](jsStreamConfig& config) {
      config.MaxBytes = kNetsBytes;
      config.MaxMsgsPerSubject = 1;
      config.Discard = js_DiscardOld;
    }));
    PONNUKI_TRY(make_stream(*hub_, "RUN", run_subject(run, ">"), [](jsStreamConfig& config) {
      config.MaxBytes = kRunBytes;
      config.MaxMsgsPerSubject = 1;
      config.Discard = js_DiscardOld;
    }));
    return subscribe();
  }

  Status announce(const Announcement& announcement, const std::string& net_file) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    PONNUKI_TRY(publish_net(*hub, announcement.net, net_file));
    return repeat(announcement);
  }

  Status repeat(const Announcement& announcement) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return hub->publish(run_subject(hub->run(), "announcement"), to_json(announcement));
  }

  Result<std::vector<Delivery>> fetch(int most, double seconds) override {
    if (!games_ && !resume()) PONNUKI_TRY(prepare());
    natsMsgList list{};
    jsErrCode code{};
    const natsStatus status = natsSubscription_Fetch(
        &list, games_.get(), most, static_cast<std::int64_t>(1000 * seconds), &code);
    if (status == NATS_TIMEOUT) return nothing_came();
    if (status != NATS_OK) {
      games_.reset();
      return hub_->error(status, code);
    }
    std::vector<Delivery> deliveries;
    for (int i = 0; i < list.Count; ++i) {
      NatsMessage message(std::exchange(list.Msgs[i], nullptr));
      deliveries.push_back({block_of(message.get()), ++tickets_});
      open_.emplace(tickets_, std::move(message));
    }
    natsMsgList_Destroy(&list);
    return deliveries;
  }

  Status done(const std::vector<Delivery>& deliveries) override {
    for (const Delivery& delivery : deliveries) {
      const auto message = open_.find(delivery.ticket);
      if (message == open_.end()) continue;
      PONNUKI_TRY(nats_status(natsMsg_Ack(message->second.get(), nullptr)));
      open_.erase(message);
    }
    // What is left came before an earlier block of its worker.
    for (const auto& [ticket, message] : open_)
      static_cast<void>(natsMsg_NakWithDelay(message.get(), kAgainAfter, nullptr));
    open_.clear();
    if (Clock::now() - purged_ < kPurgeEvery) return {};
    purged_ = Clock::now();
    return purge();
  }

  Status tell_stored(const std::string& worker, std::uint64_t number) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return hub->tell(run_subject(hub->run(), "stored." + worker), std::to_string(number));
  }

  Result<std::uint64_t> waiting() override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    PONNUKI_TRY(const ConsumerInfo info, consumer_info(*hub));
    return info->NumPending;
  }

  Result<std::vector<std::string>> withdrawn() override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    PONNUKI_TRY(const auto text, withdrawn_.get(hub));
    return names_in(text.value_or("[]"));
  }

  Status report(const std::string& json) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return hub->publish(run_subject(hub->run(), "workers"), json);
  }

 private:
  /// A cluster that elects a leader may lose the consumer, or delete the new one instead of the old
  /// one; then no game would ever come.
  Result<std::vector<Delivery>> nothing_came() {
    if (Clock::now() - looked_ < kLookForConsumer) return std::vector<Delivery>();
    looked_ = Clock::now();
    const auto info = consumer_info(*hub_);
    if (info) return std::vector<Delivery>();
    games_.reset();
    return info.error();
  }

  /// Mostly the streams are there.
  Status resume() {
    PONNUKI_TRY(hub_, lasting_.get());
    return subscribe();
  }

  Status subscribe() {
    // The hub delivers again at once what an earlier subscription has got and not done.
    static_cast<void>(js_DeleteConsumer(hub_->stream(), hub_->stream_name("GAMES").c_str(),
                                        "learner", nullptr, nullptr));  // there may be none
    jsSubOptions options;
    jsSubOptions_Init(&options);
    const std::string name = hub_->stream_name("GAMES");
    options.Stream = name.c_str();
    options.Config.AckPolicy = js_AckExplicit;
    options.Config.AckWait = kAckWait;
    options.Config.MaxAckPending = kMostUnacknowledged;
    jsErrCode code{};
    natsSubscription* games = nullptr;
    const natsStatus status =
        js_PullSubscribe(&games, hub_->stream(), games_subject(hub_->run(), "*").c_str(), "learner",
                         nullptr, &options, &code);
    games_.reset(games);
    if (status != NATS_OK) return nats_error(status, code).in("the stream " + name);
    return {};
  }

  /// Removes what is acknowledged from the stream.
  Status purge() {
    PONNUKI_TRY(const ConsumerInfo info, consumer_info(*hub_));
    if (info->AckFloor.Stream == 0) return {};  // before message 1 means: all
    jsOptions options;
    jsOptions_Init(&options);
    options.Stream.Purge.Sequence = info->AckFloor.Stream + 1;
    jsErrCode code{};
    const std::string name = hub_->stream_name("GAMES");
    const natsStatus status = js_PurgeStream(hub_->stream(), name.c_str(), &options, &code);
    if (status != NATS_OK) return nats_error(status, code);
    return {};
  }

  using ConsumerInfo = Owned<jsConsumerInfo, jsConsumerInfo_Destroy>;
  static Result<ConsumerInfo> consumer_info(const NatsHub& hub) {
    jsConsumerInfo* info = nullptr;
    jsErrCode code{};
    const natsStatus status = js_GetConsumerInfo(
        &info, hub.stream(), hub.stream_name("GAMES").c_str(), "learner", nullptr, &code);
    if (status != NATS_OK) return nats_error(status, code);
    return ConsumerInfo(info);
  }

  LastingHub lasting_;
  LastMessage withdrawn_;
  std::shared_ptr<NatsHub> hub_;  // of the subscription
  NatsSubscription games_;
  std::map<std::uint64_t, NatsMessage> open_;
  std::uint64_t tickets_ = 0;
  Clock::time_point purged_ = Clock::now(), looked_ = Clock::now();
};

}  // namespace

Result<std::unique_ptr<LearnerLink>> connect_learner(const HubAddress& address) {
  auto link = std::make_unique<NatsLearner>(address);
  PONNUKI_TRY(link->prepare());
  return std::unique_ptr<LearnerLink>(std::move(link));
}

Status withdraw(const HubAddress& address, const std::string& worker) {
  PONNUKI_TRY(const auto hub, NatsHub::connect(address, "withdraw"));
  const std::string subject = run_subject(address.run, "withdrawn");
  PONNUKI_TRY(const auto text, hub->last("RUN", subject));
  std::vector<std::string> names = names_in(text.value_or("[]"));
  if (std::ranges::find(names, worker) == names.end()) names.push_back(worker);
  return hub->publish(subject, nlohmann::json(names).dump());
}

}  // namespace ponnuki::swarm
