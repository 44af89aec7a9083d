#include "review/sgf_report.h"

#include <algorithm>

#include "engine/coord.h"
#include "review/shown_rank.h"
#include "review/text.h"
#include "review/text_report.h"

namespace ponnuki::review {
namespace {

constexpr const char* kMark = "PONNUKI";  // our own property, which marks our reports
constexpr int kTurningPoints = 5;

void replace_property(sgf::SgfTree& tree, sgf::SgfNodeId node, const char* name,
                      const std::string& value) {
  tree.remove_property(node, name);
  tree.add_property(node, name, value);
}

void add_comment(sgf::SgfTree& tree, sgf::SgfNodeId node, const std::string& text) {
  const std::string there = tree.text(node, "C");
  replace_property(tree, node, "C",
                   sgf::escape_sgf_text(there.empty() ? text : there + "\n\n" + text));
}

std::string percent(double share) { return format("%.1f %%", 100 * share); }

/// "" if the search before the move visited no move.
std::string better_text(const GameReview& review, int node) {
  const Assessment& before = review.at(review.tree.node(node).parent);
  if (before.moves.empty()) return "";
  const AssessedMove& best = before.moves.front();
  return "\nBetter: " + line_text(best.pv, review.tree.size()) + " (Black " +
         percent(best.winrate) + ", " + score_text(best.lead) + ")";
}

std::string comment_on(const GameReview& review, int node) {
  const Assessment& after = review.at(node);
  if (after.no_result) return "The game has ended without a result.";
  std::string text = "Black " + percent(after.winrate) + ", " + score_text(after.lead);
  if (!after.is_result) text += format(" (%lld visits)", static_cast<long long>(after.visits));
  const auto loss = loss_of(review, node);
  if (!loss || loss->verdict() == Verdict::kNone) return text;
  text += format("\n%s: lost %.1f points, %.0f %%", mark_of(loss->verdict()),
                 std::max(0.0, loss->points), 100 * std::max(0.0, loss->winrate));
  return text + better_text(review, node);
}

/// True for the search's first choice if its prior is low and all other moves are at least two
/// points worse.
bool is_tesuji(const GameReview& review, int node) {
  const Assessment& before = review.at(review.tree.node(node).parent);
  if (rank_of(review, node) != 0 || before.moves.size() < 2) return false;
  const AssessedMove& best = before.moves[0];
  const double sign = review.tree.node(node).move->color == Color::kBlack ? 1 : -1;
  return best.prior < 0.15 && sign * (best.lead - before.moves[1].lead) >= 2;
}

class Annotator {
 public:
  explicit Annotator(const GameReview& review) : review_(review), sgf_(review.tree.sgf()) {}

  std::string annotate(const std::string& program) {
    const std::vector<int> turns = turning_points(review_, kTurningPoints);
    for (int node = 0; node < static_cast<int>(review_.tree.nodes().size()); ++node) {
      if (review_.at(node).empty()) continue;
      annotate(node);
      if (std::count(turns.begin(), turns.end(), node) > 0)
        replace_property(sgf_, review_.tree.node(node).sgf, "HO", "1");
    }
    const sgf::SgfNodeId root = review_.tree.root();
    replace_property(sgf_, root, kMark, sgf::escape_sgf_text(program));
    add_comment(sgf_, root,
                program + ", judged by " + review_.judge + "\n" + notes() + "\n" +
                    losses_table(review_) + "\n" + ranks_table(review_) + "\n" +
                    turning_points_list(review_, kTurningPoints));
    return sgf::write_sgf(sgf_, root);
  }

 private:
  std::string notes() const {
    std::string text;
    for (const std::string& note : review_.tree.info().notes) text += "Note: " + note + "\n";
    return text;
  }
  void annotate(int node) {
    const GameNode& played = review_.tree.node(node);
    const Assessment& after = review_.at(node);
    replace_property(sgf_, played.sgf, "SBKV", format("%.2f", 100 * after.winrate));
    replace_property(sgf_, played.sgf, "SBKS", format("%.2f", after.lead));
    if (!played.move) return;
    add_comment(sgf_, played.sgf, comment_on(review_, node));
    const auto loss = loss_of(review_, node);
    if (!loss) return;
    mark(node, loss->verdict());
    if (loss->verdict() != Verdict::kNone) add_better_line(node);
  }
  /// Does nothing if the record already judges the move, since a node may have only one such mark.
  void mark(int node, Verdict verdict) {
    const sgf::SgfNodeId sgf = review_.tree.node(node).sgf;
    for (const char* name : {"BM", "DO", "TE", "IT"}) {
      if (sgf_.has(sgf, name)) return;
    }
    if (verdict == Verdict::kBlunder)
      sgf_.add_property(sgf, "BM", "1");
    else if (verdict == Verdict::kMistake)
      sgf_.add_property(sgf, "DO", "");
    else if (is_tesuji(review_, node))
      sgf_.add_property(sgf, "TE", "1");
  }

  void add_better_line(int node) {
    const GameNode& played = review_.tree.node(node);
    if (review_.at(played.parent).moves.empty()) return;
    const AssessedMove& best = review_.at(played.parent).moves.front();
    const sgf::SgfNodeId from = sgf_.parent(played.sgf);
    const bool in_one_node = review_.tree.node(played.parent).sgf == played.sgf;
    if (in_one_node || best.move == played.move->point) return;
    Color color = played.move->color;
    if (is_there(from, color, best.move)) return;
    sgf::SgfNodeId at = from;
    for (const Point point : best.pv) {
      at = sgf_.add_child(at);
      sgf_.add_property(at, letter_of(color), sgf::to_sgf(point));
      if (sgf_.parent(at) == from)
        sgf_.add_property(at, "C", sgf::escape_sgf_text(better_text(review_, node).substr(1)));
      color = opponent(color);
    }
  }
  bool is_there(sgf::SgfNodeId parent, Color color, Point move) const {
    for (sgf::SgfNodeId child = sgf_.first_child(parent); child != sgf::kNoSgfNode;
         child = sgf_.next_sibling(child)) {
      const auto value = sgf_.first_value(child, letter_of(color));
      if (value && sgf::parse_sgf_move(*value, review_.tree.size()) == move) return true;
    }
    return false;
  }

  const GameReview& review_;
  sgf::SgfTree sgf_;  // a copy
};

}  // namespace

std::string sgf_report(const GameReview& review, const std::string& program) {
  return Annotator(review).annotate(program);
}

bool is_sgf_report(const sgf::SgfTree& tree, sgf::SgfNodeId root) { return tree.has(root, kMark); }

bool is_sgf_report_text(const std::string& text) {
  const auto tree = sgf::parse_sgf(text);
  return tree && std::ranges::all_of(tree->roots(), [&](sgf::SgfNodeId root) {
           return is_sgf_report(*tree, root);
         });
}

}  // namespace ponnuki::review
