// Moves of the engine without analysis output.
#include "engine/coord.h"
#include "gtp/decide.h"
#include "gtp/handlers.h"

namespace ponnuki::gtp {

namespace {

/// Decides for the colour that is the only argument and answers with the move. Plays the move if
/// `play` is set.
Reply think_and_answer(Session& session, const Command& command, DecideRequest request, bool play) {
  const auto color = command.args.size() == 1 ? parse_color(command.args[0]) : std::nullopt;
  if (!color) return Reply::error("invalid color");
  request.player = *color;
  const auto decision = decide(session, request);
  if (!decision) return Reply::error(decision.error());
  const std::string text = decision_text(session, *decision);
  if (play && !decision->resign) session.play({*color, decision->move});
  return Reply::ok(text);
}

Reply genmove(Session& session, const Command& command) {
  return think_and_answer(session, command, {}, true);
}

/// For regression tests: does not play the move, does not use the clock, and is deterministic.
Reply reg_genmove(Session& session, const Command& command) {
  DecideRequest request;
  request.use_clock = false;
  request.deterministic = true;
  return think_and_answer(session, command, request, false);
}

Reply kata_search(Session& session, const Command& command) {
  return think_and_answer(session, command, {}, false);
}

Reply kata_search_cancellable(Session& session, const Command& command) {
  DecideRequest request;
  request.cancellable = true;
  return think_and_answer(session, command, request, false);
}

/// Used by KGS after the players disagree on dead stones: captures them before it passes again.
Reply genmove_cleanup(Session& session, const Command& command) {
  DecideRequest request;
  request.cleanup = true;
  return think_and_answer(session, command, request, true);
}

}  // namespace

void add_play_commands(Registry& registry) {
  registry.add("genmove", genmove);
  registry.add("reg_genmove", reg_genmove);
  registry.add("kata-search", kata_search);
  registry.add("kata-search_cancellable", kata_search_cancellable);
  registry.add("kgs-genmove_cleanup", genmove_cleanup);
}

}  // namespace ponnuki::gtp
