// ponnuki analysis: KataGo's JSON analysis protocol, for KaTrain, Ogatak, LizzieYzy and scripts.
#include <ostream>

#include "analysis/run_analysis.h"
#include "cli/config_file.h"
#include "cli/evaluator_factory.h"
#include "cli/search_options.h"
#include "cli/subcommand.h"

namespace ponnuki::cli {
namespace {

class AnalysisCommand : public Subcommand {
 public:
  std::string name() const override { return "analysis"; }
  std::string summary() const override {
    return "answers positions as JSON, for KaTrain and others";
  }
  std::string details() const override {
    return "Speaks KataGo's analysis protocol, a JSON object a line, on standard input and output, "
           "or by WebSocket with --listen. Give your program 'ponnuki' as its KataGo; its config "
           "files and options are understood. docs/analysis.md tells all queries and answers.";
  }
  // Clients look for this text to tell people why an engine has died.
  std::string error_prefix() const override { return "Uncaught exception: "; }
  bool has_own_config() const override { return true; }

  void add_options(OptionSet& options) override {
    add_evaluator_options(options, &evaluator_);
    options.heading("Search");
    options.integer({"visits", "N", "a position, where a query says nothing"},
                    &settings_.search.visits, {1});
    options.integer({"memory-mb", "N", "of all trees together"}, &search_.memory_mb, {16, 1 << 20});
    options.heading("Protocol");
    options.text({"listen", "[HOST:]PORT",
                  "serve WebSockets instead of standard input; HOST is 127.0.0.1 unless given"},
                 &run_.listen);
    options.integer({"max-connections", "N", "WebSocket clients at a time"}, &run_.max_connections,
                    {1, 1000});
    options.flag("quit-without-waiting", "at the end of input, leave queries unanswered",
                 &run_.quit_without_waiting);
    options.heading("As KataGo has them");
    options.text({"model", "FILE", "the same as --net"}, &model_);
    options.text({"human-model", "FILE", "is not used"}, &human_model_);
    options.text({"config", "FILE", "KataGo's keys, lines 'key = value'"}, &config_);
    options.text({"override-config", "LIST", "more of them, as in maxVisits=100,maxTime=5"},
                 &override_config_);
    options.integer({"analysis-threads", "N", "is not needed: all cores have work"},
                    &analysis_threads_, {1, 16384});
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    if (options.given("model")) evaluator_.net = model_;
    if (options.given("human-model"))
      streams.err << "ponnuki: --human-model is not used: Ponnuki has no model of human play"
                  << std::endl;
    settings_.search.params = search_.params(evaluator_.threads);
    if (Status status = read_config(options, streams); !status) return status.error();
    const auto net = choose_net(evaluator_);  // a wrong path should be said at once
    if (!net) return net.error();
    run_.engine.settings = settings_;
    run_.engine.threads = evaluator_.threads;
    run_.engine.facts.version = PONNUKI_VERSION;
    return analysis::run_analysis(run_,
                                  [evaluator = evaluator_] { return make_evaluator(evaluator); });
  }

 private:
  /// The command line wins over --override-config, that over the file.
  Status read_config(const OptionSet& options, Streams& streams) {
    const std::int64_t visits = settings_.search.visits;
    if (!config_.empty()) {
      const auto entries = read_config_file(config_);
      if (!entries) return entries.error();
      for (const ConfigEntry& entry : *entries) {
        const std::string where = config_ + ":" + std::to_string(entry.line) + ": ";
        if (Status status = set(entry.key, entry.value, where, streams); !status) return status;
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
      streams.err << "ponnuki: " << where << "'" << key << "' is no setting of ours, and ignored"
                  << std::endl;
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
  std::string model_, human_model_, config_, override_config_;
  int analysis_threads_ = 1;
};

}  // namespace

std::unique_ptr<Subcommand> make_analysis() { return std::make_unique<AnalysisCommand>(); }

}  // namespace ponnuki::cli
