// Tree: the memory of a search. Nodes are positions, edges are moves. When transpositions are
// shared it is a graph whose nodes are found by key. Nodes have 32-bit ids and never move in
// memory.
//
//     Node (112 bytes)
//       stats, lock, counts, key     read by the parent's selection and backup
//       own value, bias, block       read by the node's own
//         │
//         block, of one allocation:
//         ├─ candidates: 4 bytes each, legal moves by descending prior. Few nodes get many visits,
//         │  so only the best kKeptCandidates are kept; widening evaluates the position again.
//         └─ edges: 12 bytes each, moves that were visited, in the order of their first visit
//
// Locks: each field of a node states whether the node's lock guards it, whether it is atomic, or
// whether it is constant while threads run. No thread holds the locks of two nodes. The locking
// order is: node, shard of the table, list of nodes, pool of blocks.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/mutex.h"
#include "engine/search/block_pool.h"
#include "engine/search/spin_lock.h"
#include "engine/search/tree_stats.h"
#include "engine/types.h"

namespace ponnuki::search {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0;
inline constexpr int kKeptCandidates = 8;

/// A probability in 16 bits: 5 bits of exponent and 11 of mantissa (lc0's
/// src/search/classic/node.h), or "illegal".
class PackedPrior {
 public:
  PackedPrior() = default;
  explicit PackedPrior(float prior) {
    if (prior < 0) return;
    constexpr std::int32_t kRound = (1 << 11) - (3 << 28);
    const std::int32_t bits = std::bit_cast<std::int32_t>(prior) + kRound;
    bits_ = bits < 0 ? 0 : static_cast<std::uint16_t>(bits >> 12);
  }
  /// Negative if illegal.
  float value() const {
    if (bits_ == kIllegal) return -1;
    return bits_ == 0 ? 0 : std::bit_cast<float>((std::int32_t{bits_} << 12) | (3 << 28));
  }

 private:
  static constexpr std::uint16_t kIllegal = 0xffff;
  std::uint16_t bits_ = kIllegal;
};

struct Candidate {
  Point move;
  PackedPrior prior;
};
static_assert(sizeof(Candidate) == 4);

struct Edge {
  NodeId child = kNoNode;
  std::uint32_t visits = 0;
  Point move;
  PackedPrior prior;
};
static_assert(sizeof(Edge) == 12);

enum class NodeState : std::uint8_t { kNew, kEvaluating, kReady };

/// The fields are in the order of the diagram above. They fill two cache lines.
struct Node {
  AtomicNodeStats stats;  // written under the lock, read without it
  std::atomic<std::uint16_t> virtual_losses{0};
  std::uint16_t edge_count PONNUKI_GUARDED_BY(lock) = 0;
  std::uint16_t edge_capacity PONNUKI_GUARDED_BY(lock) = 0;
  std::uint16_t candidate_count PONNUKI_GUARDED_BY(lock) = 0;
  // The number of legal moves, whether they are kept or not.
  std::uint16_t legal_count PONNUKI_GUARDED_BY(lock) = 0;
  std::atomic<NodeState> state{NodeState::kNew};
  mutable SpinLock lock;
  // Constant while threads run.
  Color to_move = Color::kBlack;
  // Searched on although passes ended the game.
  bool never_over = false;
  bool live = false;  // in use; if false, in the list of free nodes
  // Scratch for walks through the tree; false between walks.
  bool marked = false;
  std::uint64_t key = 0;

  OwnValue own PONNUKI_GUARDED_BY(lock);
  std::uint64_t bias_key = 0;  // key of engine/search/value_bias.h; 0: none. Constant
  // This node's share of the entry under bias_key.
  float bias_delta PONNUKI_GUARDED_BY(lock) = 0;
  float bias_weight PONNUKI_GUARDED_BY(lock) = 0;
  std::byte* block PONNUKI_GUARDED_BY(lock) = nullptr;

  std::span<Candidate> candidates() PONNUKI_REQUIRES(lock) {
    return {reinterpret_cast<Candidate*>(block), candidate_count};
  }
  std::span<const Candidate> candidates() const PONNUKI_REQUIRES(lock) {
    return {reinterpret_cast<const Candidate*>(block), candidate_count};
  }
  std::span<Edge> edges() PONNUKI_REQUIRES(lock) {
    return {reinterpret_cast<Edge*>(block + edge_offset()), edge_count};
  }
  std::span<const Edge> edges() const PONNUKI_REQUIRES(lock) {
    return {reinterpret_cast<const Edge*>(block + edge_offset()), edge_count};
  }
  std::size_t edge_offset() const PONNUKI_REQUIRES(lock) {
    return candidate_count * sizeof(Candidate);
  }
  std::size_t block_bytes() const PONNUKI_REQUIRES(lock) {
    return edge_offset() + edge_capacity * sizeof(Edge);
  }
  /// Replaces the lock where no other thread can access the node: while no search runs, or before
  /// the node is in the tree. Does nothing at run time.
  void assume_unshared() const PONNUKI_ASSUME_HELD(lock) {}
};
static_assert(sizeof(Node) == 112);

/// The constant fields of a new node.
struct NewNode {
  Color to_move = Color::kBlack;
  bool never_over = false;
  std::uint64_t bias_key = 0;
};

class Tree {
 public:
  Tree();
  ~Tree();
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  Node& node(NodeId id) { return chunk(id)[id % kChunkNodes]; }
  const Node& node(NodeId id) const { return chunk(id)[id % kChunkNodes]; }

  /// Makes a new node outside the table. Thread-safe.
  NodeId create(const NewNode& fresh = {});
  /// Returns the node with this key; if there is none, makes one from `fresh`. Thread-safe.
  NodeId find_or_create(std::uint64_t key, const NewNode& fresh);
  /// Copies a node and its edges; the copy is outside the table. Not thread-safe.
  NodeId copy(NodeId id);

  Edge& add_edge(Node& node, const Edge& edge) PONNUKI_REQUIRES(node.lock);
  void set_candidates(Node& node, std::span<const Candidate> kept, int legal)
      PONNUKI_REQUIRES(node.lock);
  /// Drops the edges for which `keep` returns false.
  void filter_edges(Node& node, const std::function<bool(const Edge&)>& keep)
      PONNUKI_REQUIRES(node.lock);

  /// Frees all nodes that cannot be reached from `root`; calls forget(node) for each of them first.
  /// Not thread-safe.
  void collect(NodeId root, const std::function<void(Node&)>& forget);
  /// Calls visit(node) for every node in use. Not thread-safe.
  template <typename Visit>
  void for_each(Visit visit) const {
    const NodeId end = end_of_nodes();
    for (NodeId id = 1; id < end; ++id) {
      if (node(id).live) visit(node(id));
    }
  }
  /// Not thread-safe.
  void clear();

  std::size_t size() const { return live_.load(std::memory_order_relaxed); }
  /// The memory taken from the system.
  std::size_t bytes() const;

 private:
  static constexpr std::uint32_t kChunkNodes = 1U << 13;
  static constexpr std::size_t kMaxChunks = 1U << 16;
  static constexpr std::size_t kShards = 32;
  // An open-addressed hash table of node ids. The keys are stored in the nodes.
  struct Shard {
    SpinLock lock;
    std::vector<NodeId> slots PONNUKI_GUARDED_BY(lock);
    std::size_t used PONNUKI_GUARDED_BY(lock) = 0;
  };

  Node* chunk(NodeId id) const { return chunks_[id / kChunkNodes].load(std::memory_order_acquire); }
  Shard& shard(std::uint64_t key) { return shards_[key >> 59]; }
  NodeId new_id() PONNUKI_EXCLUDES(nodes_lock_);
  NodeId end_of_nodes() const PONNUKI_EXCLUDES(nodes_lock_);
  void insert(Shard& shard, NodeId id) PONNUKI_REQUIRES(shard.lock);
  void reshape(Node& node, std::size_t candidates, std::size_t edges) PONNUKI_REQUIRES(node.lock);
  void mark_from(NodeId root);
  void drop_unmarked(Shard& shard, std::vector<NodeId>& scratch);
  void release(NodeId id) PONNUKI_EXCLUDES(nodes_lock_);

  std::unique_ptr<std::atomic<Node*>[]> chunks_;
  std::array<Shard, kShards> shards_;
  mutable SpinLock nodes_lock_;
  std::vector<NodeId> free_nodes_ PONNUKI_GUARDED_BY(nodes_lock_);
  NodeId next_ PONNUKI_GUARDED_BY(nodes_lock_) = 1;  // the lowest unused id
  std::atomic<std::size_t> live_{0};
  std::atomic<std::size_t> node_bytes_{0}, table_bytes_{0};
  BlockPool blocks_;
};

}  // namespace ponnuki::search
