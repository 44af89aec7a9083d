// ponnuki train adopt --dir FOLDER NET: continues a training run from the weights of another net.
#include <ostream>

#include "cli/subcommand.h"
#include "cli/train/run_folder.h"
#include "nn/training/training_model.h"
#include "selfplay/learning/first_model.h"
#include "selfplay/learning/learner.h"
#include "selfplay/run/run_directory.h"

namespace ponnuki::cli {
namespace {

class TrainAdopt : public Subcommand {
 public:
  std::string name() const override { return "train adopt"; }
  std::string summary() const override {
    return "continues a training run from the weights of another net";
  }
  std::string details() const override {
    return "Replaces the net of the run by another one of the same shape, such as an average of "
           "its "
           "own nets. The run keeps its games, totals and options. It must not be running "
           "meanwhile.\n\n"
           "  ponnuki net average mean.bin.gz runs/first/nets/0000[89]0.bin.gz\n"
           "  ponnuki train adopt --dir runs/first mean.bin.gz\n"
           "  ponnuki train --dir runs/first";
  }
  void add_options(OptionSet& options) override {
    options.positional({"NET", "NET", "a net file; 'built-in': the net inside the program"}, &net_);
    options.text({"dir", "FOLDER", "folder of the run"}, &directory_);
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    PONNUKI_TRY(expect_run_folder(options, directory_));
    PONNUKI_TRY(const auto model, selfplay::load_trainable_model(net_));
    PONNUKI_TRY(const auto directory, selfplay::RunDirectory::open(directory_));
    PONNUKI_TRY(auto state, directory.read_state());
    if (!state)
      return Error{directory_ +
                   ": learns from game records; only a run with games of its own can adopt a net"};
    const selfplay::LearnerOptions learning;
    selfplay::Learner learner(nn::training::with_training_outputs(model, 0), learning);
    if (!learner.restore(state->learner) || !learner.adopt(model))
      return Error{net_ + ": the net of " + directory_ +
                   " has another shape; `ponnuki net info` shows both"};
    state->learner = learner.state();
    PONNUKI_TRY(directory.write_state(*state));
    streams.out << directory_ << ": goes on from " << net_ << " after cycle " << state->cycle
                << std::endl;
    return kExitOk;
  }

 private:
  std::string directory_, net_;
};

}  // namespace

std::unique_ptr<Subcommand> make_train_adopt() { return std::make_unique<TrainAdopt>(); }

}  // namespace ponnuki::cli
