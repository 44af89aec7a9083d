// The net's answer on the board: policy and ownership.
#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <vector>

#include "engine/format.h"
#include "figures/board_drawing.h"
#include "figures/colors.h"
#include "figures/heading.h"
#include "figures/net_figures.h"

namespace ponnuki::figures {
namespace {

constexpr double kLeastLabel = 0.005;  // less probable moves get no label

/// The lead in points with the leading colour: "B+3.5".
std::string lead_text(const NetView& view) {
  const double own = static_cast<double>(view.evaluation.lead);
  const bool black = (own >= 0) == (view.position.to_move() == Color::kBlack);
  return format("%c+%.1f", black ? 'B' : 'W', std::abs(own));
}

/// A board below a heading.
class BoardFigure {
 public:
  BoardFigure(const NetView& view, const Heading& heading, PictureFormat format)
      : view_(view),
        cell_(std::clamp(700 / std::max(size().width, size().height), 30, 46)),
        canvas_(make_canvas(
            format,
            std::max(BoardDrawing::side(size().width, cell_), heading.width()) + 2 * kMargin,
            BoardDrawing::side(size().height, cell_) + 2 * kMargin + heading.height())),
        board_(*canvas_, size(), kMargin, kMargin + heading.height(), cell_) {
    heading.draw(*canvas_);
    board_.draw_wood();
  }

  BoardSize size() const { return view_.position.size(); }
  const BoardDrawing& board() const { return board_; }
  void draw_game() {
    const Position& position = view_.position;
    board_.draw_lines();
    board_.draw_stones(position.board());
    if (position.move_count() == 0) return;
    const Move last = position.move_ago(1);
    if (!last.point.is_pass() && position.board().at(last.point) == last.color)
      board_.mark_last(last.point, last.color);
  }
  std::string encode() const { return canvas_->encode(); }

 private:
  const NetView& view_;
  int cell_;
  std::unique_ptr<Canvas> canvas_;
  BoardDrawing board_;
};

std::string percents(double probability) {
  return format(probability < 0.0995 ? "%.1f" : "%.0f", 100 * probability);
}

/// The cells of the most probable points, best first.
std::vector<int> best_points(std::span<const float> policy, std::size_t count) {
  std::vector<int> cells;
  for (int cell = 0; cell + 1 < static_cast<int>(policy.size()); ++cell) {
    if (static_cast<double>(policy[static_cast<std::size_t>(cell)]) >= kLeastLabel)
      cells.push_back(cell);
  }
  std::ranges::stable_sort(cells, std::greater(),
                           [&](int cell) { return policy[static_cast<std::size_t>(cell)]; });
  cells.resize(std::min(cells.size(), count));
  return cells;
}

Heading policy_heading(const NetView& view) {
  const auto& evaluation = view.evaluation;
  return Heading(
      {std::string("Policy: where would ") + player_name(view.position.to_move()) + " play?",
       "Percents; pass: " + percents(static_cast<double>(evaluation.policy.back())) +
           (view.has_value
                ? format(". Chance to win: %.0f %%", 100 * static_cast<double>(evaluation.win))
                : std::string()) +
           (view.knows_score ? ", lead " + lead_text(view) : std::string()),
       view.title + ". Net " + view.net});
}

}  // namespace

std::string draw_policy(const NetView& view, PictureFormat format) {
  constexpr std::size_t kLabels = 12;
  const std::vector<float>& policy = view.evaluation.policy;
  const auto most = static_cast<double>(*std::max_element(policy.begin(), std::prev(policy.end())));
  BoardFigure figure(view, policy_heading(view), format);
  const BoardDrawing& board = figure.board();
  const auto heat_of = [&](int cell) {
    return heat(static_cast<double>(policy[static_cast<std::size_t>(cell)]), most);
  };
  for (int cell = 0; cell < figure.size().area(); ++cell) {
    const Paint paint = heat_of(cell);
    if (paint.opacity > 0) board.fill_cell(Point::from_cell(cell, figure.size()), 1, paint);
  }
  figure.draw_game();
  for (const int cell : best_points(policy, kLabels)) {
    const Point p = Point::from_cell(cell, figure.size());
    board.fill_cell(p, 1, {kWood});  // hides the lines, so that the label is easier to read
    board.fill_cell(p, 1, heat_of(cell));
    board.label(p, percents(static_cast<double>(policy[static_cast<std::size_t>(cell)])),
                heat_of(cell).opacity > 0.55 ? kWhiteStone : kInk);
  }
  return figure.encode();
}

std::string draw_ownership(const NetView& view, PictureFormat format) {
  constexpr double kTint = 0.75;  // opacity for a certain owner
  constexpr double kMark = 0.4;   // side of the square on a stone, as a share of the cell's
  const Board& stones = view.position.board();
  const Heading heading({"Ownership: whose will each point be?",
                         "Dark: Black's, light: White's; lead " + lead_text(view),
                         "A square on a stone: whose its point will be",
                         view.title + ". Net " + view.net});
  BoardFigure figure(view, heading, format);
  const auto paint_of = [&](int cell, double opacity) {
    const auto own = static_cast<double>(view.evaluation.ownership[static_cast<std::size_t>(cell)]);
    const Color player = view.position.to_move();
    return Paint{stone_color(own >= 0 ? player : opponent(player)), opacity * std::abs(own)};
  };
  for (int cell = 0; cell < figure.size().area(); ++cell)
    figure.board().fill_cell(Point::from_cell(cell, figure.size()), 1, paint_of(cell, kTint));
  figure.draw_game();
  for (int cell = 0; cell < figure.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, figure.size());
    if (stones.at(p) != Color::kEmpty) figure.board().fill_cell(p, kMark, paint_of(cell, 1));
  }
  return figure.encode();
}

}  // namespace ponnuki::figures
