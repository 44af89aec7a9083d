// ponnuki train status: shows the progress of a training run.
#include <ostream>

#include "cli/subcommand.h"
#include "cli/train/run_folder.h"
#include "engine/file.h"
#include "selfplay/run/metrics_text.h"
#include "selfplay/run/run_directory.h"
#include "selfplay/run/training_report.h"

namespace ponnuki::cli {
namespace {

class TrainStatus : public Subcommand {
 public:
  std::string name() const override { return "train status"; }
  std::string summary() const override {
    return "shows how a training run goes: a table and a page";
  }

  void add_options(OptionSet& options) override {
    options.text({"dir", "FOLDER", "folder of the run"}, &directory_);
    options.integer({"rows", "N", "rows of the table"}, &rows_, {1, 1'000'000});
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    PONNUKI_TRY(expect_run_folder(options, directory_));
    const std::string path = selfplay::RunDirectory::metrics_path(directory_);
    PONNUKI_TRY(const auto metrics, read_plain_file(path));
    if (const std::string damage = selfplay::damage_text(selfplay::split_metrics(metrics));
        !damage.empty())
      streams.err << "ponnuki: " << path << ": " << damage << std::endl;
    const std::string table = selfplay::training_table(metrics, rows_);
    PONNUKI_TRY(const auto state, selfplay::RunDirectory::read_state(directory_));
    streams.out << table << (state ? selfplay::under_way(*state) : "") << "Curves: " << directory_
                << "/index.html\n"
                << std::flush;
    return kExitOk;
  }

 private:
  std::string directory_;
  int rows_ = 20;
};

}  // namespace

std::unique_ptr<Subcommand> make_train_status() { return std::make_unique<TrainStatus>(); }

}  // namespace ponnuki::cli
