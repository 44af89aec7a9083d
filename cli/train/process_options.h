// ProcessOptions: what `ponnuki train` does where mpirun has started it several times. The first
// process trains. The others help it to learn, and need neither options nor files.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cli/subcommand.h"
#include "mpi/launch.h"
#include "mpi/process_team.h"

namespace ponnuki::cli {

class ProcessOptions {
 public:
  ProcessOptions();

  /// The threads of each process if the user does not say.
  int threads() const;
  /// As Subcommand::begin(). The processes above the first return when that tells them to end.
  Result<std::optional<int>> begin(Streams& streams);
  /// The helpers, ready for work; null if this process is alone. `given`: the user has given this
  /// number of threads.
  Result<std::shared_ptr<selfplay::GradientTeam>> team(
      int threads, bool given, const std::function<void(const std::string&)>& say);

 private:
  Result<std::optional<int>> help(mpi::Link& link, Streams& streams) const;

  mpi::Launch launch_;
  std::shared_ptr<mpi::ProcessTeam> team_;
};

}  // namespace ponnuki::cli
