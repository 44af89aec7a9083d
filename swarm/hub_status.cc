#include "swarm/hub_status.h"

#include <ctime>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/clock.h"
#include "engine/format.h"
#include "engine/json_parse.h"
#include "engine/printable.h"
#include "swarm/nats_hub.h"

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

/// The last report of each worker, by name.
Result<std::map<std::string, Json>> reports(NatsHub& hub, double seconds,
                                            const std::atomic<bool>& stop) {
  natsSubscription* raw = nullptr;
  PONNUKI_TRY(nats_status(
      natsConnection_SubscribeSync(&raw, hub.connection(), ("stats." + hub.run() + ".*").c_str())));
  const NatsSubscription subscription(raw);
  std::map<std::string, Json> reports;
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

double number_in(const Json& report, const char* field) {
  const auto found = report.find(field);
  return found != report.end() && found->is_number() ? found->get<double>() : 0;
}

}  // namespace

Result<std::string> hub_status(const HubAddress& address, double seconds,
                               const std::atomic<bool>& stop) {
  PONNUKI_TRY(const auto hub, NatsHub::connect(address, "status"));
  PONNUKI_TRY(const auto news, hub->last("RUN", "run." + hub->run() + ".announcement"));
  std::string text = learner_line(news) + waiting_line(*hub);
  PONNUKI_TRY(const auto found, reports(*hub, seconds, stop));
  if (found.empty()) return text + "No worker has reported.\n";
  text += format("%-20s %8s %8s %10s %8s\n", "worker", "threads", "games", "a minute", "waiting");
  for (const auto& [worker, report] : found)
    text += format("%-20s %8.0f %8.0f %10.1f %8.0f\n", printable(worker).c_str(),
                   number_in(report, "threads"), number_in(report, "games"),
                   number_in(report, "gamesPerMinute"), number_in(report, "waiting"));
  return text;
}

}  // namespace ponnuki::swarm
