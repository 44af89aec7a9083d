// Rule sets, by name and by field: the commands of KataGo and kgsGtp. The game is kept and replayed
// under the new rules; komi stays the same.
#include "engine/text.h"
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

Reply set_rules(Session& session, const Result<Rules>& rules) {
  if (!rules) return Reply::error(rules.error());
  Rules kept = *rules;
  kept.komi = session.position().rules().komi;
  session.set_rules(kept);
  session.log("rules are now " + rules_to_name(kept));
  return Reply::ok();
}

Reply kata_set_rules(Session& session, const Command& command) {
  if (command.args.empty()) return Reply::error("expected kata-set-rules NAME or JSON");
  return set_rules(session, parse_rules(command.rest(), session.position().rules()));
}

Reply kata_set_rule(Session& session, const Command& command) {
  if (command.args.size() != 2) return Reply::error("expected kata-set-rule KEY VALUE");
  return set_rules(session,
                   with_rule(command.args[0], command.args[1], session.position().rules()));
}

Reply kata_get_rules(Session& session, const Command&) {
  return Reply::ok(rules_to_json(session.position().rules()));
}

/// kgsGtp has four names of rules. Its Chinese rules have positional superko.
Reply kgs_rules(Session& session, const Command& command) {
  if (command.args.size() != 1) return Reply::error("expected kgs-rules NAME");
  std::string name = to_lower(command.args[0]);
  if (name != "chinese" && name != "japanese" && name != "aga" && name != "new_zealand") {
    return Reply::error("unknown rules '" + command.args[0] +
                        "': expected chinese, japanese, aga or new_zealand");
  }
  if (name == "chinese") name = "chinese-kgs";
  return set_rules(session, parse_rules(name, session.position().rules()));
}

}  // namespace

void add_rules_commands(Registry& registry) {
  registry.add("kata-set-rules", kata_set_rules);
  registry.add("kata-set-rule", kata_set_rule);
  registry.add("kata-get-rules", kata_get_rules);
  registry.add("kgs-rules", kgs_rules);
}

}  // namespace ponnuki::gtp
