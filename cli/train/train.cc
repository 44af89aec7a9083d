// ponnuki train: trains a net by self-play, or from game records.
#include <filesystem>
#include <ostream>
#include <sstream>

#include "cli/options/game_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/stop_signal.h"
#include "cli/terminal/terminal.h"
#include "cli/train/process_options.h"
#include "cli/train/record_training_arguments.h"
#include "cli/train/training_screen.h"
#include "engine/file.h"
#include "engine/printable.h"
#include "selfplay/run/training_loop.h"
#if defined(PONNUKI_SWARM)
#include "cli/options/hub_options.h"
#include "swarm/hub_games.h"
#endif

namespace ponnuki::cli {
namespace {

class Train : public Subcommand {
 public:
  std::string name() const override { return "train"; }
  std::string summary() const override {
    return "trains a net by games of its own, or from game records";
  }

  void add_options(OptionSet& options) override {
    training_.threads = processes_.threads();
    options.heading("Run");
    options.text({"dir", "FOLDER", "folder of the run; an old run goes on, with its options"},
                 &training_.directory);
    options.text(
        {"net", "SHAPES",
         "blocks and channels of the net; it grows if larger ones follow with their minutes, "
         "as in b4c32,b6c64@30"},
        &shapes_);
    options.number({"catch-up", "N", "how often a grown net first learns from each position"},
                   &training_.catch_up, {0, 1000});
    options.flag("ladders", "fill the net's input planes of ladders", &training_.ladders);
    options.text({"init", "FILE", "begin with this net file instead of random weights"},
                 &training_.init);
    options.integer({"seed", "N", "seed of all random numbers"}, &seed_, {0});
    options.integer(
        {"threads", "N", "threads that play and learn; under mpirun, those of each process"},
        &training_.threads, {1, 256});
    options.integer({"cycles", "N", "stop after N cycles in all; 0: never"}, &training_.cycles,
                    {0});
    options.number({"minutes", "N", "stop after N minutes in all; 0: never"}, &training_.minutes,
                   {0, 1e7});

    games_.add(options, "the komi that makes games even");
    options.integer({"games", "N", "games per cycle"}, &training_.games_per_cycle, {1, 1'000'000});

    add_learning_options(options);
    records_.add(options);
#if defined(PONNUKI_SWARM)
    hub_.add(options);
    hub_.add_users(options);
    options.number({"worker-share", "SHARE",
                    "the most of a cycle's games that one worker may play while others play"},
                   &worker_share_, {0.001, 1});
#endif
  }

  /// Under mpirun, only the first process reads the options. The others help it to learn.
  Result<std::optional<int>> begin(Streams& streams) override { return processes_.begin(streams); }

  /// A run continues with its earlier options.
  std::string remembered_options() const override {
    for (const auto kind : {selfplay::RunKind::kRecords, selfplay::RunKind::kOwnGames}) {
      if (kind == selfplay::RunKind::kRecords && !records_.on()) continue;
      const std::string file = selfplay::RunDirectory::options_path(training_.directory, kind);
      std::error_code ignored;
      if (std::filesystem::exists(file, ignored)) return file;
    }
    return "";
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    if (!options.given("dir"))
      return Error{"--dir is missing: give a folder for the run, as in --dir runs/first"};
    PONNUKI_TRY(const auto source, records_.source(options));
    PONNUKI_TRY(const auto games, games_.read());
    training_.games = games;
    training_.fair_komi = !options.given("komi");
    if (Status status = read_shapes(); !status) return status.error().in("--net");
    training_.seed = static_cast<std::uint64_t>(seed_);
    training_.learner.optimizer.kind = optimizer_ == "muon" ? nn::training::OptimizerKind::kMuon
                                                            : nn::training::OptimizerKind::kAdamW;
    training_.given = options.given_options(
        {"dir", "config", "init", "sgf", "hub", "creds", "ca", "cert", "key", "users"});
    PONNUKI_TRY(read_loss_weights());
    for (const auto kind : {selfplay::RunKind::kRecords, selfplay::RunKind::kOwnGames})
      PONNUKI_TRY(selfplay::RunDirectory::check_options(training_.directory, kind));
    TrainingScreen screen(streams.out, streams.err, errors_go_to_terminal());
    const selfplay::TrainingHooks hooks{
        [&](const std::string& line) { screen.line(line); }, stop_signal(),
        [&](const selfplay::TrainingProgress& progress) { screen.progress(progress); }};
    if (Status can = check_can_make_folder(training_.directory); !can)
      return failed(can.error().in("--dir"), streams);
    PONNUKI_TRY(training_.learner.team,
                processes_.team(training_.threads, options.given("threads"), hooks.say));
    return learn(source, options, hooks, streams);
  }

 private:
  void add_learning_options(OptionSet& options) {
    options.heading("Measuring");
    options.integer({"match-every", "CYCLES",
                     "play a match against an earlier net after so many cycles; 0: never"},
                    &training_.match_every, {0, 1'000'000});
    options.integer({"match-games", "N", "games of such a match"}, &training_.match_games,
                    {2, 100'000});

    options.heading("Learning");
    options.integer({"batch", "N", "positions per batch"}, &training_.learner.batch, {1, 65536});
    options.number({"learning-rate", "N", "learning rate after the warm-up"},
                   &training_.learner.learning_rate, {1e-9, 10});
    options.number(
        {"fall", "SHARE", "last share of a run of known length in which the learning rate falls"},
        &training_.learner.fall_share, {1e-3, 1});
    options.choice({"optimizer", "NAME", "how weights step: adamw or muon"}, &optimizer_,
                   {"adamw", "muon"});
    options.number({"weight-decay", "N", "weight decay of the optimizer"},
                   &training_.learner.optimizer.weight_decay, {0, 10});
    options.number({"reuse", "N", "how often each position is learned from"}, &training_.reuse,
                   {0.01, 1000});
    options.text({"loss", "LIST", loss_help_.c_str()}, &loss_);
  }
  Result<int> learn(SampleSource source, const OptionSet& options,
                    const selfplay::TrainingHooks& hooks, Streams& streams) {
    std::optional<selfplay::RecordTrainingOptions> from_records;
    if (source == SampleSource::kRecords) {
      PONNUKI_TRY(from_records, records_.read(training_));
    }
    std::optional<selfplay::SplitCollection> games;
    if (source != SampleSource::kOwnGames) {
      PONNUKI_TRY(games,
                  read_records(options.given("size") && source == SampleSource::kRecords, streams));
    }
    say_options(hooks);
    if (from_records) {
      return exit_code(selfplay::train_on_records(std::move(*games), *from_records, hooks),
                       streams);
    }
    if (games) records_.share(training_);
    PONNUKI_TRY(auto played, game_source(options, hooks));
    return exit_code(selfplay::run_training(training_, hooks, std::move(games), std::move(played)),
                     streams);
  }
#if defined(PONNUKI_SWARM)
  /// Null: games are played here.
  Result<std::unique_ptr<selfplay::GameSource>> game_source(
      const OptionSet& options, const selfplay::TrainingHooks& hooks) const {
    if (!hub_.on()) return std::unique_ptr<selfplay::GameSource>();
    PONNUKI_TRY(const auto address, hub_.address());
    swarm::HubGames::Options hub;
    hub.folder = training_.directory;
    hub.options = game_options_text(options);
    hub.most_share = worker_share_;
    hub.seed = training_.seed;
    hub.say = hooks.say;
    hub.precision = training_.precision;
    PONNUKI_TRY(hub.keys, hub_.keys());
    for (const auto& share : training_.games.sizes) hub.sizes.push_back(share.size);
    PONNUKI_TRY(auto link, swarm::connect_learner(address));
    PONNUKI_TRY(auto journal, swarm::connect_journal(address, "learner-journal"));
    return std::unique_ptr<selfplay::GameSource>(std::make_unique<swarm::HubGames>(
        std::move(link), hub,
        std::make_unique<swarm::Journal>(std::move(journal), training_.directory),
        swarm::match_link(address, "learner-match")));
  }
#else
  static Result<std::unique_ptr<selfplay::GameSource>> game_source(const OptionSet&,
                                                                   const selfplay::TrainingHooks&) {
    return std::unique_ptr<selfplay::GameSource>();
  }
#endif
  /// The games of --sgf: those of the sizes of --size, or all.
  Result<selfplay::SplitCollection> read_records(bool by_size, Streams& streams) const {
    std::vector<BoardSize> sizes;
    for (const auto& share : training_.games.sizes)
      if (by_size) sizes.push_back(share.size);
    return records_.collection(sizes, training_.threads, [&](const std::string& line) {
      streams.err << "ponnuki: " << printable(line) << std::endl;
    });
  }
  static int exit_code(const Status& status, Streams& streams) {
    return status ? kExitOk : failed(status.error(), streams);
  }
  void say_options(const selfplay::TrainingHooks& hooks) const {
    std::istringstream lines(training_.given);
    std::string text;
    for (std::string line; std::getline(lines, line);) text += (text.empty() ? "" : ", ") + line;
    if (!text.empty()) hooks.say("options: " + text);
  }
  /// Parses "b4c32" or "b4c32,b6c64@30".
  Status read_shapes() {
    const auto items = split_list(shapes_);
    if (items.empty()) return Error{"give a shape, such as b4c32"};
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::size_t at = items[i].find('@');
      PONNUKI_TRY(const auto shape, nn::parse_net_shape(items[i].substr(0, at)));
      if (i == 0) {
        if (at != std::string::npos) return Error{"the first net begins at minute 0, without '@'"};
        training_.shape = shape;
        continue;
      }
      const double before = i == 1 ? 0 : training_.growth.back().from_minute;
      const auto minute =
          parse_decimal(at == std::string::npos ? "" : items[i].substr(at + 1), {before, 1e7});
      if (!minute)
        return Error{"'" + items[i] + "': give its minute, in ascending order, as in b6c64@30"};
      training_.growth.push_back({shape, *minute});
    }
    return {};
  }
  static Error bad_weight(const std::string& item, const std::string& name) {
    return Error{"--loss: '" + item + "': give a weight from 0 to 1000, as in " + name + "=0.5"};
  }
  /// Parses "ownership=0,value=1".
  Status read_loss_weights() {
    for (const std::string& item : split_list(loss_)) {
      const std::size_t equals = item.find('=');
      const std::string name = item.substr(0, equals);
      std::size_t term = 0;
      while (term < nn::training::kLossTerms &&
             nn::training::loss_term_name(static_cast<nn::training::LossTerm>(term)) != name)
        ++term;
      if (term == nn::training::kLossTerms)
        return Error{"--loss: '" + name + "' is not one of " + term_names()};
      const auto weight =
          parse_decimal(equals == std::string::npos ? "" : item.substr(equals + 1), {0, 1000});
      if (!weight) return bad_weight(item, name);
      training_.learner.loss_weights.terms[term] = *weight;
    }
    return {};
  }
  static std::string term_names() {
    std::vector<std::string> names;
    for (std::size_t t = 0; t < nn::training::kLossTerms; ++t)
      names.emplace_back(nn::training::loss_term_name(static_cast<nn::training::LossTerm>(t)));
    return joined(names);
  }

  ProcessOptions processes_;
  selfplay::TrainingOptions training_;
  GameOptions games_;
  RecordTrainingArguments records_;
#if defined(PONNUKI_SWARM)
  HubOptions hub_;
  double worker_share_ = 1;
#endif
  std::string shapes_ = "b4c32";
  std::int64_t seed_ = 1;
  std::string optimizer_ = nn::training::optimizer_name(training_.learner.optimizer.kind);
  std::string loss_;
  std::string loss_help_ =
      "weights of terms of the loss, as in ownership=0,value=1; the terms are " + term_names();
};

}  // namespace

std::unique_ptr<Subcommand> make_train() { return std::make_unique<Train>(); }

}  // namespace ponnuki::cli
