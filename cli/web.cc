// ponnuki web: the board in a browser.
#include <unistd.h>

#include <ostream>

#include "cli/options/evaluator_factory.h"
#include "cli/options/search_options.h"
#include "cli/options/values.h"
#include "cli/subcommand.h"
#include "cli/terminal/show_page.h"
#include "cli/terminal/terminal.h"
#include "engine/file.h"
#include "engine/unpack.h"
#include "nn/files/built_in_nets.h"
#include "web/server/game_store.h"
#include "web/server/run_web.h"
#include "web/server/static_files.h"

namespace ponnuki::cli {
namespace {

class Web : public Subcommand {
 public:
  std::string name() const override { return "web"; }
  std::string summary() const override { return "the board in a browser: play, analyse, review"; }
  std::string details() const override {
    return "Prints the address of the page and opens it in a browser. The page is for this machine "
           "only, unless --listen names another address, as in --listen 0.0.0.0:8080: then it "
           "needs a token, which is part of the address that is printed. Games are kept in "
           "--games.";
  }

  void add_options(OptionSet& options) override {
    options.positional({"SGF", "", "a game record to open"}, &sgf_, false);
    options.text(
        {"listen", "[HOST:]PORT", "where to serve the page", "127.0.0.1:8080, or a free port"},
        &listen_);
    options.flag("no-browser", "do not open a browser", &no_browser_);
    options.number({"end-after", "MINUTES", "end when no page was open for so long; 0: never"},
                   &run_.minutes_alone, {0, 1e6});
    options.text({"games", "FOLDER", "where games are kept", "~/.local/share/ponnuki/games"},
                 &games_);
    options.text({"train", "FOLDER", "show the training run in this folder while it runs"},
                 &run_.train);
    options.integer({"max-connections", "N", "most pages at a time"}, &run_.max_connections,
                    {1, 1000});
    options.text(
        {"allow-host", "LIST",
         "names of this machine that browsers may use besides localhost and its addresses"},
        &hosts_);
    add_evaluator_options(options, &evaluator_);
    add_search_options(options, &search_);
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    if (!web::has_page())
      return Error{
          "this program was built without its web page: install nodejs and npm, and build it "
          "again"};
    PONNUKI_TRY(const std::string net, choose_net(evaluator_));
    if (!sgf_.empty()) {
      PONNUKI_TRY(const std::string bytes, read_file(sgf_));
      auto text = unpack(bytes, kMostRecordBytes);
      if (!text) return text.error().in(sgf_);
      run_.sgf = *text;
    }
    run_.net_for = [net](BoardSize size) -> std::string {
      if (net != nn::kBuiltInNet) return net;
      return nn::takes_records_net(size) ? nn::kRecordsNet : nn::kZeroNet;
    };
    run_.listen_given = options.given("listen");
    if (run_.listen_given) run_.listen = listen_;
    run_.folder = games_.empty() ? web::default_game_folder() : games_;
    run_.access.hosts = split_list(hosts_);
    PONNUKI_TRY(run_.judge, evaluator_fingerprint(evaluator_));
    run_.engine.version = PONNUKI_VERSION;
    run_.engine.levels_measured = net == nn::kBuiltInNet;
    search_.apply(&run_.engine.search, evaluator_.threads);
    run_.announce = [&](const std::string& url, bool for_others) {
      streams.out << url << std::endl;
      if (net == nn::kBuiltInNet && errors_go_to_terminal())
        streams.err << "There are stronger nets: ponnuki net list" << std::endl;
      if (for_others && ::isatty(STDOUT_FILENO) == 1) streams.out << qr_code(url) << std::flush;
      if (!no_browser_ && !for_others) open_browser(url);
    };
    return web::run_web(run_, [evaluator = evaluator_] { return make_evaluator(evaluator); });
  }

 private:
  static constexpr std::size_t kMostRecordBytes = std::size_t{16} << 20;

  EvaluatorOptions evaluator_;
  SearchOptions search_;
  web::WebRun run_;
  std::string sgf_, listen_, games_, hosts_;
  bool no_browser_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_web() { return std::make_unique<Web>(); }

}  // namespace ponnuki::cli
