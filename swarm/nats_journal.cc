#include <nlohmann/json.hpp>
#include <utility>

#include "engine/json_parse.h"
#include "swarm/nats_hub.h"
#include "swarm/nats_links.h"
#include "swarm/nats_streams.h"

namespace ponnuki::swarm {
namespace {

constexpr std::int64_t kJournalBytes = std::int64_t{1} << 30;
constexpr const char* kEntryHeader = "Ponnuki-Entry";  // all of it but the body, as JSON

std::string header_text(const JournalEntry& entry) {
  return nlohmann::json{{"kind", static_cast<int>(entry.kind)},
                        {"holder", entry.holder},
                        {"token", entry.token},
                        {"path", entry.path},
                        {"offset", entry.offset},
                        {"last", entry.is_last_part}}
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
  NatsJournal(const HubAddress& address, const std::string& name)
      : lasting_(address, name), wanted_(run_subject(address.run, "standby")) {}

  Status prepare() {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return make_stream(*hub, "JOURNAL", subject(), [](jsStreamConfig& config) {
      config.MaxBytes = kJournalBytes;
      config.Discard = js_DiscardOld;
    });
  }

  Result<Range> range() override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    jsStreamInfo* info = nullptr;
    jsErrCode code{};
    const natsStatus status =
        js_GetStreamInfo(&info, hub->stream(), stream_name(*hub).c_str(), nullptr, &code);
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
    PONNUKI_TRY(const auto hub, lasting_.get());
    natsMsg* raw = nullptr;
    jsErrCode code{};
    const natsStatus status =
        js_GetMsg(&raw, hub->stream(), stream_name(*hub).c_str(), number, nullptr, &code);
    const NatsMessage message(raw);
    if (status == NATS_NOT_FOUND || code == JSNoMessageFoundErr)
      return std::optional<JournalEntry>();
    if (status != NATS_OK) return nats_error(status, code);
    return std::optional(entry_from(raw));
  }

  Result<std::optional<std::uint64_t>> append(const JournalEntry& entry,
                                              std::uint64_t behind) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
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
    const natsStatus status = js_PublishMsg(&ack, hub->stream(), raw, &options, &code);
    if (code == JSStreamWrongLastSequenceErr) return std::optional<std::uint64_t>();
    if (status != NATS_OK) return nats_error(status, code);
    const std::uint64_t number = ack->Sequence;
    jsPubAck_Destroy(ack);
    return std::optional(number);
  }

  Status ask_for_snapshot(const std::string& token) override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    return hub->publish(run_subject(hub->run(), "standby"), token);
  }
  Result<std::string> wanted_snapshot() override {
    PONNUKI_TRY(const auto hub, lasting_.get());
    PONNUKI_TRY(const auto token, wanted_.get(hub));
    return token.value_or("");
  }

 private:
  std::string subject() const { return "journal." + lasting_.run(); }
  static std::string stream_name(const NatsHub& hub) { return hub.stream_name("JOURNAL"); }

  LastingHub lasting_;
  LastMessage wanted_;
};

}  // namespace

Result<std::unique_ptr<JournalLink>> connect_journal(const HubAddress& address,
                                                     const std::string& name) {
  auto link = std::make_unique<NatsJournal>(address, name);
  PONNUKI_TRY(link->prepare());
  return std::unique_ptr<JournalLink>(std::move(link));
}

}  // namespace ponnuki::swarm
