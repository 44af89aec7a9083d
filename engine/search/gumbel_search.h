// GumbelSearch: the search of self-play with few simulations (gumbel.h), one leaf at a time.
//
// Position decides legality and the end of the game, and the referee gives exact scores. Under
// territory rules the evaluator also evaluates finished games. Values are utilities as in the main
// search: winning, and to a small extent points.
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
  int considered = 16;  // root moves at the start of sequential halving
  double noise = 1;     // scale of the Gumbel noise; 0: no noise
  GumbelScale scale;
  /// The evaluator sees each position under a symmetry chosen by its hash and this salt; 0 means
  /// the identity.
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
  /// Reuses the evaluation of this position if the last search evaluated it. Adds noise only if
  /// effort.explore is set.
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
  std::vector<std::unique_ptr<Node>> nodes_;  // kept between searches
  int used_ = 0;
  std::vector<Step> path_;
  std::vector<int> schedule_;
  double noise_scale_ = 0;
  std::vector<float> noise_;
  int simulations_ = 0, done_ = 0;
  bool waiting_ = false;     // for the answer to a request
  bool root_known_ = false;  // an earlier search has evaluated node 0
};

}  // namespace ponnuki::search
