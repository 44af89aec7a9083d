#include "swarm/nats_hub.h"
#include "swarm/nats_links.h"

namespace ponnuki::swarm {
namespace {

/// A copy of a stream of the same name in another domain, the last message of each subject.
Status mirror(const NatsHub& leaf, const char* kind, const std::string& domain,
              std::int64_t most_bytes) {
  const std::string name = leaf.stream_name(kind), prefix = "$JS." + domain + ".API";
  jsExternalStream external;
  jsExternalStream_Init(&external);
  external.APIPrefix = prefix.c_str();
  external.DeliverPrefix = "";  // libnats 3.4 cannot do without
  jsStreamSource source;
  jsStreamSource_Init(&source);
  source.Name = name.c_str();
  source.External = &external;
  jsStreamConfig config;
  jsStreamConfig_Init(&config);
  config.Name = name.c_str();
  config.Mirror = &source;
  config.MaxBytes = most_bytes;
  config.MaxMsgsPerSubject = 1;
  config.Discard = js_DiscardOld;
  jsErrCode code{};
  const natsStatus status = js_AddStream(nullptr, leaf.stream(), &config, nullptr, &code);
  if (status == NATS_OK || code == JSStreamNameExistErr) return {};
  return nats_error(status, code).in("the stream " + name);
}

}  // namespace

Status mirror_run(const HubAddress& leaf, const std::string& domain) {
  PONNUKI_TRY(const auto hub, NatsHub::connect(leaf, "mirror"));
  PONNUKI_TRY(mirror(*hub, "RUN", domain, kRunBytes));
  return mirror(*hub, "NETS", domain, kNetsBytes);
}

}  // namespace ponnuki::swarm
