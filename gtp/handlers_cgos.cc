// The commands of the CGOS client.
#include "engine/coord.h"
#include "gtp/analysis_format.h"
#include "gtp/decide.h"
#include "gtp/handlers.h"

namespace ponnuki::gtp {

namespace {

/// Answers with "=", a line of JSON, and "play MOVE".
Reply genmove_analyze(Session& session, const Command& command) {
  const auto color = command.args.empty() ? std::nullopt : parse_color(command.args[0]);
  if (!color) return Reply::error("invalid color");
  DecideRequest request;
  request.player = *color;
  const auto decision = decide(session, request);
  if (!decision) return Reply::error(decision.error());
  search::AnalysisOptions options;
  options.pv_length = session.options().search.pv_length;
  options.ownership = true;
  const search::Analysis analysis = session.thinker().search().analysis(options);
  const auto vertex = [&session](Point p) { return session.vertex(p); };
  ResponseStream stream(session.out(), command.id);
  stream.line(format_cgos(analysis, vertex));
  const std::string text = decision_text(session, *decision);
  if (!decision->resign) session.play({*color, decision->move});
  stream.finish("play " + text);
  return Reply::streamed();
}

/// CGOS aborts at any error, so these commands always succeed. They are only logged.
Reply note(Session& session, const Command& command) {
  session.log(command.name + " " + command.rest());
  return Reply::ok();
}

Reply gameover(Session& session, const Command& command) {
  session.memory().may_ponder = false;
  return note(session, command);
}

}  // namespace

void add_cgos_commands(Registry& registry) {
  registry.add("cgos-genmove_analyze", genmove_analyze);
  registry.add("cgos-opponent_name", note);
  registry.add("cgos-opponent_rating", note);
  registry.add("cgos-gameover", gameover);
}

}  // namespace ponnuki::gtp
