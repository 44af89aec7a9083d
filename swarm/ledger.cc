#include "swarm/ledger.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/file.h"
#include "engine/json_parse.h"
#include "selfplay/files/checksum.h"

namespace ponnuki::swarm {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostReasons = 30;  // of a worker
constexpr std::int64_t kUnknownTime = 0;
constexpr std::int64_t kSmall = std::int64_t{1} << 20;  // bytes of a file that may stay as it is

Json json_of(const Account& account) {
  return {{"stored", account.stored},
          {"games", account.games},
          {"refused", account.refused},
          {"reasons", account.reasons}};
}

Account account_from(const Json& json) {
  Account account;
  account.stored = json.at("stored");
  account.games = json.at("games");
  account.refused = json.at("refused");
  account.reasons = json.at("reasons").get<std::map<std::string, std::int64_t>>();
  return account;
}

Json json_of(const Ledger::Entry& entry) {
  Json json{entry.worker, entry.number, entry.games};
  if (!entry.reason.empty()) json.push_back(entry.reason);
  return json;
}

Ledger::Entry entry_from(const Json& json) {
  return {json.at(0), json.at(1), json.at(2), json.size() > 3 ? json.at(3) : Json("")};
}

std::string line_of(const Json& json) { return selfplay::sealed(json.dump()) + "\n"; }

}  // namespace

Result<std::unique_ptr<Ledger>> Ledger::open(const std::string& path, std::int64_t cycle,
                                             const GamesSize& find_size) {
  std::map<std::int64_t, std::optional<std::int64_t>> sizes;  // each file is looked at once
  const auto games_size = [&](std::int64_t of) {
    const auto [found, is_new] = sizes.try_emplace(of);
    if (is_new) found->second = find_size(of);
    return found->second;
  };
  std::unique_ptr<Ledger> ledger(new Ledger(path));
  std::string text;
  if (file_exists(path)) {
    PONNUKI_TRY(text, read_plain_file(path));
  }
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    try {
      ledger->read(line, cycle, games_size);
    } catch (const std::exception&) {
      // A last line that was cut off stands for games that did not come.
      if (lines.peek() == std::istringstream::traits_type::eof() && number > 1) break;
      return Error{"'" + path + "': line " + std::to_string(number) +
                   " is damaged, so that it is not known which games are stored; take the file "
                   "from a backup"};
    }
  }
  ledger->origins_.forget_unless([&](std::int64_t of) { return games_size(of).has_value(); });
  PONNUKI_TRY(ledger->write_anew());
  return ledger;
}

Status Ledger::tidy(const std::function<bool(std::int64_t)>& has_games) {
  if (file_->size() < 2 * size_when_new_ + kSmall) return {};
  origins_.forget_unless(has_games);
  return write_anew();
}

Status Ledger::write_anew() {
  PONNUKI_TRY(write_file_atomically(path_, summary()));
  PONNUKI_TRY(file_,
              selfplay::LockedFile::open(path_, "'" + path_ + "' is used by another learner"));
  size_when_new_ = file_->size();
  return {};
}

/// What came of it all so far.
std::string Ledger::summary() const {
  Json workers = Json::object();
  for (const auto& [worker, account] : accounts_) workers[worker] = json_of(account);
  Json nets = Json::array();
  for (const Net& net : nets_) nets.push_back({net.name, net.at});
  std::string text = line_of(Json{{"workers", workers}, {"nets", nets}, {"withdrawn", withdrawn_}});
  origins_.for_each([&](std::int64_t cycle, std::int64_t offset, const auto& parts) {
    Json of = Json::array();
    for (const Origins::Part& part : parts) of.push_back({part.worker, part.games});
    text += line_of(Json{{"cycle", cycle}, {"offset", offset}, {"of", of}});
  });
  return text;
}

/// Throws if the line is damaged. Every line is sealed.
void Ledger::read(const std::string& line, std::int64_t cycle, const GamesSize& games_size) {
  const auto json = parse_json(line);
  if (!json || !json->contains("crc32") || !selfplay::is_seal_right(line))
    throw std::invalid_argument("seal");
  if (json->contains("net")) return count_net(json->at("net"), json->value("at", kUnknownTime));
  if (json->contains("why")) {
    withdrawn_[json->at("withdrawn")] = json->at("why");
  } else if (json->contains("workers")) {
    for (const auto& [worker, account] : json->at("workers").items())
      accounts_[worker] = account_from(account);
    for (const Json& net : json->at("nets")) nets_.push_back(net_from(net));
    withdrawn_ = json->value("withdrawn", std::map<std::string, std::string>());
  } else {
    read_blocks(*json, cycle, games_size);
  }
}

void Ledger::read_blocks(const Json& json, std::int64_t cycle, const GamesSize& games_size) {
  const std::int64_t of = json.at("cycle"), offset = json.at("offset");
  if (json.contains("of")) {
    std::vector<Origins::Part> parts;
    for (const Json& each : json.at("of")) parts.push_back({each.at(0), each.at(1)});
    return origins_.add(of, offset, std::move(parts));
  }
  const auto size = games_size(of);
  const bool came = size ? *size > offset : of < cycle;
  std::vector<Entry> entries;
  for (const Json& each : json.at("blocks")) {
    const Entry entry = entry_from(each);
    if (came || !entry.reason.empty()) count(entry);
    entries.push_back(entry);
  }
  if (came) note_origins(of, offset, entries);
}

void Ledger::note_origins(std::int64_t cycle, std::int64_t offset,
                          const std::vector<Entry>& entries) {
  std::vector<Origins::Part> parts;
  for (const Entry& entry : entries)
    if (entry.reason.empty()) parts.push_back({entry.worker, entry.games});
  if (!parts.empty()) origins_.add(cycle, offset, std::move(parts));
}

Status Ledger::withdraw(const std::string& worker, const std::string& why) {
  PONNUKI_TRY(file_->append(line_of(Json{{"withdrawn", worker}, {"why", why}})));
  withdrawn_[worker] = why;
  return {};
}

void Ledger::take_out_withdrawn(std::int64_t cycle, selfplay::GamesFile& file) const {
  std::set<std::string> workers;
  for (const auto& [worker, why] : withdrawn_) workers.insert(worker);
  origins_.take_out(cycle, workers, file);
}

/// A net of the first line; in files of earlier versions it is a name alone.
Ledger::Net Ledger::net_from(const Json& json) {
  if (json.is_string()) return {json, kUnknownTime};
  return {json.at(0), json.at(1)};
}

void Ledger::count_net(const std::string& net, std::int64_t at) {
  std::erase_if(nets_, [&](const Net& known) { return known.name == net; });
  nets_.insert(nets_.begin(), {net, at});
  while (nets_.size() > kMostNets || (nets_.size() > kNets && nets_.back().at < at - kNetSeconds))
    nets_.pop_back();
}

std::vector<std::string> Ledger::nets() const {
  std::vector<std::string> names;
  for (const Net& net : nets_) names.push_back(net.name);
  return names;
}

Status Ledger::add_net(const std::string& net, std::int64_t now) {
  PONNUKI_TRY(file_->append(line_of(Json{{"net", net}, {"at", now}})));
  count_net(net, now);
  return {};
}

/// Blocks come in the order of their numbers; what came before is not counted again.
void Ledger::count(const Entry& entry) {
  Account& account = accounts_[entry.worker];
  if (entry.number <= account.stored) return;
  account.stored = entry.number;
  account.games += entry.reason.empty() ? entry.games : 0;
  if (entry.reason.empty()) return;
  ++account.refused;
  const bool is_known = account.reasons.contains(entry.reason);
  ++account.reasons[is_known || account.reasons.size() < kMostReasons ? entry.reason : "others"];
}

Status Ledger::write(std::int64_t cycle, std::int64_t offset, const std::vector<Entry>& entries) {
  Json blocks = Json::array();
  for (const Entry& entry : entries) blocks.push_back(json_of(entry));
  PONNUKI_TRY(
      file_->append(line_of(Json{{"cycle", cycle}, {"offset", offset}, {"blocks", blocks}})));
  for (const Entry& entry : entries) count(entry);
  note_origins(cycle, offset, entries);
  return {};
}

std::uint64_t Ledger::stored(const std::string& worker) const {
  const auto found = accounts_.find(worker);
  return found == accounts_.end() ? 0 : found->second.stored;
}

}  // namespace ponnuki::swarm
