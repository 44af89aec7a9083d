// ponnuki hub standby: a second learner, which takes over when the first one is silent.
#include <ostream>

#include "cli/options/hub_options.h"
#include "cli/program.h"
#include "cli/terminal/stop_signal.h"
#include "engine/printable.h"
#include "swarm/standby.h"

namespace ponnuki::cli {
namespace {

class Standby : public Subcommand {
 public:
  std::string name() const override { return "hub standby"; }
  std::string summary() const override { return "takes over when a run's learner dies"; }
  std::string details() const override {
    return "Keeps a copy of the run's folder, which it gets from the learner by the hub, and goes "
           "on "
           "with the run (ponnuki train) when the learner was silent for 15 seconds. The learner "
           "that comes back later ends by itself: it may then stand by, with a new folder. Give "
           "--creds of the learner.";
  }
  void add_options(OptionSet& options) override {
    hub_.add(options);
    hub_.add_users(options);
    options.heading("The copy");
    options.text({"dir", "FOLDER", "for the copy: a new folder, or one of this command"}, &folder_);
    options.integer({"threads", "N", "threads that learn then", "as the learner has"}, &threads_,
                    {0, 256});
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    PONNUKI_TRY(const auto address, hub_.address());
    if (folder_.empty()) return Error{"--dir is missing: give a folder for the copy"};
    const auto link = swarm::connect_journal(address, "standby");
    if (!link) return failed(link.error(), streams);
    const auto takes_over = swarm::stand_by(
        **link, folder_, *stop_signal(),
        [&](const std::string& line) { streams.out << printable(line) << std::endl; });
    if (!takes_over) return failed(takes_over.error(), streams);
    if (!*takes_over) return kExitOk;
    std::vector<std::string> train = {"train", "--dir", folder_};
    for (const std::string& argument : hub_.arguments()) train.push_back(argument);
    if (threads_ > 0) {
      train.emplace_back("--threads");
      train.push_back(std::to_string(threads_));
    }
    return run_program(train, "", streams);
  }

 private:
  HubOptions hub_;
  std::string folder_;
  int threads_ = 0;
};

}  // namespace

std::unique_ptr<Subcommand> make_hub_standby() { return std::make_unique<Standby>(); }

}  // namespace ponnuki::cli
