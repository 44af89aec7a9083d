#include "engine/search/ownership.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "engine/score.h"

namespace ponnuki::search {

namespace {

// A share of the visits. Smaller subtrees count as their parent.
constexpr double kLeastShare = 0.005;

/// A node that is evaluated for the average.
struct Part {
  NodeId node = kNoNode;
  Position position;
  // Share of the whole, minus the shares of its children that are also evaluated.
  double share = 1;
  std::vector<float> ownership{};
};

/// An edge from a part to a node that may become a part.
struct Branch {
  double share = 0;
  std::size_t parent = 0;  // index in the parts
  Edge edge;
  friend bool operator<(const Branch& a, const Branch& b) { return a.share < b.share; }
};

std::vector<float> counted_ownership(const Position& position) {
  AreaMap owner;
  score_area(position, &owner);
  std::vector<float> result;
  for (int cell = 0; cell < position.size().area(); ++cell) {
    const Color c =
        owner[static_cast<std::size_t>(Point::from_cell(cell, position.size()).index())];
    result.push_back(c == Color::kBlack ? 1.0F : c == Color::kWhite ? -1.0F : 0.0F);
  }
  return result;
}

/// Ownership, +1 = Black. A game that ended in its final phase is counted exactly. Under territory
/// rules without an encore the evaluator determines which stones are dead.
std::vector<float> black_ownership(Evaluator& evaluator, const Position& position) {
  if (position.is_over() && position.is_final_phase()) return counted_ownership(position);
  Evaluation evaluation =
      evaluate_one(evaluator, position, {.with_ownership = true, .conservative_pass = true});
  if (position.to_move() == Color::kWhite) {
    for (float& value : evaluation.ownership) value = -value;
  }
  return std::move(evaluation.ownership);
}

std::vector<Edge> copy_edges(const Node& node) {
  const SpinLockGuard lock(node.lock);
  return {node.edges().begin(), node.edges().end()};
}

void add_children(const SearchCore& core, std::size_t parent, double share,
                  const std::vector<Part>& parts, std::priority_queue<Branch>& queue) {
  const std::vector<Edge> edges = copy_edges(core.tree.node(parts[parent].node));
  double visits = 1;  // visits of the node itself
  for (const Edge& edge : edges) visits += edge.visits;
  for (const Edge& edge : edges) {
    const double part = share * edge.visits / visits;
    if (part >= kLeastShare && edge.child != kNoNode) queue.push({part, parent, edge});
  }
}

/// Adds a node to the parts and its children to the queue.
void add_part(const SearchCore& core, Part part, std::vector<Part>& parts,
              std::priority_queue<Branch>& queue) {
  part.ownership = black_ownership(core.evaluator, part.position);
  parts.push_back(std::move(part));
  const std::size_t at = parts.size() - 1;
  if (!parts[at].position.is_over()) add_children(core, at, parts[at].share, parts, queue);
}

TreeOwnership average(const std::vector<Part>& parts, double sign) {
  const std::size_t area = parts.front().ownership.size();
  TreeOwnership result;
  for (std::size_t cell = 0; cell < area; ++cell) {
    double sum = 0, squares = 0;
    for (const Part& part : parts) {
      const double value = part.ownership[cell];
      sum += part.share * value;
      squares += part.share * value * value;
    }
    result.mean.push_back(static_cast<float>(sign * sum));
    result.stdev.push_back(static_cast<float>(std::sqrt(std::max(0.0, squares - sum * sum))));
  }
  return result;
}

}  // namespace

TreeOwnership tree_ownership(const SearchCore& core, NodeId node, const Position& position,
                             int most_nodes) {
  std::vector<Part> parts;
  std::priority_queue<Branch> queue;
  add_part(core, {node, position}, parts, queue);
  if (parts.front().ownership.empty()) return {};
  while (!queue.empty() && static_cast<int>(parts.size()) < most_nodes) {
    const Branch next = queue.top();
    queue.pop();
    Part part{next.edge.child, parts[next.parent].position, next.share};
    if (!part.position.is_pseudo_legal({part.position.to_move(), next.edge.move})) continue;
    part.position.play(next.edge.move);
    parts[next.parent].share -= next.share;
    add_part(core, std::move(part), parts, queue);
  }
  return average(parts, core.root.position.to_move() == Color::kBlack ? 1 : -1);
}

}  // namespace ponnuki::search
