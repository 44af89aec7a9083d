// ponnuki hub add-worker: a worker's credentials. ponnuki hub status: who plays.
#include <filesystem>
#include <ostream>

#include "cli/options/hub_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/stop_signal.h"
#include "engine/file.h"
#include "swarm/hub_status.h"
#include "swarm/hub_users.h"

namespace ponnuki::cli {
namespace {

class AddWorker : public Subcommand {
 public:
  std::string name() const override { return "hub add-worker"; }
  std::string summary() const override { return "makes the credentials of a worker or learner"; }
  std::string details() const override {
    return "Adds a user to the file --users, which the config of nats-server includes, and writes "
           "NAME.json for --creds. NAME.json is a secret key, and --users has the public one. Let "
           "the server read its config again afterwards: nats-server --signal reload.";
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
    PONNUKI_TRY(auto users, swarm::HubUsers::open(users_));
    if (users.has(name_)) return Error{users_ + " has a user '" + name_ + "' already"};
    PONNUKI_TRY(const swarm::SigningKey key, swarm::SigningKey::make());
    const std::string creds = name_ + ".json";
    if (file_exists(creds)) return Error{"'" + creds + "' is there already: move it elsewhere"};
    if (Status written = write_secret(creds, key); !written)
      return failed(written.error(), streams);
    const std::string public_key = key.public_key();
    const Status added = is_learner_ ? users.add_learner(name_, public_key)
                                     : users.add_worker(name_, public_key, run_);
    if (!added) return failed(added.error(), streams);
    streams.out << creds << " is for --creds; " << users_
                << " has a new user: let nats-server reload it\n";
    return kExitOk;
  }

 private:
  Status write_secret(const std::string& creds, const swarm::SigningKey& key) const {
    PONNUKI_TRY(write_file_atomically(
        creds, R"({"user": ")" + name_ + R"(", "seed": ")" + key.seed() + "\"}\n"));
    std::error_code ignored;
    using std::filesystem::perms;
    std::filesystem::permissions(creds, perms::owner_read | perms::owner_write, ignored);
    return {};
  }

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
    PONNUKI_TRY(auto users, swarm::HubUsers::open(users_));
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
