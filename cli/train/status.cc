// ponnuki train status: how a training run is going.
#include <ostream>

#include "cli/subcommand.h"
#include "cli/train/run_folder.h"
#include "engine/file.h"
#include "selfplay/run_directory.h"
#include "selfplay/training_report.h"

namespace ponnuki::cli {
namespace {

class TrainStatus : public Subcommand {
 public:
  std::string name() const override { return "train status"; }
  std::string summary() const override { return "a table and a page on how a training run goes"; }

  void add_options(OptionSet& options) override {
    options.text({"dir", "FOLDER", "where the run lives"}, &directory_);
    options.integer({"rows", "N", "of the table"}, &rows_, {1, 1'000'000});
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    if (Status status = expect_run_folder(options, directory_); !status)
      return status.error();
    const std::string path = selfplay::RunDirectory::metrics_path(directory_);
    const auto metrics = read_file(path);
    if (!metrics) return metrics.error();
    const auto table = selfplay::training_table(*metrics, rows_);
    if (!table) return table.error().in(path);
    streams.out << *table << "Curves: " << directory_ << "/index.html\n" << std::flush;
    return kExitOk;
  }

 private:
  std::string directory_;
  int rows_ = 20;
};

}  // namespace

std::unique_ptr<Subcommand> make_train_status() { return std::make_unique<TrainStatus>(); }

}  // namespace ponnuki::cli
