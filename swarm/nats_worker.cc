#include "swarm/nats_hub.h"
#include "swarm/nats_links.h"
#include "swarm/nats_streams.h"

namespace ponnuki::swarm {
namespace {

constexpr std::size_t kMostNet = std::size_t{1} << 30;
constexpr std::int64_t kAskTimeout = 1000, kBringTimeout = 5000;  // milliseconds

class NatsWorker : public WorkerLink {
 public:
  NatsWorker(const HubAddress& address, const std::string& worker)
      : lasting_(address, worker),
        worker_(worker),
        announcement_(run_subject(address.run, "announcement")),
        stored_(run_subject(address.run, "stored." + worker)) {}

  Result<std::optional<Announcement>> announcement() override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    PONNUKI_TRY(const auto text, announcement_.get(hub));
    if (!text) return std::optional<Announcement>();
    PONNUKI_TRY(auto announcement, read_announcement(*text));
    return std::optional(std::move(announcement));
  }

  Result<std::string> net_file(const std::string& net) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    const auto part_of_net = [&](const std::string& part) {
      return hub->last("NETS", net_subject(hub->run(), net, part));
    };
    PONNUKI_TRY(const auto count, part_of_net("parts"));
    if (!count) return Error{"the hub has no net " + net.substr(0, 12) + " any more"};
    std::string file;
    for (std::uint64_t part = 0; part < number_from(*count); ++part) {
      PONNUKI_TRY(const auto bytes, part_of_net(std::to_string(part)));
      if (!bytes || file.size() + bytes->size() > kMostNet)
        return Error{"the hub has only a part of the net " + net.substr(0, 12)};
      file += *bytes;
    }
    return file;
  }

  Status send(const GameBlock& block) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    PONNUKI_TRY(const NatsMessage message, message_of(block, hub->run()));
    jsPubOptions options;
    jsPubOptions_Init(&options);
    options.MaxWait = kHubTimeout;
    // No message id: a cluster of nats-server 2.9 that loses its leader takes a block for known that
    // it does not have. The learner knows the numbers.
    jsErrCode code{};
    const natsStatus status = js_PublishMsg(nullptr, hub->stream(), message.get(), &options, &code);
    if (status != NATS_OK) return hub->error(status, code);
    return {};
  }

  std::uint64_t connections() override { return lasting_.connections(); }

  Result<std::uint64_t> stored() override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    PONNUKI_TRY(const auto text, stored_.get(hub));
    return text ? number_from(*text) : 0;
  }

  Status report(const std::string& json) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return hub->tell(stats_subject(hub->run(), worker_), json);
  }

  Result<std::optional<MatchPart>> take_part(int games) override {
    PONNUKI_TRY(const auto answer, ask("take", std::to_string(games), kAskTimeout));
    if (!answer || answer->empty()) return std::optional<MatchPart>();
    PONNUKI_TRY(auto part, read_part(*answer));
    return std::optional(std::move(part));
  }

  Status tell_progress() override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return hub->tell(match_subject(hub->run(), "progress", worker_), "");
  }

  Status bring(const PlayedPart& part, BoardSize size) override {
    PONNUKI_TRY(const auto answer, ask("games", to_json(part, size), kBringTimeout));
    if (answer) return {};
    return Error{"nobody has the match played any more"};
  }

 private:
  /// The answer of who has a match played; nothing if there is nobody.
  Result<std::optional<std::string>> ask(const char* what, const std::string& text,
                                         std::int64_t timeout) {
    PONNUKI_TRY(const auto hub, lasting_.get());
    natsMsg* raw = nullptr;
    const natsStatus status = natsConnection_Request(
        &raw, hub->connection(), match_subject(hub->run(), what, worker_).c_str(), text.data(),
        static_cast<int>(text.size()), timeout);
    const NatsMessage message(raw);
    if (status == NATS_NO_RESPONDERS) return std::optional<std::string>();
    if (status != NATS_OK) return nats_error(status);
    return std::optional(data_of(raw));
  }

  LastingHub lasting_;
  const std::string worker_;
  LastMessage announcement_, stored_;
};

}  // namespace

std::unique_ptr<WorkerLink> worker_link(const HubAddress& address, const std::string& worker) {
  return std::make_unique<NatsWorker>(address, worker);
}

}  // namespace ponnuki::swarm
