#include "swarm/hub_status.h"

#include <ctime>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/clock.h"
#include "engine/format.h"
#include "engine/json_parse.h"
#include "engine/printable.h"
#include "swarm/nats_hub.h"
#include "swarm/nats_streams.h"
#include "swarm/worker_table.h"

namespace ponnuki::swarm {
namespace {

using Json = nlohmann::json;

std::string learner_line(const std::optional<std::string>& text) {
  if (!text) return "No learner has announced this run yet.\n";
  const auto news = read_announcement(*text);
  if (!news) return news.error().message + "\n";
  return format("Cycle %lld, net %s, announced %lld s ago.\n", static_cast<long long>(news->cycle),
                news->net.substr(0, 12).c_str(),
                static_cast<long long>(std::time(nullptr) - news->at));
}

std::string waiting_line(NatsHub& hub) {
  jsStreamInfo* info = nullptr;
  jsErrCode code{};
  const std::string name = hub.stream_name("GAMES");
  if (js_GetStreamInfo(&info, hub.stream(), name.c_str(), nullptr, &code) != NATS_OK)
    return "How many blocks wait is not known.\n";
  const std::string line = format("%llu blocks, %.1f MB, wait at the hub.\n",
                                  static_cast<unsigned long long>(info->State.Msgs),
                                  static_cast<double>(info->State.Bytes) / 1e6);
  jsStreamInfo_Destroy(info);
  return line;
}

std::string disk_line(NatsHub& hub) {
  jsAccountInfo* info = nullptr;
  jsErrCode code{};
  if (js_GetAccountInfo(&info, hub.stream(), nullptr, &code) != NATS_OK) return "";
  const std::string line =
      format("%.1f MB of the hub's disk are used.\n", static_cast<double>(info->Store) / 1e6);
  jsAccountInfo_Destroy(info);
  return line;
}

/// The last report of each worker.
Result<WorkerRows> reports(NatsHub& hub, double seconds, const std::atomic<bool>& stop) {
  natsSubscription* raw = nullptr;
  PONNUKI_TRY(nats_status(
      natsConnection_SubscribeSync(&raw, hub.connection(), ("stats." + hub.run() + ".*").c_str())));
  const NatsSubscription subscription(raw);
  WorkerRows reports;
  const auto start = Clock::now();
  while (seconds_since(start) < seconds && !stop) {
    natsMsg* message = nullptr;
    if (natsSubscription_NextMsg(&message, raw, 200) != NATS_OK) continue;
    const NatsMessage owned(message);
    const std::string subject = natsMsg_GetSubject(message);
    if (auto json = parse_json(data_of(message)); json && json->is_object())
      reports[subject.substr(subject.rfind('.') + 1)] = std::move(*json);
  }
  return reports;
}

/// What the learner knows of each worker.
Result<WorkerRows> accounts(NatsHub& hub) {
  PONNUKI_TRY(const auto text, hub.last("RUN", run_subject(hub.run(), "workers")));
  WorkerRows accounts;
  const auto json = parse_json(text.value_or(""));
  if (!json || !json->is_object()) return accounts;
  for (const auto& [worker, account] : json->items())
    if (account.is_object()) accounts[worker] = account;
  return accounts;
}

}  // namespace

Result<std::string> hub_status(const HubAddress& address, double seconds,
                               const std::atomic<bool>& stop) {
  PONNUKI_TRY(const auto hub, NatsHub::connect(address, "status"));
  PONNUKI_TRY(const auto news, hub->last("RUN", "run." + hub->run() + ".announcement"));
  std::string text = learner_line(news) + waiting_line(*hub) + disk_line(*hub);
  PONNUKI_TRY(const auto now, reports(*hub, seconds, stop));
  PONNUKI_TRY(const auto known, accounts(*hub));
  if (now.empty() && known.empty()) return text + "No worker has reported.\n";
  return text + worker_table(now, known);
}

}  // namespace ponnuki::swarm
