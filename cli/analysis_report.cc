#include "cli/analysis_report.h"

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "engine/board_view.h"
#include "engine/coord.h"
#include "engine/score.h"

namespace ponnuki {
namespace {

[[gnu::format(printf, 1, 2)]] std::string print(const char* format, ...) {
  char text[256];
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

const char* name_of(Color player) { return player == Color::kBlack ? "Black" : "White"; }

std::string line_of(const std::vector<Point>& points, BoardSize size) {
  std::string text;
  for (const Point p : points) text += (text.empty() ? "" : " ") + to_gtp(p, size);
  return text;
}

std::string row_of(const MoveInfo& info, int rank, const Position& position) {
  return print("%3d  %-5s %7lld   %5.1f %%  %8s   %5.1f %%  ", rank,
               to_gtp(info.move, position.size()).c_str(), static_cast<long long>(info.visits),
               100 * info.winrate, score_text(info.score_lead, position.to_move()).c_str(),
               100 * info.prior) +
         line_of(info.pv, position.size()) + "\n";
}

/// A move that lost much: "?" from 2 points or a tenth of the game on, "??" from 6 points or a
/// quarter.
const char* verdict(double points, double winrate) {
  if (points >= 6 || winrate >= 0.25) return "??";
  if (points >= 2 || winrate >= 0.10) return "?";
  return "";
}

/// Black's share of a bar 20 wide, with its middle marked.
std::string bar(double black_winrate) {
  const int filled = static_cast<int>(std::lround(20 * std::clamp(black_winrate, 0.0, 1.0)));
  std::string text = std::string(static_cast<std::size_t>(filled), '#') +
                     std::string(static_cast<std::size_t>(20 - filled), '.');
  text.insert(10, "|");
  return text;
}

nlohmann::json move_json(const MoveInfo& info, BoardSize size) {
  nlohmann::json pv = nlohmann::json::array();
  for (const Point p : info.pv) pv.push_back(to_gtp(p, size));
  return {{"move", to_gtp(info.move, size)},
          {"order", info.order},
          {"visits", info.visits},
          {"winrate", info.winrate},
          {"scoreLead", info.score_lead},
          {"scoreStdev", info.score_stdev},
          {"prior", info.prior},
          {"lcb", info.lcb},
          {"utility", info.utility},
          {"pv", pv}};
}

}  // namespace

std::string score_text(double lead, Color player) {
  const double black = player == Color::kBlack ? lead : -lead;
  if (std::abs(black) < 0.05) return "even";
  return print("%c+%.1f", black > 0 ? 'B' : 'W', std::abs(black));
}

std::string move_text(Move move, BoardSize size) {
  return std::string(move.color == Color::kBlack ? "B " : "W ") + to_gtp(move.point, size);
}

std::string position_report(const Position& position, const Analysis& analysis, int count,
                            bool color) {
  const auto shown = std::min<std::size_t>(analysis.moves.size(), static_cast<std::size_t>(count));
  BoardView view{color, {}};
  for (std::size_t i = 0; i < shown; ++i) view.numbers.push_back(analysis.moves[i].move);

  const RootInfo& root = analysis.root;
  std::string text = draw_board(position, view) + "\n";
  text +=
      print("%s to play: winrate %.1f %%, score %s, %lld visits\n\n", name_of(position.to_move()),
            100 * root.winrate, score_text(root.score_lead, position.to_move()).c_str(),
            static_cast<long long>(root.visits));
  text += "  #  move   visits   winrate     score     prior  variation\n";
  for (std::size_t i = 0; i < shown; ++i)
    text += row_of(analysis.moves[i], static_cast<int>(i) + 1, position);
  return text;
}

std::string finished_report(const Position& position, const std::optional<Score>& score,
                            bool color) {
  std::string text = draw_board(position, {color, {}}) + "\n";
  if (!score) return text + "The game has ended without a result (a cycle of positions).\n";
  return text + "The game is over: " + score->to_string() + "\n";
}

std::string position_json(const Position& position, const Analysis& analysis, int count) {
  const RootInfo& root = analysis.root;
  nlohmann::json moves = nlohmann::json::array();
  for (const MoveInfo& info : analysis.moves) {
    if (static_cast<int>(moves.size()) < count) moves.push_back(move_json(info, position.size()));
  }
  const nlohmann::json line = {{"turnNumber", position.move_count()},
                               {"rootInfo",
                                {{"currentPlayer", position.to_move() == Color::kBlack ? "B" : "W"},
                                 {"visits", root.visits},
                                 {"winrate", root.winrate},
                                 {"scoreLead", root.score_lead},
                                 {"scoreStdev", root.score_stdev},
                                 {"utility", root.utility}}},
                               {"moveInfos", moves}};
  return line.dump() + "\n";
}

std::string finished_json(const Position& position, const std::optional<Score>& score) {
  const nlohmann::json line = {{"turnNumber", position.move_count()},
                               {"finished", true},
                               {"score", score ? score->to_string() : "no result"}};
  return line.dump() + "\n";
}

std::string game_report_head() {
  return "move  played   best    Black      score     lost      Black's chances\n";
}

std::string game_report_start(const GamePoint& start) {
  return print("   0                  %5.1f %%  %8s               %s\n", 100 * start.black_winrate,
               score_text(start.black_lead, Color::kBlack).c_str(),
               bar(start.black_winrate).c_str());
}

std::string game_report_row(Move move, int number, const GamePoint& before, const GamePoint& after,
                            BoardSize size) {
  const double sign = move.color == Color::kBlack ? 1 : -1;
  const double points = after.is_result ? 0 : sign * (before.black_lead - after.black_lead);
  const double winrate = after.is_result ? 0 : sign * (before.black_winrate - after.black_winrate);
  const std::string best = before.best.is_none()       ? ""
                           : before.best == move.point ? "="
                                                       : to_gtp(before.best, size);
  return print("%4d  %-7s  %-5s  %5.1f %%  %8s  %7.1f %-2s  %s\n", number,
               move_text(move, size).c_str(), best.c_str(), 100 * after.black_winrate,
               score_text(after.black_lead, Color::kBlack).c_str(), std::max(0.0, points),
               verdict(points, winrate), bar(after.black_winrate).c_str());
}

}  // namespace ponnuki
