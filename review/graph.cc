#include "review/graph.h"

#include <algorithm>
#include <cmath>

#include "review/text.h"

namespace ponnuki::review {
namespace {

constexpr double kLeft = 44, kRight = 756, kTop = 16, kBottom = 228;
constexpr double kMiddle = (kTop + kBottom) / 2;

constexpr std::string_view kHead =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" viewBox=\"0 0 800 260\" ";

class Graph {
 public:
  explicit Graph(const GameReview& review)
      : review_(review), moves_(review.tree.last_main_node()), most_points_(lead_range()) {}

  std::string draw() const {
    return head() + winrate_area() + grid() + lead_line() + mistakes() + labels() + "</svg>\n";
  }

 private:
  double x(int move) const { return kLeft + (kRight - kLeft) * move / std::max(1, moves_); }
  static double y_of_winrate(double winrate) { return kBottom - (kBottom - kTop) * winrate; }
  double y_of_lead(double lead) const {
    return kMiddle - (kMiddle - kTop) * std::clamp(lead / most_points_, -1.0, 1.0);
  }

  /// The lead in points at the top of the graph: 10, 20, 50, 100, 200 …, chosen so that hardly any
  /// value is cut off.
  double lead_range() const {
    double most = 1;
    for (int node = 0; node <= moves_; ++node)
      most = std::max(most, std::abs(review_.at(node).lead));
    double range = 10;
    for (int step = 0; range < most && range < 500; ++step) range *= step % 3 == 1 ? 2.5 : 2;
    return range;
  }

  std::string head() const {
    return std::string(kHead) +
           format("data-left=\"%g\" data-right=\"%g\" data-top=\"%g\" data-bottom=\"%g\" ", kLeft,
                  kRight, kTop, kBottom) +
           format("data-moves=\"%d\" role=\"img\" aria-label=\"Black's winrate and lead by move\" ",
                  moves_) +
           "font-family=\"sans-serif\" font-size=\"11\">\n" +
           format(
               "<rect class=\"graph-ground\" x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" "
               "fill=\"#f4f1ea\"/>\n",
               kLeft, kTop, kRight - kLeft, kBottom - kTop);
  }
  std::string winrate_area() const {
    std::string path = format("M%.1f %.1f", x(0), kBottom);
    for (int node = 0; node <= moves_; ++node)
      path += format("L%.1f %.1f", x(node), y_of_winrate(review_.at(node).winrate));
    path += format("L%.1f %.1fZ", x(moves_), kBottom);
    return "<path class=\"graph-winrate\" fill=\"#3d4450\" d=\"" + path + "\"/>\n";
  }
  static std::string grid() {
    std::string lines;
    for (const double share : {0.25, 0.5, 0.75}) {
      lines += format(
          "<line class=\"graph-grid\" x1=\"%g\" x2=\"%g\" y1=\"%.1f\" y2=\"%.1f\" "
          "stroke=\"#999\" stroke-width=\"%s\" stroke-dasharray=\"3 4\"/>\n",
          kLeft, kRight, y_of_winrate(share), y_of_winrate(share), share == 0.5 ? "1.5" : "0.7");
    }
    return lines;
  }
  std::string lead_line() const {
    std::string points;
    for (int node = 0; node <= moves_; ++node)
      points += format("%.1f,%.1f ", x(node), y_of_lead(review_.at(node).lead));
    return "<polyline class=\"graph-lead\" fill=\"none\" stroke=\"#e07a1f\" stroke-width=\"1.8\" "
           "stroke-linejoin=\"round\" points=\"" +
           points + "\"/>\n";
  }
  std::string mistakes() const {
    std::string dots;
    for (const int node : largest_mistakes(review_, 12)) {
      const Move move = *review_.tree.node(node).move;
      dots += format(
                  "<circle class=\"graph-mistake\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" "
                  "fill=\"#d03a3a\" stroke=\"#fff\"><title>",
                  x(node), y_of_lead(review_.at(node).lead)) +
              format("%d %s: lost %.1f points</title></circle>\n", node,
                     move_text(move, review_.tree.size()).c_str(),
                     std::max(0.0, loss_of(review_, node)->points));
    }
    return dots;
  }
  std::string labels() const {
    std::string text;
    for (const double share : {0.0, 0.5, 1.0})
      text += label(kLeft - 6, y_of_winrate(share) + 4, "end", format("%.0f %%", 100 * share));
    for (const double share : {-1.0, 0.0, 1.0}) {
      const double lead = share * most_points_;
      text += label(kRight + 6, y_of_lead(lead) + 4, "start",
                    lead == 0 ? "0" : format("%c+%g", lead > 0 ? 'B' : 'W', std::abs(lead)));
    }
    const int step = moves_ > 120 ? 50 : moves_ > 40 ? 20 : 10;
    for (int move = 0; move <= moves_; move += step)
      text += label(x(move), kBottom + 18, "middle", std::to_string(move));
    return text;
  }
  static std::string label(double x, double y, const char* anchor, const std::string& words) {
    return format(
        "<text class=\"graph-label\" x=\"%.1f\" y=\"%.1f\" fill=\"#666\" "
        "text-anchor=\"%s\">%s</text>\n",
        x, y, anchor, words.c_str());
  }

  const GameReview& review_;
  int moves_;
  double most_points_;
};

}  // namespace

std::string graph_svg(const GameReview& review) { return Graph(review).draw(); }
bool is_graph_svg(const std::string& text) { return text.starts_with(kHead); }

}  // namespace ponnuki::review
