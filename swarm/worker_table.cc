#include "swarm/worker_table.h"

#include <algorithm>
#include <set>

#include "engine/format.h"
#include "engine/printable.h"

namespace ponnuki::swarm {
namespace {

using Json = nlohmann::json;

double number_in(const Json& object, const char* field) {
  const auto found = object.find(field);
  return found != object.end() && found->is_number() ? found->get<double>() : 0;
}

/// Why blocks were refused, or why all games of the worker were taken out.
std::string remark(const Json& account) {
  if (const auto why = account.find("withdrawn"); why != account.end() && why->is_string())
    return "taken out: " + why->get<std::string>();
  std::string text;
  const auto reasons = account.find("reasons");
  if (reasons == account.end() || !reasons->is_object()) return text;
  for (const auto& [reason, count] : reasons->items())
    text += (text.empty() ? "" : ", ") + reason + " (" + count.dump() + ")";
  return text;
}

}  // namespace

std::string worker_table(const WorkerRows& reports, const WorkerRows& accounts) {
  double all = 0;
  for (const auto& [worker, account] : accounts) all += number_in(account, "games");
  std::set<std::string> workers;
  for (const WorkerRows* table : {&reports, &accounts})
    for (const auto& [worker, row] : *table) workers.insert(worker);
  std::string text = format("%-20s %7s %8s %7s %9s %6s %7s\n", "worker", "threads", "a minute",
                            "waiting", "stored", "share", "refused");
  for (const std::string& worker : workers) {
    const Json none = Json::object();
    const auto report = reports.find(worker), account = accounts.find(worker);
    const Json& now = report == reports.end() ? none : report->second;
    const Json& known = account == accounts.end() ? none : account->second;
    const double games = number_in(known, "games");
    text += format("%-20s", printable(worker).c_str());
    text += report == reports.end()
                ? format(" %7s %8s %7s", "-", "-", "-")
                : format(" %7.0f %8.1f %7.0f", number_in(now, "threads"),
                         number_in(now, "gamesPerMinute"), number_in(now, "waiting"));
    text += format(" %9.0f %4.0f %% %7.0f", games, 100 * games / std::max(all, 1.0),
                   number_in(known, "refused"));
    const std::string note = remark(known);
    text += note.empty() ? "\n" : "  " + printable(note) + "\n";
  }
  return text;
}

}  // namespace ponnuki::swarm
