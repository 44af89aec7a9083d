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
             "  publish: [\"games.%s.%s\", \"stats.%s.%s\", \"match.%s.*.%s\",\n"
             "            \"$JS.API.STREAM.MSG.GET.RUN_%s\", \"$JS.API.STREAM.MSG.GET.NETS_%s\"]\n"
             "  subscribe: [\"_INBOX_%s.>\", \"run.%s.announcement\", \"run.%s.stored.%s\"] } }\n",
             run.c_str(), user, run.c_str(), user, run.c_str(), user, run.c_str(), run.c_str(),
             user, run.c_str(), run.c_str(), user);
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
    return text_.find(front_of(name)) != std::string::npos;
  }
  /// Returns false if there is no such user.
  Result<bool> remove(const std::string& name) {
    const std::size_t begin = text_.find(front_of(name));
    if (begin == std::string::npos) return false;
    const std::size_t end = text_.find("{ user: ", begin + 1);
    text_.erase(begin, std::min(end, text_.size() - kEnd.size()) - begin);
    PONNUKI_TRY(write_file_atomically(path_, text_));
    return true;
  }
  Status add(const std::string& user) {
    text_.insert(text_.size() - kEnd.size(), user);
    return write_file_atomically(path_, text_);
  }

 private:
  static constexpr std::string_view kBegin = "users: [\n", kEnd = "]\n";
  explicit BrokerUsers(std::string path) : path_(std::move(path)) {}
  static std::string front_of(const std::string& name) { return "{ user: " + name + ","; }
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

class Withdraw : public Subcommand {
 public:
  std::string name() const override { return "hub withdraw"; }
  std::string summary() const override { return "takes out all games of a worker"; }
  std::string details() const override {
    return "The learner takes all games of this worker out of those that it learns from, and takes "
           "no more, within seconds or when it plays on. Nothing can bring them back. If the file "
           "--users is here, the worker's user is removed from it: let the server read its config "
           "again afterwards. Give --creds of the learner.";
  }
  void add_options(OptionSet& options) override {
    hub_.add(options);
    options.heading("Whom");
    options.positional({"NAME", "", "the worker's name"}, &name_);
    options.text({"users", "FILE", "the users of the hub"}, &users_);
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    if (!swarm::is_name(name_)) return Error{"NAME is missing: give the name of a worker"};
    PONNUKI_TRY(const auto address, hub_.address());
    const Status asked = swarm::withdraw(address, name_);
    if (!asked) return failed(asked.error(), streams);
    streams.out << "the learner takes out all games of " << name_ << "\n";
    if (!file_exists(users_)) return kExitOk;
    PONNUKI_TRY(auto users, BrokerUsers::open(users_));
    const auto removed = users.remove(name_);
    if (!removed) return failed(removed.error(), streams);
    if (*removed)
      streams.out << users_ << " has no user " << name_ << " any more: let nats-server reload it\n";
    return kExitOk;
  }

 private:
  HubOptions hub_;
  std::string name_, users_ = "users.conf";
};

class Mirror : public Subcommand {
 public:
  std::string name() const override { return "hub mirror"; }
  std::string summary() const override { return "lets a site's own server keep a run's nets"; }
  std::string details() const override {
    return "--hub is the server of a site with many workers, a leaf node of the run's hub with a "
           "JetStream of its own. It gets mirrors of what workers read, so that each net comes "
           "to the site once. Then start the site's workers with the same --hub.";
  }
  void add_options(OptionSet& options) override {
    hub_.add(options);
    options.heading("The run's hub");
    options.text({"domain", "NAME", "the domain of its JetStream"}, &domain_);
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    PONNUKI_TRY(const auto address, hub_.address());
    if (!swarm::is_name(domain_)) return Error{"--domain: give a name, as in the hub's config"};
    const Status made = swarm::mirror_run(address, domain_);
    if (!made) return failed(made.error(), streams);
    streams.out << "mirrors of the run " << address.run << " are there\n";
    return kExitOk;
  }

 private:
  HubOptions hub_;
  std::string domain_ = "hub";
};

class HubStatus : public Subcommand {
 public:
  std::string name() const override { return "hub status"; }
  std::string summary() const override { return "shows who plays for a training run"; }
  std::string details() const override {
    return "Shows what the learner announces and how many blocks wait; then for each worker "
           "what it reports every 30 seconds (threads, games a minute, blocks that wait there), "
           "and what the learner has of it: stored games, their share, and refused blocks with the "
           "reasons. A "
           "worker with '-' has not reported while the command listened.";
  }
  void add_options(OptionSet& options) override {
    hub_.add(options);
    options.heading("What to show");
    options.number({"seconds", "N", "how long to listen for reports"}, &seconds_, {0, 1e6});
    options.flag("watch", "go on until Ctrl-C", &watches_);
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    PONNUKI_TRY(const auto address, hub_.address());
    const std::atomic<bool>& stop = *stop_signal();
    do {
      const auto text = swarm::hub_status(address, seconds_, stop);
      if (!text) return failed(text.error(), streams);
      streams.out << *text << (watches_ ? "\n" : "") << std::flush;
    } while (watches_ && !stop);
    return kExitOk;
  }

 private:
  HubOptions hub_;
  double seconds_ = 35;
  bool watches_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_hub_add_worker() { return std::make_unique<AddWorker>(); }
std::unique_ptr<Subcommand> make_hub_mirror() { return std::make_unique<Mirror>(); }
std::unique_ptr<Subcommand> make_hub_withdraw() { return std::make_unique<Withdraw>(); }
std::unique_ptr<Subcommand> make_hub_status() { return std::make_unique<HubStatus>(); }

}  // namespace ponnuki::cli
