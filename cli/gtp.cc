// ponnuki gtp: the engine behind Sabaki, q5Go, GoGui and every other program that speaks GTP.
#include <cmath>

#include "cli/evaluator_factory.h"
#include "cli/search_options.h"
#include "cli/subcommand.h"
#include "gtp/run_gtp.h"

namespace ponnuki::cli {
namespace {

class Gtp : public Subcommand {
 public:
  std::string name() const override { return "gtp"; }
  std::string summary() const override {
    return "plays and analyses for any program that speaks GTP";
  }
  std::string details() const override {
    return "Give your board program the command 'ponnuki gtp'. Nothing else is needed: it uses all "
           "cores and thinks 5 seconds a move, or as the client's clock allows. It speaks on "
           "standard input and output, or on a TCP port with --listen.";
  }
  // Clients look for this text to tell people why an engine has died.
  std::string error_prefix() const override { return "Uncaught exception: "; }

  void add_options(OptionSet& options) override {
    gtp_.version = PONNUKI_VERSION;
    add_evaluator_options(options, &evaluator_);
    add_search_options(options, &search_);
    options.text({"level", "RANK", "a strength for people, 20k to 1k or 1d to 9d", "all it can"},
                 &level_);
    options.flag("ponder", "think on the opponent's time", &gtp_.search.ponder);
    options.number({"lag", "SECONDS", "reserve that no clock may eat into"},
                   &gtp_.search.lag_seconds, {0, 60});
    add_rules_options(options, &rules_);
    options.text({"size", "N or WxH", "board at the start"}, &size_);

    options.heading("Resignation");
    options.flag("no-resign", "never resign", &no_resign_);
    options.number({"resign-winrate", "SHARE", "resign below this winrate"},
                   &gtp_.search.resign.winrate, {0, 1});
    options.integer({"resign-turns", "N", "after so many own turns in a row below it"},
                    &gtp_.search.resign.consecutive, {1});
    options.integer({"resign-min-moves", "N", "not before so many moves; -1: a third of the board"},
                    &gtp_.search.resign.min_moves, {-1});

    options.heading("Protocol");
    options.text({"listen", "[HOST:]PORT",
                  "serve TCP instead of standard input; HOST is 127.0.0.1 unless given"},
                 &gtp_.listen);
    options.integer({"max-connections", "N", "TCP clients at a time, each with a game of its own"},
                    &gtp_.max_connections, {1, 1000});
    options.text({"gtp-name", "NAME", "answer to 'name'"}, &gtp_.name);
    options.text({"gtp-version", "X.Y.Z", "answer to 'version'"}, &gtp_.version);
    options.flag("gtp-pass-uppercase", "write PASS instead of pass", &gtp_.pass_uppercase);
    options.number({"analysis-wide-root-noise", "X", "look at more moves while analysing"},
                   &gtp_.search.analysis_wide_root_noise, {0, 5});
    options.integer({"pv-length", "N", "longest variation in analysis"}, &gtp_.search.pv_length,
                    {1, 1000});
    options.flag("ogs-chat", "a line for online-go.com's chat on stderr after each move",
                 &gtp_.search.ogs_chat);
  }

  Result<int> run(const OptionSet& options, Streams&) override {
    const auto rules = make_rules(rules_, options.given("komi"));
    if (!rules) return rules.error();
    const auto size = parse_board_size(size_);
    if (!size) return size.error().in("--size");
    gtp_.level = gtp::parse_level(level_);
    if (!level_.empty() && !gtp_.level)
      return Error{"--level: '" + level_ + "' is no rank; give 20k to 1k, or 1d to 9d"};
    const auto net =
        choose_net(evaluator_);  // a wrong path should be said at once, not after a handshake
    if (!net) return net.error();

    gtp_.rules = *rules;
    gtp_.board_size = *size;
    gtp_.search.resign.enabled = !no_resign_;
    gtp_.search.visits = search_.visits;
    gtp_.search.playouts = search_.playouts;
    if (!std::isnan(search_.seconds)) gtp_.search.seconds = search_.seconds;
    gtp_.search.params = search_.params(evaluator_.threads);
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
