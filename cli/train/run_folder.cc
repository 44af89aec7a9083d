#include "cli/train/run_folder.h"

#include <filesystem>

#include "selfplay/run/run_directory.h"

namespace ponnuki::cli {

Status expect_run_folder(const OptionSet& options, const std::string& folder) {
  if (!options.given("dir"))
    return Error{"--dir is missing: give the folder of a run, as in --dir runs/first"};
  if (!std::filesystem::exists(selfplay::RunDirectory::metrics_path(folder)))
    return Error{folder + ": no training run, or none that has finished its first cycle"};
  return {};
}

}  // namespace ponnuki::cli
