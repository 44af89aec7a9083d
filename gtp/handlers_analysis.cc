// Analysis whose reports are streamed while the search runs. *-analyze continues until a line
// arrives; *-genmove_analyze ends like genmove, with "play MOVE" as its last line.
#include "gtp/analysis_args.h"
#include "gtp/analysis_format.h"
#include "gtp/decide.h"
#include "gtp/handlers.h"

namespace ponnuki::gtp {

namespace {

Result<AnalysisArgs> parse_args(const Session& session, const Command& command,
                                AnalysisStyle style) {
  AnalysisArgs defaults;
  defaults.style = style;
  defaults.player = session.position().to_move();
  return parse_analysis_args(command.args, session.position().size(), defaults);
}

search::AnalysisOptions options_for(const Session& session, const AnalysisArgs& args) {
  search::AnalysisOptions options;
  options.min_moves = args.min_moves;
  options.max_moves = args.max_moves;
  options.pv_length = session.options().search.pv_length;
  options.ownership = args.ownership;
  options.ownership_stdev = args.ownership_stdev;
  options.moves_ownership = args.moves_ownership;
  return options;
}

/// The current state of the search as text; empty if there is nothing to report.
std::string current_line(const Session& session, const AnalysisArgs& args,
                         const search::Search& search) {
  return format_analysis(search.analysis(options_for(session, args)), args,
                         [&session](Point p) { return session.vertex(p); });
}

void report(const Session& session, const AnalysisArgs& args, const search::Search& search,
            ResponseStream& stream) {
  const std::string line = current_line(session, args, search);
  if (!line.empty()) stream.line(line);
}

Reply analyze(Session& session, const Command& command, AnalysisStyle style) {
  const auto args = parse_args(session, command, style);
  if (!args) return Reply::error(args.error());
  if (const auto evaluator = session.evaluator(); !evaluator) {
    return Reply::error(evaluator.error());
  }
  search::SearchParams params = session.options().search.params;
  params.wide_root_noise = session.options().search.analysis_wide_root_noise;
  ThinkRequest think(session.position_for(args->player), params);
  think.filters = args->filters;
  think.stop_on_input = true;
  think.hold = true;
  think.report_seconds = args->interval_seconds;
  ResponseStream stream(session.out(), command.id);
  think.report = [&](const search::Search& search) { report(session, *args, search, stream); };
  think.begun = [&] { stream.begin(); };
  const auto outcome = session.thinker().think(think);
  if (!outcome && !stream.has_begun()) return Reply::error(outcome.error());
  if (!outcome) session.log("analysis failed: " + outcome.error().message);
  stream.finish();
  return Reply::streamed();
}

struct GenmoveKind {
  AnalysisStyle style = AnalysisStyle::kKata;
  bool play = true;
  bool cancellable = false;
};

/// CGOS uses the last line before "play" as the analysis, so the final state is always reported.
Reply genmove_analyze(Session& session, const Command& command, const GenmoveKind& kind) {
  const auto args = parse_args(session, command, kind.style);
  if (!args) return Reply::error(args.error());
  if (const auto evaluator = session.evaluator(); !evaluator) {
    return Reply::error(evaluator.error());
  }
  ResponseStream stream(session.out(), command.id);
  DecideRequest request;
  request.player = args->player;
  request.cancellable = kind.cancellable;
  request.filters = args->filters;
  request.report_seconds = args->interval_seconds;
  request.report = [&](const search::Search& search) { report(session, *args, search, stream); };
  request.begun = [&] { stream.begin(); };
  const auto decision = decide(session, request);
  if (!decision && !stream.has_begun()) return Reply::error(decision.error());
  if (!decision) {
    session.log("genmove failed: " + decision.error().message);
    stream.finish();
    return Reply::streamed();
  }
  report(session, *args, session.thinker().search(), stream);
  const std::string text = decision_text(session, *decision);
  const bool plays = kind.play && !decision->resign && !decision->cancelled;
  if (plays) session.play({args->player, decision->move});
  stream.finish("play " + text);
  return Reply::streamed();
}

template <AnalysisStyle style>
Reply analyze_command(Session& session, const Command& command) {
  return analyze(session, command, style);
}

template <AnalysisStyle style>
Reply genmove_command(Session& session, const Command& command) {
  return genmove_analyze(session, command, {style, true, false});
}

template <bool cancellable>
Reply search_command(Session& session, const Command& command) {
  return genmove_analyze(session, command, {AnalysisStyle::kKata, false, cancellable});
}

}  // namespace

void add_analysis_commands(Registry& registry) {
  registry.add("analyze", analyze_command<AnalysisStyle::kSabaki>);
  registry.add("genmove_analyze", genmove_command<AnalysisStyle::kSabaki>);
  registry.add("kata-analyze", analyze_command<AnalysisStyle::kKata>);
  registry.add("kata-genmove_analyze", genmove_command<AnalysisStyle::kKata>);
  registry.add("kata-search_analyze", search_command<false>);
  registry.add("kata-search_analyze_cancellable", search_command<true>);
  registry.add("lz-analyze", analyze_command<AnalysisStyle::kLeelaZero>);
  registry.add("lz-genmove_analyze", genmove_command<AnalysisStyle::kLeelaZero>);
}

}  // namespace ponnuki::gtp
