#include "swarm/nats_links.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/clock.h"
#include "swarm/nats_hub.h"

namespace ponnuki::swarm {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;  // of JetStream's durations
constexpr std::int64_t kGamesBytes = std::int64_t{2} << 30, kNetsBytes = std::int64_t{256} << 20,
                       kRunBytes = std::int64_t{16} << 20;
constexpr std::int64_t kDuplicates = 600 * kSecond, kAckWait = 60 * kSecond;
constexpr std::int64_t kMostUnacknowledged = 4096;
constexpr std::size_t kNetPart = 128 * 1024;
constexpr std::size_t kMostNet = std::size_t{1} << 30;
constexpr std::int64_t kAgainAfter = 1000;  // milliseconds
constexpr auto kPurgeEvery = std::chrono::seconds(10);
constexpr const char *kWireHeader = "Ponnuki-Wire", *kNumberHeader = "Ponnuki-Number",
                     *kNetHeader = "Ponnuki-Net", *kOptionsHeader = "Ponnuki-Options";

Status make_stream(NatsHub& hub, const char* kind, const std::string& subject,
                   const std::function<void(jsStreamConfig&)>& set) {
  jsStreamConfig config;
  jsStreamConfig_Init(&config);
  const std::string name = hub.stream_name(kind);
  const char* subjects[] = {subject.c_str()};
  config.Name = name.c_str();
  config.Subjects = subjects;
  config.SubjectsLen = 1;
  config.Storage = js_FileStorage;
  config.Retention = js_LimitsPolicy;
  config.Replicas = hub.servers();
  set(config);
  jsErrCode code{};
  natsStatus status = js_AddStream(nullptr, hub.stream(), &config, nullptr, &code);
  if (status != NATS_OK && code == JSStreamNameExistErr)
    status = js_UpdateStream(nullptr, hub.stream(), &config, nullptr, &code);
  if (status != NATS_OK) return nats_error(status, code).in("the stream " + name);
  return {};
}

class NatsLearner : public LearnerLink {
 public:
  explicit NatsLearner(const HubAddress& address) : lasting_(address, "learner") {}

  Status prepare() {
    PONNUKI_TRY(hub_, lasting_.get());
    const std::string& run = hub_->run();
    PONNUKI_TRY(make_stream(*hub_, "GAMES", "games." + run + ".*", [](jsStreamConfig& config) {
      config.MaxBytes = kGamesBytes;
      config.MaxMsgSize = kMostBody + 4096;
      config.Discard = js_DiscardNew;
      config.Duplicates = kDuplicates;
    }));
    PONNUKI_TRY(make_stream(*hub_, "NETS", "nets." + run + ".*.*", [](jsStreamConfig& config) {
      config.MaxBytes = kNetsBytes;
      config.MaxMsgsPerSubject = 1;
      config.Discard = js_DiscardOld;
    }));
    PONNUKI_TRY(make_stream(*hub_, "RUN", "run." + run + ".>", [](jsStreamConfig& config) {
      config.MaxBytes = kRunBytes;
      config.MaxMsgsPerSubject = 1;
      config.Discard = js_DiscardOld;
    }));
    return subscribe();
  }

  Status announce(const Announcement& announcement, const std::string& net_file) override {
    const std::string subject = "nets." + lasting_.run() + "." + announcement.net + ".";
    const std::size_t parts = (net_file.size() + kNetPart - 1) / kNetPart;
    PONNUKI_TRY(const auto hub, lasting_.get());
    for (std::size_t part = 0; part < parts; ++part)
      PONNUKI_TRY(
          hub->publish(subject + std::to_string(part), net_file.substr(part * kNetPart, kNetPart)));
    PONNUKI_TRY(hub->publish(subject + "parts", std::to_string(parts)));
    return repeat(announcement);
  }

  Status repeat(const Announcement& announcement) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return hub->publish("run." + hub->run() + ".announcement", to_json(announcement));
  }

  Result<std::vector<Delivery>> fetch(int most, double seconds) override {
    if (!games_) PONNUKI_TRY(prepare());
    natsMsgList list{};
    jsErrCode code{};
    const natsStatus status = natsSubscription_Fetch(
        &list, games_.get(), most, static_cast<std::int64_t>(1000 * seconds), &code);
    if (status == NATS_TIMEOUT) return std::vector<Delivery>();
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
    return hub->publish("run." + hub->run() + ".stored." + worker, std::to_string(number));
  }

 private:
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
        js_PullSubscribe(&games, hub_->stream(), ("games." + hub_->run() + ".*").c_str(), "learner",
                         nullptr, &options, &code);
    games_.reset(games);
    if (status != NATS_OK) return nats_error(status, code).in("the stream " + name);
    return {};
  }

  static GameBlock block_of(natsMsg* message) {
    GameBlock block;
    const std::string subject = natsMsg_GetSubject(message);
    block.worker = subject.substr(subject.rfind('.') + 1);
    block.wire = static_cast<int>(number_from(header_of(message, kWireHeader)));
    block.number = number_from(header_of(message, kNumberHeader));
    block.net = header_of(message, kNetHeader);
    block.options = header_of(message, kOptionsHeader);
    block.body = data_of(message);
    return block;
  }

  /// Removes what is acknowledged from the stream.
  Status purge() {
    jsConsumerInfo* info = nullptr;
    jsErrCode code{};
    const std::string name = hub_->stream_name("GAMES");
    natsStatus status =
        js_GetConsumerInfo(&info, hub_->stream(), name.c_str(), "learner", nullptr, &code);
    if (status != NATS_OK) return nats_error(status, code);
    const std::uint64_t floor = info->AckFloor.Stream;
    jsConsumerInfo_Destroy(info);
    jsOptions options;
    jsOptions_Init(&options);
    options.Stream.Purge.Sequence = floor + 1;
    status = js_PurgeStream(hub_->stream(), name.c_str(), &options, &code);
    if (status != NATS_OK) return nats_error(status, code);
    return {};
  }

  LastingHub lasting_;
  std::shared_ptr<NatsHub> hub_;  // of the subscription
  NatsSubscription games_;
  std::map<std::uint64_t, NatsMessage> open_;
  std::uint64_t tickets_ = 0;
  Clock::time_point purged_ = Clock::now();
};

/// The last message of a subject: heard as it comes, and looked up at the start.
class LastMessage {
 public:
  explicit LastMessage(std::string subject) : subject_(std::move(subject)) {}

  Result<std::optional<std::string>> get(const std::shared_ptr<NatsHub>& hub) {
    if (hub != hub_) {
      hub_ = hub;
      subscription_.reset();
      is_known_ = false;
    }
    if (!subscription_) {
      natsSubscription* raw = nullptr;
      PONNUKI_TRY(
          nats_status(natsConnection_SubscribeSync(&raw, hub_->connection(), subject_.c_str())));
      subscription_.reset(raw);
    }
    if (!is_known_ || Clock::now() - asked_ > std::chrono::seconds(60)) {
      PONNUKI_TRY(auto last, hub_->last("RUN", subject_));
      if (last) value_ = std::move(last);
      is_known_ = true;
      asked_ = Clock::now();
    }
    for (natsMsg* raw = nullptr;
         natsSubscription_NextMsg(&raw, subscription_.get(), 1) == NATS_OK;) {
      const NatsMessage message(raw);
      value_ = data_of(raw);
    }
    return value_;
  }

 private:
  const std::string subject_;
  std::shared_ptr<NatsHub> hub_;
  NatsSubscription subscription_;
  std::optional<std::string> value_;
  bool is_known_ = false;
  Clock::time_point asked_{};
};

class NatsWorker : public WorkerLink {
 public:
  NatsWorker(const HubAddress& address, const std::string& worker)
      : lasting_(address, worker),
        worker_(worker),
        announcement_("run." + address.run + ".announcement"),
        stored_("run." + address.run + ".stored." + worker) {}

  Result<std::optional<Announcement>> announcement() override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    PONNUKI_TRY(const auto text, announcement_.get(hub));
    if (!text) return std::optional<Announcement>();
    PONNUKI_TRY(auto announcement, read_announcement(*text));
    return std::optional(std::move(announcement));
  }

  Result<std::string> net_file(const std::string& net) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    const std::string subject = "nets." + hub->run() + "." + net + ".";
    PONNUKI_TRY(const auto count, hub->last("NETS", subject + "parts"));
    if (!count) return Error{"the hub has no net " + net.substr(0, 12) + " any more"};
    std::string file;
    for (std::uint64_t part = 0; part < number_from(*count); ++part) {
      PONNUKI_TRY(const auto bytes, hub->last("NETS", subject + std::to_string(part)));
      if (!bytes || file.size() + bytes->size() > kMostNet)
        return Error{"the hub has only a part of the net " + net.substr(0, 12)};
      file += *bytes;
    }
    return file;
  }

  Status send(const GameBlock& block) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    natsMsg* raw = nullptr;
    const std::string subject = "games." + hub->run() + "." + worker_;
    PONNUKI_TRY(nats_status(natsMsg_Create(&raw, subject.c_str(), nullptr, block.body.data(),
                                           static_cast<int>(block.body.size()))));
    const NatsMessage message(raw);
    natsMsgHeader_Set(raw, kWireHeader, std::to_string(block.wire).c_str());
    natsMsgHeader_Set(raw, kNumberHeader, std::to_string(block.number).c_str());
    natsMsgHeader_Set(raw, kNetHeader, block.net.c_str());
    natsMsgHeader_Set(raw, kOptionsHeader, block.options.c_str());
    jsPubOptions options;
    jsPubOptions_Init(&options);
    options.MaxWait = kHubTimeout;
    jsErrCode code{};
    const natsStatus status = js_PublishMsg(nullptr, hub->stream(), raw, &options, &code);
    if (status != NATS_OK) return hub->error(status, code);
    return {};
  }

  Result<std::uint64_t> stored() override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    PONNUKI_TRY(const auto text, stored_.get(hub));
    return text ? number_from(*text) : 0;
  }

  Status report(const std::string& json) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return nats_status(natsConnection_PublishString(
        hub->connection(), ("stats." + hub->run() + "." + worker_).c_str(), json.c_str()));
  }

 private:
  LastingHub lasting_;
  const std::string worker_;
  LastMessage announcement_, stored_;
};

}  // namespace

Result<std::unique_ptr<LearnerLink>> connect_learner(const HubAddress& address) {
  auto link = std::make_unique<NatsLearner>(address);
  PONNUKI_TRY(link->prepare());
  return std::unique_ptr<LearnerLink>(std::move(link));
}

std::unique_ptr<WorkerLink> worker_link(const HubAddress& address, const std::string& worker) {
  return std::make_unique<NatsWorker>(address, worker);
}

}  // namespace ponnuki::swarm
