#include "swarm/nats_streams.h"

namespace ponnuki::swarm {
namespace {

constexpr const char *kWireHeader = "Ponnuki-Wire", *kNumberHeader = "Ponnuki-Number",
                     *kOldestHeader = "Ponnuki-Oldest", *kNetHeader = "Ponnuki-Net",
                     *kOptionsHeader = "Ponnuki-Options", *kSignatureHeader = "Ponnuki-Signature";
constexpr std::size_t kNetPart = 128 * 1024;

/// Where one value is empty, libnats 3.4 reads no header at all.
void set_header(natsMsg* message, const char* name, const std::string& value) {
  if (!value.empty()) natsMsgHeader_Set(message, name, value.c_str());
}

}  // namespace

Status make_stream(const NatsHub& hub, const char* kind, const std::string& subject,
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

std::string run_subject(const std::string& run, const std::string& what) {
  return "run." + run + "." + what;
}
std::string net_subject(const std::string& run, const std::string& net, const std::string& part) {
  return "nets." + run + "." + net + "." + part;
}
std::string games_subject(const std::string& run, const std::string& worker) {
  return "games." + run + "." + worker;
}
std::string stats_subject(const std::string& run, const std::string& worker) {
  return "stats." + run + "." + worker;
}
std::string match_subject(const std::string& run, const char* what, const std::string& worker) {
  return "match." + run + "." + what + "." + worker;
}

Status publish_net(NatsHub& hub, const std::string& net, const std::string& file) {
  const std::size_t parts = (file.size() + kNetPart - 1) / kNetPart;
  for (std::size_t part = 0; part < parts; ++part)
    PONNUKI_TRY(hub.publish(net_subject(hub.run(), net, std::to_string(part)),
                            file.substr(part * kNetPart, kNetPart)));
  return hub.publish(net_subject(hub.run(), net, "parts"), std::to_string(parts));
}

Result<NatsMessage> message_of(const GameBlock& block, const std::string& run) {
  natsMsg* raw = nullptr;
  PONNUKI_TRY(nats_status(natsMsg_Create(&raw, games_subject(run, block.worker).c_str(), nullptr,
                                         block.body.data(), static_cast<int>(block.body.size()))));
  NatsMessage message(raw);
  set_header(raw, kWireHeader, std::to_string(block.wire));
  set_header(raw, kNumberHeader, std::to_string(block.number));
  set_header(raw, kOldestHeader, std::to_string(block.oldest));
  set_header(raw, kNetHeader, block.net);
  set_header(raw, kOptionsHeader, block.options);
  set_header(raw, kSignatureHeader, block.signature);
  return message;
}

GameBlock block_of(natsMsg* message) {
  GameBlock block;
  const std::string subject = natsMsg_GetSubject(message);
  block.worker = subject.substr(subject.rfind('.') + 1);
  block.wire = static_cast<int>(number_from(header_of(message, kWireHeader)));
  block.number = number_from(header_of(message, kNumberHeader));
  block.oldest = number_from(header_of(message, kOldestHeader));
  block.net = header_of(message, kNetHeader);
  block.options = header_of(message, kOptionsHeader);
  block.signature = header_of(message, kSignatureHeader);
  block.body = data_of(message);
  return block;
}

}  // namespace ponnuki::swarm
