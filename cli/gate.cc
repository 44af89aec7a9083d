// ponnuki gate: tests whether a net is stronger than another.
#include <cmath>
#include <cstdio>
#include <ostream>

#include "cli/options/core_count.h"
#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/progress_bar.h"
#include "cli/terminal/terminal.h"
#include "nn/evaluators/net_evaluator.h"
#include "nn/files/built_in_nets.h"
#include "selfplay/run/match_player.h"
#if defined(PONNUKI_SWARM)
#include "cli/options/hub_options.h"
#include "swarm/hub_matches.h"
#endif

namespace ponnuki::cli {
namespace {

class Gate : public Subcommand {
 public:
  std::string name() const override { return "gate"; }
  std::string summary() const override {
    return "tests in many games whether a net is stronger than another";
  }
  std::string details() const override {
    return "Both nets play by Gumbel search with few simulations: in this process, and with --hub "
           "also at the workers of a run. Each opening is played twice, with colours swapped. A "
           "draw counts as half a win. The exit code is 0 if the new net wins at least the share "
           "--share, else 1.";
  }

  void add_options(OptionSet& options) override {
    match_.threads = usable_cores();
    options.heading("Match");
    options.text({"net", "FILE", "file of the new net"}, &new_net_);
    options.text({"against", "FILE", "file of the old net"}, &old_net_);
    options.text({"size", "N or WxH", "board size"}, &size_);
    options.integer({"games", "N", "number of games"}, &match_.games, {2, 1'000'000});
    options.integer({"simulations", "N", "simulations per move"}, &match_.simulations,
                    {0, 100'000});
    options.integer({"threads", "N", "threads that play games"}, &match_.threads, {1, 256});
    options.integer({"seed", "N", "seed of the random openings"}, &seed_, {0});
    options.number({"komi", "POINTS", "points for White, a multiple of 0.5"}, &komi_, {-400, 400});
    options.number({"share", "SHARE", "share of wins that the new net needs"}, &share_, {0, 1});
#if defined(PONNUKI_SWARM)
    hub_.add(options);
    hub_.add_users(options);
#endif
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    for (const char* net : {"net", "against"})
      if (!options.given(net)) return Error{std::string("--") + net + " is missing: give two nets"};
    const auto size = parse_board_size(size_);
    if (!size) return size.error().in("--size");
    if (2 * komi_ != std::round(2 * komi_)) return Error{"--komi: give a multiple of 0.5"};
    match_.size = *size;
    match_.seed = static_cast<std::uint64_t>(seed_);
    match_.komi = static_cast<float>(komi_);
    std::array<nn::Model, 2> models;
    for (std::size_t i = 0; i < 2; ++i) {
      PONNUKI_TRY(models[i], nn::load_named_model(i == 0 ? new_net_ : old_net_));
      if (Status status = nn::NetEvaluator::check(models[i]); !status)
        return status.error().in(i == 0 ? new_net_ : old_net_);
    }
    ProgressBar bar(streams.err, errors_go_to_terminal());
    match_.progress = [&](int ended) {
      bar.show(ended, match_.games, ended, out_of(ended, match_.games) + " games");
    };
    PONNUKI_TRY(const auto player, match_player(streams));
    PONNUKI_TRY(const selfplay::Tally tally, player->play(std::move(models), match_));
    bar.clear();
    const selfplay::Interval share = selfplay::wilson(tally.score(), tally.games());
    char line[200];
    std::snprintf(
        line, sizeof line,
        "%d games: %d won, %d drawn, %d lost; %.1f %% (95 %% CI %.1f to %.1f), Elo %+.0f\n",
        tally.games(), tally.wins, tally.draws, tally.losses, 100 * tally.score(), 100 * share.low,
        100 * share.high, selfplay::elo(tally.score()));
    streams.out << line << std::flush;
    return tally.score() >= share_ ? kExitOk : kExitFailed;
  }

 private:
#if defined(PONNUKI_SWARM)
  Result<std::unique_ptr<selfplay::MatchPlayer>> match_player(Streams& streams) const {
    if (!hub_.on()) return own_matches();
    PONNUKI_TRY(const auto address, hub_.address());
    PONNUKI_TRY(auto keys, hub_.keys());
    const auto say = [&streams](const std::string& line) { streams.err << line << std::endl; };
    return std::unique_ptr<selfplay::MatchPlayer>(std::make_unique<swarm::HubMatches>(
        swarm::match_link(address, "gate"),
        swarm::HubMatches::Options{nn::kernels::auto_precision(), {}, say, std::move(keys)}));
  }

  HubOptions hub_;
#else
  static Result<std::unique_ptr<selfplay::MatchPlayer>> match_player(Streams&) {
    return own_matches();
  }
#endif
  static std::unique_ptr<selfplay::MatchPlayer> own_matches() {
    return std::make_unique<selfplay::OwnMatches>(nn::kernels::auto_precision());
  }

  selfplay::NetMatchOptions match_;
  std::string new_net_, old_net_, size_ = "9";
  std::int64_t seed_ = 1;
  double komi_ = 7, share_ = 0.55;
};

}  // namespace

std::unique_ptr<Subcommand> make_gate() { return std::make_unique<Gate>(); }

}  // namespace ponnuki::cli
