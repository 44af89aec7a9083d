#include "review/text_report.h"

#include <algorithm>
#include <cmath>

#include "engine/board_view.h"
#include "engine/coord.h"
#include "engine/printable.h"
#include "review/text.h"

namespace ponnuki::review {
namespace {

/// The winrate of `player` in percent.
double percent_of(Color player, double black_winrate) {
  return 100 * (player == Color::kBlack ? black_winrate : 1 - black_winrate);
}

std::string candidate_row(const AssessedMove& move, int rank, const Position& position) {
  return format("%3d  %-5s %7lld   %5.1f %%  %8s   %5.1f %%  ", rank,
                to_gtp(move.move, position.size()).c_str(), static_cast<long long>(move.visits),
                percent_of(position.to_move(), move.winrate), score_text(move.lead).c_str(),
                100 * move.prior) +
         line_text(move.pv, position.size()) + "\n";
}

/// A bar of 20 characters that shows Black's share, with its middle marked.
std::string bar(double black_winrate) {
  const int filled = static_cast<int>(std::lround(20 * std::clamp(black_winrate, 0.0, 1.0)));
  std::string text = std::string(static_cast<std::size_t>(filled), '#') +
                     std::string(static_cast<std::size_t>(20 - filled), '.');
  text.insert(10, "|");
  return text;
}

std::string result_text(const Assessment& assessment) {
  if (assessment.no_result) return "The game has ended without a result (a cycle of positions).\n";
  return "The game is over: " + Score{static_cast<float>(-assessment.lead)}.to_string() + "\n";
}

std::string start_row(const Assessment& start) {
  return format("   0                  %5.1f %%  %8s               %s\n", 100 * start.winrate,
                score_text(start).c_str(), bar(start.winrate).c_str());
}

std::string setup_row(const GameReview& review, int node) {
  const Assessment& after = review.at(node);
  return format("      setup           %5.1f %%  %8s               %s\n", 100 * after.winrate,
                score_text(after).c_str(), bar(after.winrate).c_str());
}

std::string move_row(const GameReview& review, int node) {
  const GameNode& played = review.tree.node(node);
  const Assessment& after = review.at(node);
  const Point best = review.at(played.parent).best_move();
  const MoveLoss loss = loss_of(review, node).value_or(MoveLoss{});
  const BoardSize size = review.tree.size();
  const std::string best_text = best.is_none()               ? ""
                                : best == played.move->point ? "="
                                                             : to_gtp(best, size);
  return format("%4d  %-7s  %-5s  %5.1f %%  %8s  %7.1f %-2s  %s\n", node,
                move_text(*played.move, size).c_str(), best_text.c_str(), 100 * after.winrate,
                score_text(after).c_str(), std::max(0.0, loss.points), mark_of(loss.verdict()),
                bar(after.winrate).c_str());
}

}  // namespace

std::string position_report(const Position& position, const Assessment& assessment, int count,
                            bool color) {
  const auto shown =
      std::min<std::size_t>(assessment.moves.size(), static_cast<std::size_t>(count));
  BoardView view{color, {}};
  for (std::size_t i = 0; i < shown; ++i) view.numbers.push_back(assessment.moves[i].move);
  std::string text = draw_board(position, view) + "\n";
  if (assessment.is_result) return text + result_text(assessment);

  text += format("%s to play: winrate %.1f %%, score %s, %lld visits\n\n",
                 name_of(position.to_move()), percent_of(position.to_move(), assessment.winrate),
                 score_text(assessment.lead).c_str(), static_cast<long long>(assessment.visits));
  text += "  #  move   visits   winrate     score     prior  variation\n";
  for (std::size_t i = 0; i < shown; ++i)
    text += candidate_row(assessment.moves[i], static_cast<int>(i) + 1, position);
  return text;
}

std::string rules_text(const GameTree& tree) {
  const std::string name = rules_to_name(tree.info().rules);
  return tree.rules_are_assumed() ? name + " (assumed)" : name;
}

std::string komi_text(const GameTree& tree) {
  const std::string komi = sgf::komi_text(tree.info().rules.komi);
  return tree.komi_is_assumed() ? komi + " (assumed)" : komi;
}

std::string game_head(const GameReview& review) {
  const sgf::GameInfo& info = review.tree.info();
  std::string text = printable(review.file) + ": " + size_text(info.size) + ", " +
                     rules_text(review.tree) + ", komi " + komi_text(review.tree);
  if (info.handicap > 0) text += ", handicap " + std::to_string(info.handicap);
  if (!info.black.empty() || !info.white.empty())
    text += "\nBlack " + printable(info.black) + ", White " + printable(info.white);
  if (info.result.kind != sgf::SgfResult::Kind::kUnknown)
    text += ", result " + sgf::to_string(info.result);
  for (const std::string& note : info.notes) text += "\nNote: " + printable(note);
  return text + "\nJudged by " + printable(review.judge) + "\n\n";
}

std::string moves_table(const GameReview& review) {
  std::string text = "move  played   best    Black      score     lost      Black's chances\n";
  text += start_row(review.at(0));
  for (int node = 1; node <= review.tree.last_main_node(); ++node)
    text += review.tree.node(node).move ? move_row(review, node) : setup_row(review, node);
  return text;
}

std::string losses_table(const GameReview& review) {
  std::string text =
      "points lost   opening  middle game  endgame    total  a move  first choice    ?   ??\n";
  for (const PlayerSummary& player : summaries_of(review)) {
    text += format("%-12s  %7.1f  %11.1f  %7.1f  %7.1f  %6.2f  %10.0f %%  %3d  %3d\n",
                   name_of(player.color), player.points_lost[0], player.points_lost[1],
                   player.points_lost[2], player.total(), player.mean(),
                   player.moves > 0 ? 100.0 * player.best / player.moves : 0, player.mistakes,
                   player.blunders);
  }
  return text;
}

std::string turning_points_list(const GameReview& review, int count) {
  std::vector<int> nodes = turning_points(review, count);
  std::sort(nodes.begin(), nodes.end());
  std::string text;
  for (const int node : nodes) {
    const GameNode& played = review.tree.node(node);
    const MoveLoss loss = *loss_of(review, node);
    const Assessment& before = review.at(played.parent);
    text += format("%4d  %-7s lost %.1f points, %.0f %%  %-2s", node,
                   move_text(*played.move, review.tree.size()).c_str(), std::max(0.0, loss.points),
                   100 * std::max(0.0, loss.winrate), mark_of(loss.verdict()));
    if (!before.moves.empty()) {
      const AssessedMove& best = before.moves.front();
      text += "  better: " + line_text(best.pv, review.tree.size()) + " (" + score_text(best.lead) +
              ")";
    }
    text += '\n';
  }
  return text;
}

}  // namespace ponnuki::review
