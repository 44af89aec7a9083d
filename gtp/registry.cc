// list_commands lists the groups in this order.
#include "gtp/registry.h"

#include "engine/check.h"
#include "gtp/handlers.h"

namespace ponnuki::gtp {

Registry Registry::with_all_commands(bool with_files) {
  Registry registry;
  // First, since some clients expect protocol_version on the first line.
  add_admin_commands(registry);
  add_board_commands(registry);
  add_setup_commands(registry);
  add_play_commands(registry);
  add_time_commands(registry);
  add_score_commands(registry);
  add_analysis_commands(registry);
  add_rules_commands(registry);
  add_param_commands(registry);
  add_network_commands(registry);
  add_sgf_commands(registry, with_files);
  add_kgs_commands(registry);
  add_cgos_commands(registry);
  add_gogui_commands(registry);
  add_gnugo_commands(registry);
  return registry;
}

void Registry::add(std::string_view name, Handler handler) {
  PONNUKI_CHECK(handlers_.emplace(name, handler).second);
  names_.emplace_back(name);
}

Handler Registry::find(std::string_view name) const {
  const auto found = handlers_.find(std::string(name));
  return found == handlers_.end() ? nullptr : found->second;
}

}  // namespace ponnuki::gtp
