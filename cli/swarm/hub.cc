// ponnuki hub add-worker: a worker's credentials. ponnuki hub status: who plays.
#include <filesystem>
#include <ostream>
#include <string_view>

#include "cli/options/hub_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/stop_signal.h"
#include "engine/file.h"
#include "engine/format.h"
#include "engine/random_token.h"
#include "swarm/hub_status.h"

namespace ponnuki::cli {
namespace {

/// A user of the broker. A worker may send its own games and reports, and read what the learner
/// says; a learner may do everything.
std::string broker_user(const std::string& name, const std::string& password,
                        const std::string& run, bool is_learner) {
  const char* const user = name.c_str();
  const std::string front = format("{ user: %s, password: \"%s\"", user, password.c_str());
  if (is_learner) return front + " }\n";
  return front +
         format(
             ", permissions: {\n"
             "  publish: [\"games.%s.%s\", \"stats.%s.%s\",\n"
             "            \"$JS.API.STREAM.MSG.GET.RUN_%s\", \"$JS.API.STREAM.MSG.GET.NETS_%s\"]\n"
             "  subscribe: [\"_INBOX_%s.>\", \"run.%s.announcement\", \"run.%s.stored.%s\"] } }\n",
             run.c_str(), user, run.c_str(), user, run.c_str(), run.c_str(), user, run.c_str(),
             run.c_str(), user);
}

/// The file of users: a list, which the config of nats-server includes.
class BrokerUsers {
 public:
  static Result<BrokerUsers> open(const std::string& path) {
    BrokerUsers users(path);
    if (!file_exists(path)) return users;
    PONNUKI_TRY(users.text_, read_file(path));
    if (!users.text_.starts_with(kBegin) || !users.text_.ends_with(kEnd))
      return Error{"'" + path + "' is no list of users that this command has written"};
    return users;
  }
  bool has(const std::string& name) const {
    return text_.find("{ user: " + name + ",") != std::string::npos;
  }
  Status add(const std::string& user) {
    text_.insert(text_.size() - kEnd.size(), user);
    return write_file_atomically(path_, text_);
  }

 private:
  static constexpr std::string_view kBegin = "users: [\n", kEnd = "]\n";
  explicit BrokerUsers(std::string path) : path_(std::move(path)) {}
  std::string path_, text_ = std::string(kBegin) + std::string(kEnd);
};

class AddWorker : public Subcommand {
 public:
  std::string name() const override { return "hub add-worker"; }
  std::string summary() const override { return "makes the credentials of a worker or learner"; }
  std::string details() const override {
    return "Adds a user to the file --users, which the config of nats-server includes, and writes "
           "NAME.json for --creds. Let the server read its config again afterwards: nats-server "
           "--signal reload.";
  }
  void add_options(OptionSet& options) override {
    options.positional({"NAME", "", "the worker's name"}, &name_);
    options.text({"run", "NAME", "the run that it may play for"}, &run_);
    options.flag("learner", "it learns, and may do everything at the hub", &is_learner_);
    options.text({"users", "FILE", "the users of the hub"}, &users_);
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    if (!swarm::is_name(name_) || !swarm::is_name(run_))
      return Error{"names of workers and runs have letters, digits, '-' and '_', at most 40"};
    PONNUKI_TRY(auto users, BrokerUsers::open(users_));
    if (users.has(name_)) return Error{users_ + " has a user '" + name_ + "' already"};
    const std::string password = random_token(), creds = name_ + ".json";
    if (file_exists(creds)) return Error{"'" + creds + "' is there already: move it elsewhere"};
    Status status = write_file_atomically(
        creds, R"({"user": ")" + name_ + R"(", "password": ")" + password + "\"}\n");
    std::error_code ignored;
    using std::filesystem::perms;
    std::filesystem::permissions(creds, perms::owner_read | perms::owner_write, ignored);
    if (status) status = users.add(broker_user(name_, password, run_, is_learner_));
    if (!status) return failed(status.error(), streams);
    streams.out << creds << " is for --creds; " << users_
                << " has a new user: let nats-server reload it\n";
    return kExitOk;
  }

 private:
  std::string name_, run_ = "main", users_ = "users.conf";
  bool is_learner_ = false;
};

class HubStatus : public Subcommand {
 public:
  std::string name() const override { return "hub status"; }
  std::string summary() const override { return "shows who plays for a training run"; }
  std::string details() const override {
    return "Shows what the learner announces and how many blocks wait, then the reports of the "
           "workers, which come every 30 seconds.";
  }
  void add_options(OptionSet& options) override {
    hub_.add(options);
    options.heading("What to show");
    options.number({"seconds", "N", "how long to listen for reports"}, &seconds_, {0, 1e6});
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    PONNUKI_TRY(const auto address, hub_.address());
    const auto text = swarm::hub_status(address, seconds_, *stop_signal());
    if (!text) return failed(text.error(), streams);
    streams.out << *text << std::flush;
    return kExitOk;
  }

 private:
  HubOptions hub_;
  double seconds_ = 35;
};

}  // namespace

std::unique_ptr<Subcommand> make_hub_add_worker() { return std::make_unique<AddWorker>(); }
std::unique_ptr<Subcommand> make_hub_status() { return std::make_unique<HubStatus>(); }

}  // namespace ponnuki::cli
