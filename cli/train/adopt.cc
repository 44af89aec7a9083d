// ponnuki train adopt --dir FOLDER NET: a training run goes on from another net's weights.
#include <ostream>

#include "cli/subcommand.h"
#include "cli/train/run_folder.h"
#include "nn/training/training_model.h"
#include "selfplay/first_model.h"
#include "selfplay/learner.h"
#include "selfplay/run_directory.h"

namespace ponnuki::cli {
namespace {

class TrainAdopt : public Subcommand {
 public:
  std::string name() const override { return "train adopt"; }
  std::string summary() const override {
    return "a training run goes on from another net's weights";
  }
  std::string details() const override {
    return "Puts a net in the place of what the run has learned: one of the same shape, such as an "
           "average of its own nets. Its games, totals and options stay. The run must not be going "
           "on meanwhile.\n\n"
           "  ponnuki net average mean.bin.gz runs/first/nets/0000[89]0.bin.gz\n"
           "  ponnuki train adopt --dir runs/first mean.bin.gz\n"
           "  ponnuki train --dir runs/first";
  }
  void add_options(OptionSet& options) override {
    options.positional({"NET", "NET", "a file, or built-in"}, &net_);
    options.text({"dir", "FOLDER", "where the run lives"}, &directory_);
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    if (Status status = expect_run_folder(options, directory_); !status)
      return status.error();
    const auto model = selfplay::load_trainable_model(net_);
    if (!model) return model.error();
    const auto directory = selfplay::RunDirectory::open(directory_);
    if (!directory) return directory.error();
    auto state = directory->read_state();
    if (!state) return state.error();
    if (!*state)
      return Error{directory_ +
                   ": learns from game records; only a run of games of its own adopts"};
    const selfplay::LearnerOptions learning;
    selfplay::Learner learner(nn::training::with_training_outputs(*model, 0), learning);
    if (!learner.restore((*state)->learner) || !learner.adopt(*model))
      return Error{net_ + ": the net of " + directory_ +
                   " is of another shape; `ponnuki net info` shows both"};
    (*state)->learner = learner.state();
    if (Status status = directory->write_state(**state); !status) return status.error();
    streams.out << directory_ << ": goes on from " << net_ << " after cycle " << (*state)->cycle
                << std::endl;
    return kExitOk;
  }

 private:
  std::string directory_, net_;
};

}  // namespace

std::unique_ptr<Subcommand> make_train_adopt() { return std::make_unique<TrainAdopt>(); }

}  // namespace ponnuki::cli
