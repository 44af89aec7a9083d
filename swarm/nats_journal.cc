#include <nlohmann/json.hpp>
#include <utility>

#include "engine/json_parse.h"
#include "swarm/nats_hub.h"
#include "swarm/nats_links.h"

namespace ponnuki::swarm {
namespace {

constexpr std::int64_t kJournalBytes = std::int64_t{1} << 30;
constexpr const char* kEntryHeader = "Ponnuki-Entry";  // all of it but the body, as JSON

std::string header_text(const JournalEntry& entry) {
  return nlohmann::json{
      {"kind", static_cast<int>(entry.kind)}, {"holder", entry.holder},
      {"token", entry.token},                 {"path", entry.path},
      {"offset", entry.offset},               {"last", entry.is_last_part}}
      .dump();
}

/// An entry of another version is a beat of its holder.
JournalEntry entry_from(natsMsg* message) {
  JournalEntry entry;
  const auto json = parse_json(header_of(message, kEntryHeader));
  try {
    if (!json) return entry;
    entry.holder = json->at("holder");
    entry.token = json->at("token");
    entry.path = json->at("path");
    entry.offset = json->at("offset");
    entry.is_last_part = json->at("last");
    const int kind = json->at("kind");
    if (kind >= 0 && kind <= static_cast<int>(JournalEntry::Kind::kReady))
      entry.kind = static_cast<JournalEntry::Kind>(kind);
    entry.body = data_of(message);
  } catch (const nlohmann::json::exception&) {
    entry.kind = JournalEntry::Kind::kBeat;
  }
  return entry;
}

class NatsJournal : public JournalLink {
 public:
  explicit NatsJournal(std::unique_ptr<NatsHub> hub)
      : hub_(std::move(hub)), wanted_(*hub_, standby_subject()) {}

  Status prepare() {
    return make_stream(*hub_, "JOURNAL", subject(), [](jsStreamConfig& config) {
      config.MaxBytes = kJournalBytes;
      config.Discard = js_DiscardOld;
    });
  }

  Result<Range> range() override {
    jsStreamInfo* info = nullptr;
    jsErrCode code{};
    const natsStatus status =
        js_GetStreamInfo(&info, hub_->stream(), stream_name().c_str(), nullptr, &code);
    if (code == JSStreamNotFoundErr) {  // the hub has lost everything
      PONNUKI_TRY(prepare());
      return Range{};
    }
    if (status != NATS_OK) return nats_error(status, code);
    const Range range{info->State.FirstSeq, info->State.LastSeq};
    jsStreamInfo_Destroy(info);
    return range;
  }

  Result<std::optional<JournalEntry>> read(std::uint64_t number) override {
    if (number == 0) return std::optional<JournalEntry>();
    natsMsg* raw = nullptr;
    jsErrCode code{};
    const natsStatus status =
        js_GetMsg(&raw, hub_->stream(), stream_name().c_str(), number, nullptr, &code);
    const NatsMessage message(raw);
    if (status == NATS_NOT_FOUND || code == JSNoMessageFoundErr)
      return std::optional<JournalEntry>();
    if (status != NATS_OK) return nats_error(status, code);
    return std::optional(entry_from(raw));
  }

  Result<std::optional<std::uint64_t>> append(const JournalEntry& entry,
                                              std::uint64_t behind) override {
    natsMsg* raw = nullptr;
    PONNUKI_TRY(nats_status(natsMsg_Create(&raw, subject().c_str(), nullptr, entry.body.data(),
                                           static_cast<int>(entry.body.size()))));
    const NatsMessage message(raw);
    natsMsgHeader_Set(raw, kEntryHeader, header_text(entry).c_str());
    jsPubOptions options;
    jsPubOptions_Init(&options);
    options.ExpectLastSeq = behind;
    options.ExpectNoMessage = behind == 0;
    jsPubAck* ack = nullptr;
    jsErrCode code{};
    const natsStatus status = js_PublishMsg(&ack, hub_->stream(), raw, &options, &code);
    if (code == JSStreamWrongLastSequenceErr) return std::optional<std::uint64_t>();
    if (status != NATS_OK) return nats_error(status, code);
    const std::uint64_t number = ack->Sequence;
    jsPubAck_Destroy(ack);
    return std::optional(number);
  }

  Status ask_for_snapshot(const std::string& token) override {
    return hub_->publish(standby_subject(), token);
  }
  Result<std::string> wanted_snapshot() override {
    PONNUKI_TRY(const auto token, wanted_.get());
    return token.value_or("");
  }

 private:
  std::string subject() const { return "journal." + hub_->run(); }
  std::string standby_subject() const { return "run." + hub_->run() + ".standby"; }
  std::string stream_name() const { return hub_->stream_name("JOURNAL"); }

  std::unique_ptr<NatsHub> hub_;
  LastMessage wanted_;
};

}  // namespace

Result<std::unique_ptr<JournalLink>> connect_journal(const HubAddress& address,
                                                     const std::string& name) {
  PONNUKI_TRY(auto hub, NatsHub::connect(address, name, false));
  auto link = std::make_unique<NatsJournal>(std::move(hub));
  PONNUKI_TRY(link->prepare());
  return std::unique_ptr<JournalLink>(std::move(link));
}

}  // namespace ponnuki::swarm
