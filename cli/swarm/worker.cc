// ponnuki worker: plays the games of a training run that learns on another machine.
#include "swarm/worker.h"

#include <unistd.h>

#include <ostream>

#include "cli/options/core_count.h"
#include "cli/options/hub_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/stop_signal.h"
#include "engine/file.h"
#include "engine/printable.h"
#include "engine/user_folders.h"

namespace ponnuki::cli {
namespace {

/// The name of this machine, as far as it is a name of a worker.
std::string machine_name() {
  char text[256] = "";
  if (::gethostname(text, sizeof text - 1) != 0) return "worker";
  std::string name;
  for (const char* c = text; *c != '\0' && *c != '.' && name.size() < 40; ++c)
    name += swarm::is_name(std::string(1, *c)) ? *c : '-';
  return name.empty() ? "worker" : name;
}

class Worker : public Subcommand {
 public:
  std::string name() const override { return "worker"; }
  std::string summary() const override {
    return "plays games for a training run on another machine";
  }
  std::string details() const override {
    return "Plays with the net and the options that the learner announces (ponnuki train --hub), "
           "and sends its games. Games wait in a folder until the learner has stored them, so that "
           "none is lost while the network or the learner is away. Ctrl-C finishes the games under "
           "way "
           "and ends; a second Ctrl-C gives them up.";
  }

  void add_options(OptionSet& options) override {
    hub_.add(options);
    options.heading("This machine");
    options.text({"name", "NAME", "the name of this worker; no two may have the same",
                  "the user of --creds, or the machine's name"},
                 &work_.name);
    options.text({"spool", "FOLDER", "where games wait until they are stored",
                  "~/.local/share/ponnuki/swarm/RUN-NAME"},
                 &work_.folder);
    options.integer({"threads", "N", "threads that play"}, &work_.threads, {1, 256});
  }

  Result<int> run(const OptionSet&, Streams& streams) override {
    PONNUKI_TRY(const auto address, hub_.address());
    work_.key = address.user_key;
    if (work_.name.empty()) work_.name = address.user.empty() ? machine_name() : address.user;
    if (!swarm::is_name(work_.name))
      return Error{"--name: a name has letters, digits, '-' and '_', at most 40"};
    if (work_.folder.empty()) {
      const std::string data = user_data_folder();
      work_.folder = (data.empty() ? "." : data) + "/swarm/" + address.run + "-" + work_.name;
    }
    PONNUKI_TRY(make_folder_for_files(work_.folder));
    work_.read_options = [this](const std::string& text) {
      return read_game_options(text, work_.folder + "/options.conf");
    };
    work_.say = [&](const std::string& line) { streams.out << printable(line) << std::endl; };
    const auto link = swarm::worker_link(address, work_.name);
    work_.say("worker " + work_.name + " of the run " + address.run + "; games wait in " +
              work_.folder);
    const Status status = swarm::work(work_, *link, *stop_signal(), *hurry_signal());
    return status ? kExitOk : failed(status.error(), streams);
  }

 private:
  HubOptions hub_;
  swarm::WorkerOptions work_{.threads = usable_cores()};
};

}  // namespace

std::unique_ptr<Subcommand> make_worker() { return std::make_unique<Worker>(); }

}  // namespace ponnuki::cli
