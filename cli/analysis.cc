// ponnuki analysis: KataGo's JSON analysis protocol, for KaTrain, Ogatak, LizzieYzy and scripts.
#include <ostream>

#include "analysis/run_analysis.h"
#include "cli/options/config_file.h"
#include "cli/options/evaluator_factory.h"
#include "cli/options/search_options.h"
#include "cli/subcommand.h"

namespace ponnuki::cli {
namespace {

class AnalysisCommand : public Subcommand {
 public:
  std::string name() const override { return "analysis"; }
  std::string summary() const override {
    return "analyses positions sent as JSON, for KaTrain and others";
  }
  std::string details() const override {
    return "Speaks KataGo's analysis protocol, one JSON object per line, on standard input and "
           "output, or by WebSocket with --listen. Give your program 'ponnuki' as its KataGo: "
           "KataGo's options and config files are understood. --config is for such files, and "
           "PONNUKI_CONFIG is ignored. docs/analysis.md describes all queries and answers.";
  }
  // Clients look for this text to report why an engine has died.
  std::string error_prefix() const override { return "Uncaught exception: "; }
  bool has_own_config() const override { return true; }

  void add_options(OptionSet& options) override {
    add_evaluator_options(options, &evaluator_);
    options.heading("Search");
    options.integer({"visits", "N", "visits per position, unless the query says otherwise"},
                    &settings_.search.visits, {1});
    options.integer({"memory-mb", "MB", "memory of all search trees together"}, &search_.memory_mb,
                    {16, 1 << 20});
    options.heading("Protocol");
    options.text({"listen", "[HOST:]PORT",
                  "serve WebSockets instead of standard input; HOST: 127.0.0.1 unless given"},
                 &run_.web.listen);
    options.integer({"max-connections", "N", "most WebSocket clients at a time"},
                    &run_.web.max_connections, {1, 1000});
    options.number({"idle-timeout", "SECONDS",
                    "a client that is idle for this long loses its place to one that waits"},
                   &run_.web.patience.idle, {1, 1e9});
    options.text({"allow-origin", "LIST",
                  "web pages that may connect to --listen, as in https://example.org; *: all"},
                 &origins_);
    options.text({"allow-host", "LIST",
                  "names of this machine that clients may use besides localhost and its addresses"},
                 &hosts_);
    options.flag("quit-without-waiting", "at the end of input leave open queries unanswered",
                 &run_.quit_without_waiting);
    options.heading("KataGo's options");
    options.text({"model", "FILE", "the same as --net"}, &model_);
    options.text({"human-model", "FILE", "accepted, but not used"}, &human_model_);
    options.text({"config", "FILE", "a config file of KataGo's, lines 'key = value'"}, &config_);
    options.text({"override-config", "LIST", "more such keys, as in maxVisits=100,maxTime=5"},
                 &override_config_);
    options.integer({"analysis-threads", "N", "accepted, but not needed: all cores have work"},
                    &analysis_threads_, {1, 16384});
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    if (options.given("model")) evaluator_.net = model_;
    if (options.given("human-model"))
      streams.err << "ponnuki: --human-model is not used: Ponnuki has no model of human play"
                  << std::endl;
    settings_.search.params = search_.params(evaluator_.threads);
    PONNUKI_TRY(read_config(options, streams));
    if (const auto net = choose_net(evaluator_); !net)
      return net.error();  // before the protocol begins: the net itself is loaded later
    run_.web.access = {split_list(origins_), split_list(hosts_)};
    run_.engine.settings = settings_;
    run_.engine.threads = evaluator_.threads;
    run_.engine.facts.version = PONNUKI_VERSION;
    return analysis::run_analysis(run_,
                                  [evaluator = evaluator_] { return make_evaluator(evaluator); });
  }

 private:
  /// The command line overrides --override-config, which overrides the file.
  Status read_config(const OptionSet& options, Streams& streams) {
    const std::int64_t visits = settings_.search.visits;
    if (!config_.empty()) {
      PONNUKI_TRY(const auto entries, read_config_file(config_));
      for (const ConfigEntry& entry : entries) {
        const std::string where = config_ + ":" + std::to_string(entry.line) + ": ";
        PONNUKI_TRY(set(entry.key, entry.value, where, streams));
      }
    }
    for (const std::string& item : split_list(override_config_)) {
      const std::size_t equals = item.find('=');
      if (item.empty()) continue;
      if (equals == std::string::npos)
        return Error{"--override-config: '" + item + "' is not KEY=VALUE"};
      const std::string key = trimmed(item.substr(0, equals));
      Status status = set(key, trimmed(item.substr(equals + 1)), "--override-config: ", streams);
      if (!status) return status;
    }
    if (options.given("visits")) settings_.search.visits = visits;
    return {};
  }
  Status set(const std::string& key, const std::string& value, const std::string& where,
             Streams& streams) {
    const auto known = analysis::set_setting(settings_, key, value);
    if (!known) return Error{where + known.error().message};
    if (!*known)
      streams.err << "ponnuki: " << where << "'" << key
                  << "' is not a setting of ours and is ignored" << std::endl;
    return {};
  }
  static std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\"");
    const std::size_t last = text.find_last_not_of(" \t\"");
    return first == std::string::npos ? "" : text.substr(first, last - first + 1);
  }

  EvaluatorOptions evaluator_;
  SearchOptions search_;
  analysis::AnalysisSettings settings_;
  analysis::AnalysisRun run_;
  std::string origins_, hosts_, model_, human_model_, config_, override_config_;
  int analysis_threads_ = 1;
};

}  // namespace

std::unique_ptr<Subcommand> make_analysis() { return std::make_unique<AnalysisCommand>(); }

}  // namespace ponnuki::cli
