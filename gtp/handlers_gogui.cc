// Commands of GoGui and Gomill about the engine itself.
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

/// TYPE/LABEL/COMMAND lines for GoGui's menu.
Reply analyze_commands(Session&, const Command&) {
  return Reply::ok(
      "pspairs/Top Moves Black/top_moves_black\n"
      "pspairs/Top Moves White/top_moves_white\n"
      "plist/Legal Moves/all_legal %c\n"
      "plist/Liberties/findlib %p\n"
      "plist/Dead Stones/final_status_list dead\n"
      "string/Status/final_status %p\n"
      "string/Estimate Score/estimate_score\n"
      "string/Final Score/final_score\n"
      "hstring/Show Board/showboard\n"
      "hstring/Explain Last Move/gomill-explain_last_move\n"
      "none/Clear Cache/clear_cache");
}

/// Listed to show that a comment line "# interrupt" stops a command.
Reply interrupt(Session&, const Command&) { return Reply::ok(); }

Reply title(Session& session, const Command&) { return Reply::ok(session.options().name); }

Reply gogui_version(Session& session, const Command&) {
  return Reply::ok(session.options().version);
}

Reply describe_engine(Session& session, const Command&) {
  const auto evaluator = session.thinker().evaluator_name();
  std::string text = session.options().name + " " + session.options().version;
  if (evaluator) text += "\nEvaluator: " + *evaluator;
  return Reply::ok(text + "\nThreads: " + std::to_string(session.options().search.params.threads));
}

Reply explain_last_move(Session& session, const Command&) {
  return Reply::ok(session.memory().explanation);
}

}  // namespace

void add_gogui_commands(Registry& registry) {
  registry.add("gogui-analyze_commands", analyze_commands);
  registry.add("gogui-interrupt", interrupt);
  registry.add("gogui-title", title);
  registry.add("gogui-version", gogui_version);
  registry.add("gomill-describe_engine", describe_engine);
  registry.add("gomill-explain_last_move", explain_last_move);
}

}  // namespace ponnuki::gtp
