#include "cli/train/process_options.h"

#include <cstdlib>
#include <ostream>

#include "cli/options/core_count.h"
#include "cli/terminal/stop_signal.h"
#include "engine/printable.h"
#include "mpi/helper.h"

namespace ponnuki::cli {

ProcessOptions::ProcessOptions()
    : launch_(mpi::read_launch([](const char* name) { return std::getenv(name); })) {
  launch_.is_bound = launch_.ranks > 1 && mpi::is_bound_by_starter();
}

int ProcessOptions::threads() const { return launch_.threads(usable_cores()); }

Result<std::optional<int>> ProcessOptions::begin(Streams& streams) {
  if (launch_.ranks == 1) return std::optional<int>();
  if (launch_.rank > 0)
    ignore_stop_signals();
  else
    stop_on_user_signal();
  auto link = mpi::open_link(launch_);
  if (!link) {
    // What is wrong with a machine is said once.
    if (launch_.local_rank > 0) return std::optional<int>(kExitBadInput);
    return link.error();
  }
  if (launch_.rank > 0) return help(**link, streams);
  team_ = std::make_shared<mpi::ProcessTeam>(std::move(*link));
  return std::optional<int>();
}

Result<std::optional<int>> ProcessOptions::help(mpi::Link& link, Streams& streams) const {
  const Status status = mpi::help(link, threads());
  if (status) return std::optional<int>(kExitOk);
  streams.err << "ponnuki: process " << launch_.rank
              << " of mpirun: " << printable(status.error().message) << std::endl;
  link.abort(kExitFailed);
  return std::optional<int>(kExitFailed);
}

Result<std::shared_ptr<selfplay::GradientTeam>> ProcessOptions::team(
    int threads, bool given, const std::function<void(const std::string&)>& say) {
  if (!team_) return std::shared_ptr<selfplay::GradientTeam>();
  PONNUKI_TRY(team_->greet(threads, given ? threads : 0));
  std::string list;
  for (const int count : team_->threads())
    list += (list.empty() ? "" : " + ") + std::to_string(count);
  say(std::to_string(team_->threads().size()) + " processes learn together, threads: " + list);
  return std::shared_ptr<selfplay::GradientTeam>(team_);
}

}  // namespace ponnuki::cli
