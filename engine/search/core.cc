#include "engine/search/core.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <optional>

#include "engine/chains.h"
#include "engine/random.h"

namespace ponnuki::search {

namespace {

/// Removes the largest of many keys repeatedly, by keeping the maximum of each block of keys. Keys
/// are integers, since compilers vectorise the maximum of integers.
class KeyBlocks {
 public:
  explicit KeyBlocks(std::span<const float> priors) {
    blocks_ = (priors.size() + kBlock - 1) / kBlock;
    // The bit patterns of non-negative floats have the order of the floats.
    for (std::size_t i = 0; i < priors.size(); ++i)
      keys_[i] = std::bit_cast<std::int32_t>(priors[i] + 0.0F);
    std::fill(keys_.begin() + static_cast<std::ptrdiff_t>(priors.size()),
              keys_.begin() + static_cast<std::ptrdiff_t>(blocks_ * kBlock), -1);
    for (std::size_t b = 0; b < blocks_; ++b) largest_[b] = largest_of(b);
  }
  int count_legal() const {
    return static_cast<int>(
        std::count_if(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(blocks_ * kBlock),
                      [](std::int32_t key) { return key >= 0; }));
  }
  /// Returns the first of the largest remaining keys. Requires that a key remains.
  std::size_t take() {
    std::size_t block = 0;
    for (std::size_t b = 1; b < blocks_; ++b) block = largest_[b] > largest_[block] ? b : block;
    std::size_t i = block * kBlock;
    while (keys_[i] != largest_[block]) ++i;
    keys_[i] = -1;
    largest_[block] = largest_of(block);
    return i;
  }

 private:
  static constexpr std::size_t kBlock = 16, kBlocks = (kMaxArea + kBlock) / kBlock;
  std::int32_t largest_of(std::size_t block) const {
    std::int32_t largest = -1;
    for (std::size_t i = 0; i < kBlock; ++i) largest = std::max(largest, keys_[block * kBlock + i]);
    return largest;
  }
  std::array<std::int32_t, kBlocks * kBlock> keys_;
  std::array<std::int32_t, kBlocks> largest_;
  std::size_t blocks_ = 0;
};

}  // namespace

void rank_candidates(std::span<const float> policy, BoardSize size, int most, RankedMoves& ranked) {
  KeyBlocks keys(policy);
  ranked.legal = keys.count_legal();
  ranked.count = std::min(most, ranked.legal);
  for (int i = 0; i < ranked.count; ++i) {
    const std::size_t cell = keys.take();
    ranked.best[static_cast<std::size_t>(i)] = {Point::from_cell(static_cast<int>(cell), size),
                                                PackedPrior(policy[cell])};
  }
}

// --- statistics ----------------------------------------------------------------------------------

namespace {

/// Adds one visit with this value to the averages.
void add_to(NodeStats& s, const LeafValue& leaf) {
  const OwnValue& value = leaf.value;
  const double old_weight = s.weight, weight = value.weight, sum = old_weight + weight;
  const auto average = [&](float& field, double added) {
    field = static_cast<float>((static_cast<double>(field) * old_weight + added * weight) / sum);
  };
  average(s.win_loss, value.win_loss);
  average(s.no_result, value.no_result);
  average(s.score_mean, value.score_mean);
  average(s.score_square, value.score_square);
  average(s.lead, value.lead);
  average(s.utility, leaf.utility);
  average(s.utility_square, leaf.utility * leaf.utility);
  s.weight = static_cast<float>(sum);
  s.weight_square += value.weight * value.weight;
  ++s.visits;
}

}  // namespace

LeafValue add_leaf_value(SearchCore& core, Node& node, const OwnValue& value, bool is_final) {
  LeafValue leaf{value, core.utility.of(value)};
  if (!is_final && node.bias_key != 0)
    leaf.utility += core.params.subtree_value_bias * core.biases.get(node.bias_key).bias();
  const SpinLockGuard lock(node.lock);
  NodeStats s = node.stats.load();
  add_to(s, leaf);
  node.stats.store(s);
  return leaf;
}

namespace {

/// Weighted sums over a node's children and its own value; averages() divides them. Single
/// precision and the field order of NodeStats let the compiler vectorise the additions.
struct Sums {
  float win_loss = 0, no_result = 0, score_mean = 0, score_square = 0, lead = 0, utility = 0,
        utility_square = 0;
  double weight = 0, weight_square = 0;

  void add(const WeighedChild& child) {
    const NodeStats& s = child.stats;
    const auto w = static_cast<float>(child.weight);
    win_loss += w * s.win_loss, no_result += w * s.no_result;
    score_mean += w * s.score_mean, score_square += w * s.score_square, lead += w * s.lead;
    utility += w * s.utility, utility_square += w * s.utility_square;
    const float scaling = w / s.weight;
    weight += child.weight;
    weight_square += scaling * scaling * s.weight_square;
  }
  void add(const OwnValue& own, double own_utility) {
    const float w = own.weight, u = static_cast<float>(own_utility);
    win_loss += w * own.win_loss, no_result += w * own.no_result;
    score_mean += w * own.score_mean, score_square += w * own.score_square, lead += w * own.lead;
    utility += w * u, utility_square += w * u * u;
    weight += w;
    weight_square += w * w;
  }
  NodeStats averages(std::uint32_t visits) const {
    const auto mean = [this](float sum) { return static_cast<float>(sum / weight); };
    NodeStats s;
    s.visits = visits;
    s.win_loss = mean(win_loss), s.no_result = mean(no_result);
    s.score_mean = mean(score_mean), s.score_square = mean(score_square), s.lead = mean(lead);
    s.utility = mean(utility), s.utility_square = mean(utility_square);
    s.weight = static_cast<float>(weight), s.weight_square = static_cast<float>(weight_square);
    return s;
  }
};

/// The children whose edges have visits, in the scratch buffer `scratch`, which only grows. Sets
/// `total` to the sum of their weights.
std::span<WeighedChild> gather_children(const SearchCore& core, const Node& node,
                                        std::vector<WeighedChild>& scratch, double& total)
    PONNUKI_REQUIRES(node.lock) {
  if (scratch.size() < node.edge_count) scratch.resize(node.edge_count);
  std::size_t count = 0;
  total = 0;
  for (const Edge& edge : node.edges()) __builtin_prefetch(&core.tree.node(edge.child));
  for (const Edge& edge : node.edges()) {
    WeighedChild& child = scratch[count];
    child.stats = core.tree.node(edge.child).stats.load();
    if (child.stats.visits == 0 || child.stats.weight <= 0 || edge.visits == 0) continue;
    child.prior = std::max(1e-30, static_cast<double>(edge.prior.value()));
    child.self_utility = for_player(child.stats.utility, node.to_move);
    child.weight = child.stats.edge_weight(edge.visits);
    total += child.weight;
    ++count;
  }
  return std::span(scratch).first(count);
}

/// Records in the bias table by how much the children's average differs from the node's own
/// utility. Returns the correction of the node's own utility.
double learn_bias(SearchCore& core, Node& node, const Sums& children, double original_weight,
                  double own_utility) PONNUKI_REQUIRES(node.lock) {
  if (node.bias_key == 0) return 0;
  ValueBiasTable::Sums known;
  if (children.weight > 1e-10) {
    const double gap = static_cast<double>(children.utility) / children.weight - own_utility;
    const double weight = std::pow(original_weight, core.params.subtree_value_bias_weight_exponent);
    const auto new_delta = static_cast<float>(gap * weight),
               new_weight = static_cast<float>(weight);
    known = core.biases.add(node.bias_key,
                            {new_delta - node.bias_delta, new_weight - node.bias_weight});
    node.bias_delta = new_delta;
    node.bias_weight = new_weight;
  } else {
    known = core.biases.get(node.bias_key);
  }
  return core.params.subtree_value_bias * known.bias();
}

}  // namespace

void update_stats(SearchCore& core, Node& node, std::uint32_t new_visits,
                  std::vector<WeighedChild>& scratch) {
  // 1. Compute the weights of the children.
  double original = 0;
  const std::span<WeighedChild> children = gather_children(core, node, scratch, original);
  double total = original;
  if (core.params.noise_pruning) total = prune_noise(children, total, core.params);
  weigh_by_value(children, total, core.params);
  // 2. Sum their values.
  Sums sums;
  for (const WeighedChild& child : children) sums.add(child);
  // 3. Add the node's own value, corrected by the bias of similar positions.
  const double own_utility = core.utility.of(node.own);
  const double bias = learn_bias(core, node, sums, original, own_utility);
  sums.add(node.own, own_utility + bias);
  node.stats.store(sums.averages(node.stats.visits() + new_visits));
}

namespace {

/// True for each of the first 256 visits, and for 128 visits in each doubling after that.
bool is_due(std::uint32_t visits) {
  const std::uint32_t step = std::max(1U, std::bit_floor(visits) / 128);
  return visits % step == 0;
}

}  // namespace

void add_visit(SearchCore& core, Node& node, const std::optional<LeafValue>& leaf,
               std::vector<WeighedChild>& scratch) {
  if (!leaf || is_due(node.stats.visits() + 1)) return update_stats(core, node, 1, scratch);
  NodeStats s = node.stats.load();
  add_to(s, *leaf);
  node.stats.store(s);
}

// --- keys and filters ----------------------------------------------------------------------------

namespace {

/// True if the stones and empty points around `p` from which a repetition could arise number more
/// than `bound`.
bool repetition_is_far(const Board& board, Point p, int bound) {
  if (p.is_pass() || p.is_none()) return false;
  int count = 0;
  if (board.at(p) != Color::kEmpty) {
    count = board.chain_size(p);
    if (count + board.liberties(p) > bound) return true;
  }
  // The empty points found. The neighbours of those from index `next` on are not examined yet.
  std::array<Point, 64> found;
  int size = 0, next = 0;
  const auto push = [&](Point q) {
    if (board.at(q) != Color::kEmpty || size == static_cast<int>(found.size()) ||
        std::find(found.begin(), found.begin() + size, q) != found.begin() + size) {
      return;
    }
    found[static_cast<std::size_t>(size++)] = q;
  };
  const auto push_neighbors = [&](Point q) {
    for (const int offset : kNeighborOffsets) push(Point::from_index(q.index() + offset));
  };
  if (board.at(p) == Color::kEmpty) {
    push(p);  // suicide
  } else {
    for_each_stone(board, p, push_neighbors);
  }
  bound = std::min(bound, count + static_cast<int>(found.size()) - 1);
  while (next < size && count + size <= bound)
    push_neighbors(found[static_cast<std::size_t>(next++)]);
  return count + size > bound;
}

}  // namespace

std::uint64_t graph_key(std::uint64_t parent_key, const Position& position, int repetition_bound) {
  const std::uint64_t state = position.state_key();
  const Point last = position.move_count() > 0 ? position.move_ago(1).point : Point::none();
  if (repetition_is_far(position.board(), last, repetition_bound)) return state;
  return splitmix64(parent_key) + state;
}

bool passes_filters(std::span<const MoveFilter> filters, Move move, int depth) {
  for (const MoveFilter& filter : filters) {
    if (filter.player != move.color || depth >= filter.until_depth) continue;
    const bool listed =
        std::find(filter.points.begin(), filter.points.end(), move.point) != filter.points.end();
    if (listed != filter.allow) return false;
  }
  return true;
}

}  // namespace ponnuki::search
