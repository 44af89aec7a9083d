// ponnuki gtp: the engine for Sabaki, q5Go, GoGui and other programs that speak GTP.
#include "cli/options/evaluator_factory.h"
#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "gtp/run_gtp.h"
#include "nn/files/built_in_nets.h"

namespace ponnuki::cli {
namespace {

class Gtp : public Subcommand {
 public:
  std::string name() const override { return "gtp"; }
  std::string summary() const override { return "plays and analyses for programs that speak GTP"; }
  std::string details() const override {
    return "Give your board program the command 'ponnuki gtp'. Nothing else is needed: it uses all "
           "cores and thinks for 5 seconds per move, or as the client's clock allows. It uses "
           "standard input and output, or a TCP port with --listen.";
  }
  // Clients look for this text to report why an engine has died.
  std::string error_prefix() const override { return "Uncaught exception: "; }

  void add_options(OptionSet& options) override {
    gtp_.version = PONNUKI_VERSION;
    add_evaluator_options(options, &evaluator_);
    add_search_options(options, &search_);
    options.text(
        {"level", "RANK", "strength as a human rank, 20k to 1k or 1d to 9d", "full strength"},
        &level_);
    options.flag("ponder", "think during the opponent's time", &gtp_.search.ponder);
    options.number({"lag", "SECONDS", "time kept in reserve on every clock"},
                   &gtp_.search.lag_seconds, {0, 60});
    add_rules_options(options, &rules_);
    options.text({"size", "N or WxH", "board size at the start"}, &size_);

    options.heading("Resignation");
    options.flag("no-resign", "never resign", &no_resign_);
    options.number({"resign-winrate", "SHARE", "resign below this winrate, from 0 to 1"},
                   &gtp_.search.resign.winrate, {0, 1});
    options.integer({"resign-turns", "N", "resign only after N own turns in a row below it"},
                    &gtp_.search.resign.consecutive, {1});
    options.integer(
        {"resign-min-moves", "N", "never resign before N moves; -1: a third of the board"},
        &gtp_.search.resign.min_moves, {-1});

    options.heading("Protocol");
    options.text({"listen", "[HOST:]PORT",
                  "serve TCP instead of standard input; HOST: 127.0.0.1 unless given"},
                 &gtp_.listen);
    options.integer({"max-connections", "N", "most TCP clients at a time; each has its own game"},
                    &gtp_.max_connections, {1, 1000});
    options.number({"idle-timeout", "SECONDS",
                    "a client that is idle for this long loses its place to one that waits"},
                   &gtp_.patience.idle, {1, 1e9});
    options.text({"gtp-name", "NAME", "answer to the command 'name'"}, &gtp_.name);
    options.text({"gtp-version", "X.Y.Z", "answer to the command 'version'"}, &gtp_.version);
    options.flag("gtp-pass-uppercase", "write PASS instead of pass", &gtp_.pass_uppercase);
    options.number(
        {"analysis-wide-root-noise", "X", "look at more moves in analysis, from 0 (off) to 5"},
        &gtp_.search.analysis_wide_root_noise, {0, 5});
    options.integer({"pv-length", "N", "longest variation in analysis, in moves"},
                    &gtp_.search.pv_length, {1, 1000});
    options.flag("ogs-chat", "after each move write a line for online-go.com's chat to stderr",
                 &gtp_.search.ogs_chat);
  }

  Result<int> run(const OptionSet& options, Streams&) override {
    PONNUKI_TRY(const auto rules, make_rules(rules_, options.given("komi")));
    const auto size = parse_board_size(size_);
    if (!size) return size.error().in("--size");
    gtp_.level = parse_rank(level_);
    if (!level_.empty() && !gtp_.level)
      return Error{"--level: '" + level_ + "' is not a rank; give 20k to 1k, or 1d to 9d"};
    // Before the handshake: the net itself is loaded later.
    PONNUKI_TRY(const std::string net, choose_net(evaluator_));

    gtp_.rules = rules;
    gtp_.levels_measured = net == nn::kBuiltInNet;
    gtp_.board_size = *size;
    gtp_.search.resign.enabled = !no_resign_;
    search_.apply(&gtp_.search, evaluator_.threads);
    return gtp::run_gtp(gtp_, [evaluator = evaluator_] { return make_evaluator(evaluator); });
  }

 private:
  EvaluatorOptions evaluator_;
  SearchOptions search_;
  RulesOptions rules_;
  gtp::GtpOptions gtp_;
  std::string size_ = "19", level_;
  bool no_resign_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_gtp() { return std::make_unique<Gtp>(); }

}  // namespace ponnuki::cli
