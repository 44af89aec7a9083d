// GumbelSearch: the search of self-play with few simulations (gumbel.h), one leaf at a time.
//
// Position decides legality and the end of the game; the referee gives exact scores. Under
// territory rules the evaluator judges finished games too. Values are utilities as in the main
// search: winning, and a little for points.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/evaluator.h"
#include "engine/position.h"
#include "engine/random.h"
#include "engine/search/gumbel.h"
#include "engine/search/params.h"
#include "engine/search/turn_search.h"
#include "engine/search/utility.h"
#include "engine/types.h"

namespace ponnuki::search {

struct GumbelParams {
  int considered = 16;  // root moves at the beginning of sequential halving
  double noise = 1;     // scale of the Gumbel noise; 0: the best move
  GumbelScale scale;
  /// The evaluator sees each position under a symmetry picked by its hash and this; 0: as it is.
  std::uint64_t symmetry_salt = 0;
  /// The root does not consider moves inside pass-alive area, which cannot change the result.
  bool prune_useless_moves = true;
  /// Only the parameters of utility are used.
  SearchParams utility;
};

class GumbelSearch final : public TurnSearch {
 public:
  explicit GumbelSearch(const GumbelParams& params);
  ~GumbelSearch() override;
  GumbelSearch(GumbelSearch&&) noexcept;

  GumbelParams& params() { return params_; }
  /// If the last search evaluated this position, its evaluation is used again. There is no noise
  /// unless effort.explore.
  void start(const Position& root, const TurnEffort& effort, Random& random) override;
  bool gather(std::vector<EvalRequest>& requests) override;
  void absorb() override;
  TurnResult result() override;

 private:
  struct Edge;
  struct Node;
  struct Step;

  Node& node(int index);
  void begin_simulation();
  const Node* known_terminal();
  EvalRequest request();
  void reuse_root();
  void expand_root();
  void expand(Node& node) const;
  void prune_useless_moves(Node& root) const;
  void fill_moves(const Node& node, std::vector<GumbelMove>& moves) const;
  void descend();
  void back_up(const Node& leaf);
  double quality(const Node& node, Color player) const;

  GumbelParams params_;
  UtilityModel utility_;
  Position root_;
  Position position_;  // of the leaf
  Evaluation answer_;
  Random* random_ = nullptr;
  std::vector<std::unique_ptr<Node>> nodes_;  // kept from search to search
  int used_ = 0;
  std::vector<Step> path_;
  std::vector<int> schedule_;
  double noise_scale_ = 0;
  std::vector<float> noise_;
  int simulations_ = 0, done_ = 0;
  bool waiting_ = false;     // for an answer
  bool root_known_ = false;  // node 0 has been evaluated by an earlier search
};

}  // namespace ponnuki::search
