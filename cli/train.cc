// ponnuki train: a net that teaches itself.
#include <csignal>
#include <ostream>

#include "cli/core_count.h"
#include "cli/search_options.h"
#include "cli/subcommand.h"
#include "selfplay/training_loop.h"

namespace ponnuki {
namespace {

std::atomic<bool> stop_asked{false};  // by a signal
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int) { stop_asked = true; }

class Train : public Subcommand {
 public:
  std::string name() const override { return "train"; }
  std::string summary() const override {
    return "a net teaches itself, from nothing but the rules";
  }

  void add_options(OptionSet& options) override {
    training_.threads = usable_cores();
    options.heading("Run");
    options.text({"dir", "FOLDER", "where the run lives; an old run goes on"},
                 &training_.directory);
    options.text({"size", "N or WxH", "board"}, &size_);
    options.text({"net", "SHAPE", "blocks and channels of the net"}, &shape_);
    options.text({"init", "FILE", "a net to begin with instead of random weights"},
                 &training_.init);
    options.integer({"seed", "N", "of everything random"}, &seed_, {0});
    options.integer({"threads", "N", "for playing and learning"}, &training_.threads, {1, 256});
    options.integer({"cycles", "N", "stop after so many in all; 0: never"}, &training_.cycles, {0});
    options.number({"minutes", "N", "stop after so long in all; 0: never"}, &training_.minutes,
                   {0, 1e7});

    options.heading("Playing");
    options.integer({"games", "N", "a cycle"}, &training_.games_per_cycle, {1, 1'000'000});
    options.integer({"simulations", "N", "a move"}, &training_.games.gumbel.simulations,
                    {1, 10000});
    options.integer({"considered", "N", "moves at the root"}, &training_.games.gumbel.considered,
                    {1, 1000});
    options.number({"value-scale", "N", "Gumbel search's c_scale"},
                   &training_.games.gumbel.scale.value, {0, 100});
    options.number({"random-openings", "N", "share of games that begin with random moves"},
                   &training_.games.random_opening_chance, {0, 1});

    options.heading("Learning");
    options.integer({"batch", "N", "positions"}, &training_.learner.batch, {1, 65536});
    options.number({"learning-rate", "N", "after warming up"}, &training_.learner.learning_rate,
                   {1e-9, 10});
    options.number({"weight-decay", "N", "of weights"}, &training_.learner.optimizer.weight_decay,
                   {0, 10});
    options.number({"reuse", "N", "how often a position is learned from"}, &training_.reuse,
                   {0.01, 1000});
    options.number({"soft-policy", "N", "weight of the soft policies' loss"}, &soft_policy_,
                   {0, 100});
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    if (!options.given("dir"))
      return Error{"--dir is missing: give a folder for the run, as in --dir runs/first"};
    const auto size = parse_board_size(size_);
    if (!size) return Error{"--size: " + size.error()};
    const auto shape = parse_net_shape(shape_);
    if (!shape) return Error{"--net: " + shape.error()};
    training_.shape = *shape;
    training_.games.sizes = {{*size, 1}};
    training_.seed = static_cast<std::uint64_t>(seed_);
    training_.learner.loss_weights[LossTerm::kSoftPolicy] = soft_policy_;
    training_.learner.loss_weights[LossTerm::kSoftReply] = 0.15 * soft_policy_;
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
    const TrainingHooks hooks{[&](const std::string& line) { streams.out << line << std::endl; },
                              &stop_asked};
    if (Status status = run_training(training_, hooks); !status) {
      streams.err << "ponnuki: " << status.error() << "\n";
      return kExitFailed;
    }
    return kExitOk;
  }

 private:
  TrainingOptions training_;
  std::string size_ = "9", shape_ = "b4c32";
  std::int64_t seed_ = 1;
  double soft_policy_ = 8;
};

}  // namespace

std::unique_ptr<Subcommand> make_train() { return std::make_unique<Train>(); }

}  // namespace ponnuki
