#include <ostream>

#include "cli/subcommand.h"
#include "engine/printable.h"

namespace ponnuki::cli {

int failed(const Error& error, Streams& streams) {
  streams.err << "ponnuki: " << printable(error.message) << std::endl;
  return kExitFailed;
}

std::vector<std::unique_ptr<Subcommand>> make_subcommands() {
  std::vector<std::unique_ptr<Subcommand>> all;
  all.push_back(make_web());
  all.push_back(make_gtp());
  all.push_back(make_analysis());
  all.push_back(make_analyze());
  all.push_back(make_sgf_check());
  all.push_back(make_play());
  all.push_back(make_match());
  all.push_back(make_train());
  all.push_back(make_train_status());
  all.push_back(make_train_adopt());
#if defined(PONNUKI_SWARM)
  all.push_back(make_worker());
  all.push_back(make_hub_status());
  all.push_back(make_hub_add_worker());
  all.push_back(make_hub_withdraw());
  all.push_back(make_hub_standby());
  all.push_back(make_hub_mirror());
#endif
  all.push_back(make_selfplay());
  all.push_back(make_gate());
  all.push_back(make_bench());
  all.push_back(make_net_list());
#if defined(PONNUKI_CURL)
  all.push_back(make_net_get());
#endif
  all.push_back(make_net_info());
  all.push_back(make_net_show());
  all.push_back(make_net_convert());
  all.push_back(make_net_average());
  all.push_back(make_manual());
  return all;
}

void add_all_options(Subcommand& subcommand, OptionSet& options, std::string* config) {
  subcommand.add_options(options);
  options.heading("General");
  if (!subcommand.has_own_config())
    options.text({"config", "FILE", "read options from this file of lines 'option = value'"},
                 config);
}

std::string general_help() {
  return "Every option can also stand in a config file of lines 'option = value', named by "
         "--config FILE or by the environment variable PONNUKI_CONFIG. The exception is "
         "'ponnuki analysis': its --config names a config file of KataGo's, and it ignores "
         "PONNUKI_CONFIG. PONNUKI_NET names the default net of gtp, analysis, analyze, play, "
         "bench and net show. NO_COLOR turns colours off.\n\n"
         "Exit codes: 0 done, 1 failed, 2 wrong arguments or input.";
}

}  // namespace ponnuki::cli
