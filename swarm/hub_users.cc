#include "swarm/hub_users.h"

#include <algorithm>
#include <sstream>

#include "engine/file.h"
#include "engine/format.h"
#include "swarm/signing_key.h"

namespace ponnuki::swarm {
namespace {

constexpr std::string_view kBegin = "users: [\n", kEnd = "]\n";
constexpr std::string_view kName = "# ", kNameWithPassword = "{ user: ", kKey = "{ nkey: ";

/// The text between `front` and what follows a name or a key; nothing if it begins otherwise.
std::string word_after(std::string_view front, const std::string& text, std::size_t at = 0) {
  if (text.compare(at, front.size(), front) != 0) return "";
  const std::size_t begin = at + front.size();
  return text.substr(begin, text.find_first_of(", }\n", begin) - begin);
}

/// The name of the user whose entry begins with this line.
std::string name_in(const std::string& line) {
  const std::string name = word_after(kName, line);
  return name.empty() ? word_after(kNameWithPassword, line) : name;
}

}  // namespace

Result<HubUsers> HubUsers::open(const std::string& path) {
  HubUsers users(path);
  if (!file_exists(path)) return users;
  PONNUKI_TRY(const std::string text, read_file(path));
  const Error other{"'" + path + "' is no list of users that ponnuki hub add-worker has written"};
  if (!text.starts_with(kBegin) || !text.ends_with(kEnd)) return other;
  std::istringstream lines(text.substr(kBegin.size(), text.size() - kBegin.size() - kEnd.size()));
  for (std::string line; std::getline(lines, line);) {
    const std::string name = name_in(line);
    if (!name.empty()) users.users_.push_back({name, ""});
    if (users.users_.empty()) return other;
    users.users_.back().text += line + "\n";
  }
  return users;
}

bool HubUsers::has(const std::string& name) const {
  return std::ranges::find(users_, name, &User::name) != users_.end();
}

std::string HubUsers::key_of(const std::string& name) const {
  const auto user = std::ranges::find(users_, name, &User::name);
  if (user == users_.end()) return "";
  return word_after(kKey, user->text, user->text.find('\n') + 1);
}

Status HubUsers::add_worker(const std::string& name, const std::string& public_key,
                            const std::string& run) {
  const char* const user = name.c_str();
  return add(
      name,
      format("{ nkey: %s, permissions: {\n"
             "  publish: [\"games.%s.%s\", \"stats.%s.%s\", \"match.%s.*.%s\",\n"
             "            \"$JS.API.STREAM.MSG.GET.RUN_%s\", \"$JS.API.STREAM.MSG.GET.NETS_%s\"]\n"
             "  subscribe: [\"_INBOX_%s.>\", \"run.%s.announcement\", \"run.%s.stored.%s\"] } }\n",
             public_key.c_str(), run.c_str(), user, run.c_str(), user, run.c_str(), user,
             run.c_str(), run.c_str(), user, run.c_str(), run.c_str(), user));
}

Status HubUsers::add_learner(const std::string& name, const std::string& public_key) {
  return add(name, std::string(kKey) + public_key + " }\n");
}

Status HubUsers::add(const std::string& name, const std::string& text) {
  users_.push_back({name, std::string(kName) + name + "\n" + text});
  return write();
}

Result<bool> HubUsers::remove(const std::string& name) {
  if (!has(name)) return false;
  std::erase_if(users_, [&](const User& user) { return user.name == name; });
  PONNUKI_TRY(write());
  return true;
}

Status HubUsers::write() const {
  std::string text(kBegin);
  for (const User& user : users_) text += user.text;
  return write_file_atomically(path_, text + std::string(kEnd));
}

Result<WorkerKeys> WorkerKeys::open(const std::string& path) {
  if (!file_exists(path)) return Error{"there is no file '" + path + "'"};
  PONNUKI_TRY(auto users, HubUsers::open(path));
  return WorkerKeys(path, std::move(users));
}

bool WorkerKeys::has_signed(const std::string& worker, std::string_view text,
                            const std::string& signature) {
  std::error_code none;
  const auto changed = std::filesystem::last_write_time(path_, none);
  if (!none && changed != changed_) {
    changed_ = changed;
    if (auto users = HubUsers::open(path_)) users_ = std::move(*users);
  }
  const std::string key = users_.key_of(worker);
  return !key.empty() && is_signed(key, text, signature);
}

}  // namespace ponnuki::swarm
