#include "selfplay/match/match_report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/format.h"
#include "engine/json_line.h"
#include "engine/printable.h"

namespace ponnuki::selfplay {
namespace {

void count(Tally& tally, int winner, int engine) {
  ++(winner < 0 ? tally.draws : winner == engine ? tally.wins : tally.losses);
}

std::string rate(const Tally& tally) {
  if (tally.games() == 0) return "-";
  const Interval ci = wilson(tally.score(), tally.games());
  return format("%d-%d-%d  %.1f %% (95 %% CI %.1f to %.1f)", tally.wins, tally.draws, tally.losses,
                100 * tally.score(), 100 * ci.low, 100 * ci.high);
}

std::string elo_text(double value) {
  if (std::isinf(value)) return value > 0 ? "+inf" : "-inf";
  return format("%+.0f", value);
}

void count_faults(MatchReport& report, const GameSummary& game) {
  if (game.ending == "max-moves") ++report.max_moves;
  if (game.ending == "no-result") ++report.no_results;
  if (game.winner < 0) return;
  const auto loser = static_cast<std::size_t>(1 - game.winner);
  if (game.ending == "crash") ++report.crashes[loser];
  if (game.ending == "time") ++report.time_losses[loser];
  if (game.ending == "illegal") ++report.illegal[loser];
  if (game.ending == "refused") ++report.refused[loser];
}

/// JSON cannot represent infinity.
nlohmann::ordered_json number_or_null(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json tally_json(const Tally& tally) {
  const Interval ci = wilson(tally.score(), tally.games());
  return {{"wins", tally.wins},
          {"draws", tally.draws},
          {"losses", tally.losses},
          {"score", tally.score()},
          {"ci95", {ci.low, ci.high}}};
}

int count_repeated(const std::vector<GameSummary>& games) {
  std::vector<std::string> keys;
  for (const GameSummary& game : games) {
    std::string key = std::to_string(game.black);
    key.append("|").append(game.opening).append("|").append(game.result);
    keys.push_back(key + "|" + std::to_string(game.moves));
  }
  std::sort(keys.begin(), keys.end());
  const auto distinct = std::unique(keys.begin(), keys.end()) - keys.begin();
  return static_cast<int>(games.size()) - static_cast<int>(distinct);
}

}  // namespace

Tally tally_of(const std::vector<GameSummary>& games) {
  Tally tally;
  for (const GameSummary& game : games) count(tally, game.winner, 0);
  return tally;
}

MatchReport make_match_report(const std::vector<GameSummary>& games,
                              const std::optional<Sprt>& sprt) {
  MatchReport report;
  report.sprt = sprt;
  report.all = tally_of(games);
  report.repeated_games = count_repeated(games);
  std::array<double, 2> seconds = {0, 0};
  std::array<int, 2> moves = {0, 0};
  for (const GameSummary& game : games) {
    count(game.black == 0 ? report.as_black : report.as_white, game.winner, 0);
    count(report.black_games, game.winner, game.black);
    count_faults(report, game);
    if (game.ending == "score") ++report.scored;
    if (game.claims_differ) report.disputed.push_back(game.number);
    report.mean_moves += static_cast<double>(game.moves) / static_cast<double>(games.size());
    for (const std::size_t i : {0, 1}) {
      if (report.names[i].empty()) report.names[i] = game.names[i];
      seconds[i] += game.seconds[i];
      moves[i] += game.thought_moves[i];
    }
  }
  for (const std::size_t i : {0, 1}) {
    report.seconds_per_move[i] = moves[i] > 0 ? seconds[i] / moves[i] : 0;
  }
  return report;
}

std::string to_text(const MatchReport& report) {
  const Tally& all = report.all;
  const Interval ci = wilson(all.score(), all.games());
  const auto pair = [](const std::array<int, 2>& n) { return format("%d / %d", n[0], n[1]); };
  std::string text;
  text += format("%s against %s, %d games\n", printable(report.names[0].substr(0, 100)).c_str(),
                 printable(report.names[1].substr(0, 100)).c_str(), all.games());
  text += "  wins-draws-losses  " + rate(all) + "\n";
  text += "  with Black         " + rate(report.as_black) + "\n";
  text += "  with White         " + rate(report.as_white) + "\n";
  text += "  Black wins         " + rate(report.black_games) + "\n";
  text += "  Elo                " + elo_text(elo(all.score())) + " (95 % CI " +
          elo_text(elo(ci.low)) + " to " + elo_text(elo(ci.high)) + ")\n";
  if (report.sprt) {
    const Sprt& sprt = *report.sprt;
    const std::string verdict = sprt.verdict(all);
    text += format("  SPRT [%g, %g]       LLR %.2f (%.2f, %.2f) %s\n", sprt.elo0, sprt.elo1,
                   sprt.llr(all), sprt.lower(), sprt.upper(),
                   verdict.empty() ? "undecided" : (verdict + " accepted").c_str());
  }
  text += format("  moves a game       %.1f\n", report.mean_moves);
  text += format("  seconds a move     %.3f / %.3f\n", report.seconds_per_move[0],
                 report.seconds_per_move[1]);
  text += "  crashes            " + pair(report.crashes) + "\n";
  text += "  losses on time     " + pair(report.time_losses) + "\n";
  text += "  illegal moves      " + pair(report.illegal) + "\n";
  text += "  refused moves      " + pair(report.refused) + "\n";
  text += format("  cut off, no result %d, %d\n", report.max_moves, report.no_results);
  text += format("  repeated games     %d\n", report.repeated_games);
  text += format("  counted games      %d, a player counted differently in %zu", report.scored,
                 report.disputed.size());
  for (const int number : report.disputed) text += format(" #%d", number);
  return text + "\n";
}

std::string to_json(const MatchReport& report) {
  const Tally& all = report.all;
  const Interval ci = wilson(all.score(), all.games());
  nlohmann::ordered_json json = {
      {"engines", report.names},
      {"games", all.games()},
      {"engine1", tally_json(all)},
      {"engine1Black", tally_json(report.as_black)},
      {"engine1White", tally_json(report.as_white)},
      {"black", tally_json(report.black_games)},
      {"elo", number_or_null(elo(all.score()))},
      {"eloCi95", {number_or_null(elo(ci.low)), number_or_null(elo(ci.high))}},
      {"meanMoves", report.mean_moves},
      {"secondsPerMove", report.seconds_per_move},
      {"crashes", report.crashes},
      {"timeLosses", report.time_losses},
      {"illegalMoves", report.illegal},
      {"refusedMoves", report.refused},
      {"maxMoves", report.max_moves},
      {"noResults", report.no_results},
      {"repeatedGames", report.repeated_games},
      {"countedGames", report.scored},
      {"disputedGames", report.disputed}};
  if (report.sprt) {
    json["sprt"] = {{"elo0", report.sprt->elo0},     {"elo1", report.sprt->elo1},
                    {"llr", report.sprt->llr(all)},  {"lower", report.sprt->lower()},
                    {"upper", report.sprt->upper()}, {"verdict", report.sprt->verdict(all)}};
  }
  return json_line(json);
}

std::string progress_line(const GameSummary& last, const std::vector<GameSummary>& games) {
  const Tally tally = tally_of(games);
  std::string line = format("game %d: %s %s in %d moves (engine %d has Black); %d-%d-%d",
                            last.number, last.result.c_str(), last.ending.c_str(), last.moves,
                            last.black + 1, tally.wins, tally.draws, tally.losses);
  if (!last.detail.empty()) line += " [" + printable(last.detail.substr(0, 200)) + "]";
  if (last.claims_differ) {
    line += " [they count " + printable(last.claims[0]) + " and " + printable(last.claims[1]) + "]";
  }
  return line;
}

}  // namespace ponnuki::selfplay
