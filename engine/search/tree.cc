#include "engine/search/tree.h"

#include <algorithm>
#include <new>
#include <utility>

#include "engine/check.h"

namespace ponnuki::search {

namespace {
constexpr std::align_val_t kAlign{64};
}  // namespace

Tree::Tree() : chunks_(new std::atomic<Node*>[kMaxChunks]()) {}

Tree::~Tree() { clear(); }

// --- nodes ---------------------------------------------------------------------------------------

/// Returns a free id that has memory for a node.
NodeId Tree::new_id() {
  const SpinLockGuard lock(nodes_lock_);
  if (!free_nodes_.empty()) {
    const NodeId id = free_nodes_.back();
    free_nodes_.pop_back();
    return id;
  }
  const NodeId id = next_++;
  PONNUKI_CHECK(id / kChunkNodes < kMaxChunks);
  auto& place = chunks_[id / kChunkNodes];
  if (place.load(std::memory_order_relaxed) == nullptr) {
    void* memory = ::operator new(kChunkNodes * sizeof(Node), kAlign);
    place.store(static_cast<Node*>(memory), std::memory_order_release);
    node_bytes_ += kChunkNodes * sizeof(Node);
  }
  return id;
}

NodeId Tree::end_of_nodes() const {
  const SpinLockGuard lock(nodes_lock_);
  return next_;
}

NodeId Tree::create(const NewNode& fresh) {
  const NodeId id = new_id();
  Node& n = *new (&node(id)) Node();
  n.to_move = fresh.to_move;
  n.never_over = fresh.never_over;
  n.bias_key = fresh.bias_key;
  n.live = true;
  ++live_;
  return id;
}

NodeId Tree::copy(NodeId id) {
  const Node& from = node(id);
  const NodeId copy_id = create({from.to_move, from.never_over, 0});
  Node& to = node(copy_id);
  from.assume_unshared();
  to.assume_unshared();
  to.stats.store(from.stats.load());
  to.state = from.state.load();
  to.key = from.key;
  to.own = from.own;
  set_candidates(to, from.candidates(), from.legal_count);
  for (const Edge& edge : from.edges()) add_edge(to, edge);
  return copy_id;
}

void Tree::release(NodeId id) {
  Node& n = node(id);
  n.assume_unshared();
  blocks_.release(n.block, n.block_bytes());
  n.live = false;
  const SpinLockGuard lock(nodes_lock_);
  free_nodes_.push_back(id);
  --live_;
}

// --- the table -----------------------------------------------------------------------------------

NodeId Tree::find_or_create(std::uint64_t key, const NewNode& fresh) {
  Shard& s = shard(key);
  const SpinLockGuard lock(s.lock);
  if (!s.slots.empty()) {
    const std::size_t mask = s.slots.size() - 1;
    for (std::size_t i = key & mask; s.slots[i] != kNoNode; i = (i + 1) & mask) {
      if (node(s.slots[i]).key == key) return s.slots[i];
    }
  }
  const NodeId id = create(fresh);
  node(id).key = key;
  insert(s, id);
  return id;
}

void Tree::insert(Shard& s, NodeId id) {
  if (4 * (s.used + 1) > 3 * s.slots.size()) {
    const std::vector<NodeId> old = std::move(s.slots);
    s.slots.assign(std::max<std::size_t>(16, 2 * old.size()), kNoNode);
    table_bytes_ += (s.slots.size() - old.size()) * sizeof(NodeId);
    s.used = 0;
    for (const NodeId other : old) {
      if (other != kNoNode) insert(s, other);
    }
  }
  const std::size_t mask = s.slots.size() - 1;
  std::size_t i = node(id).key & mask;
  while (s.slots[i] != kNoNode) i = (i + 1) & mask;
  s.slots[i] = id;
  ++s.used;
}

// --- edges and candidates ------------------------------------------------------------------------

/// Moves the candidates and edges of a node to a new block, with room for the given number of
/// candidates and at least the given number of edges.
void Tree::reshape(Node& n, std::size_t candidates, std::size_t edges) {
  const std::size_t offset = candidates * sizeof(Candidate);
  const std::size_t wanted = offset + edges * sizeof(Edge);
  std::byte* block = nullptr;
  std::size_t capacity = 0;
  if (wanted > 0) {
    const std::size_t size = BlockPool::rounded_up(wanted);
    block = static_cast<std::byte*>(blocks_.allocate(size));
    capacity = (size - offset) / sizeof(Edge);
    const auto kept = n.candidates().first(std::min<std::size_t>(candidates, n.candidate_count));
    std::uninitialized_copy(kept.begin(), kept.end(), reinterpret_cast<Candidate*>(block));
    std::uninitialized_copy(n.edges().begin(), n.edges().end(),
                            reinterpret_cast<Edge*>(block + offset));
  }
  blocks_.release(n.block, n.block_bytes());
  n.block = block;
  n.candidate_count = static_cast<std::uint16_t>(candidates);
  n.edge_capacity = static_cast<std::uint16_t>(capacity);
}

Edge& Tree::add_edge(Node& n, const Edge& edge) {
  if (n.edge_count == n.edge_capacity)
    reshape(n, n.candidate_count, std::max<std::size_t>(1, std::size_t{2} * n.edge_capacity));
  ++n.edge_count;
  return *new (&n.edges().back()) Edge(edge);
}

void Tree::set_candidates(Node& n, std::span<const Candidate> kept, int legal) {
  reshape(n, kept.size(), n.edge_count);
  std::uninitialized_copy(kept.begin(), kept.end(), n.candidates().begin());
  n.legal_count = static_cast<std::uint16_t>(legal);
}

void Tree::filter_edges(Node& n, const std::function<bool(const Edge&)>& keep) {
  const auto edges = n.edges();
  const auto end =
      std::remove_if(edges.begin(), edges.end(), [&](const Edge& e) { return !keep(e); });
  n.edge_count = static_cast<std::uint16_t>(end - edges.begin());
}

// --- memory --------------------------------------------------------------------------------------

void Tree::mark_from(NodeId root) {
  std::vector<NodeId> open{root};
  node(root).marked = true;
  while (!open.empty()) {
    const Node& n = node(open.back());
    n.assume_unshared();
    open.pop_back();
    for (const Edge& edge : n.edges()) {
      if (std::exchange(node(edge.child).marked, true)) continue;
      open.push_back(edge.child);
    }
  }
}

void Tree::drop_unmarked(Shard& s, std::vector<NodeId>& scratch) {
  const SpinLockGuard lock(s.lock);
  scratch.clear();
  for (const NodeId id : s.slots) {
    if (id != kNoNode && node(id).marked) scratch.push_back(id);
  }
  std::fill(s.slots.begin(), s.slots.end(), kNoNode);
  s.used = 0;
  for (const NodeId id : scratch) insert(s, id);
}

void Tree::collect(NodeId root, const std::function<void(Node&)>& forget) {
  mark_from(root);
  // Roots are never in the table, so that no transposition leads to them.
  std::vector<NodeId> scratch;
  for (Shard& s : shards_) drop_unmarked(s, scratch);
  const NodeId end = end_of_nodes();
  for (NodeId id = 1; id < end; ++id) {
    Node& n = node(id);
    if (!n.live) continue;
    if (!std::exchange(n.marked, false)) {
      forget(n);
      release(id);
    }
  }
}

void Tree::clear() {
  for (std::size_t i = 0; i < kMaxChunks; ++i) {
    Node* nodes = chunks_[i].exchange(nullptr);
    if (nodes == nullptr) break;
    ::operator delete(nodes, kAlign);
  }
  for (Shard& s : shards_) {
    const SpinLockGuard lock(s.lock);
    s.slots = {};
    s.used = 0;
  }
  const SpinLockGuard lock(nodes_lock_);
  free_nodes_.clear();
  next_ = 1;
  live_ = 0;
  node_bytes_ = table_bytes_ = 0;
  blocks_.clear();
}

std::size_t Tree::bytes() const { return node_bytes_ + table_bytes_ + blocks_.bytes(); }

}  // namespace ponnuki::search
