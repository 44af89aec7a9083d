#include "review/game_tree.h"

#include <algorithm>

#include "engine/check.h"

namespace ponnuki::review {
namespace {

// The most moves that may be replayed to reach the beginnings of variations.
constexpr std::size_t kMostReplayedMoves = 20'000'000;

constexpr int kMostCutVariations = 1000;

/// The nodes below `root` down to `node`.
std::vector<sgf::SgfNodeId> path_to(const sgf::SgfTree& tree, sgf::SgfNodeId root,
                                    sgf::SgfNodeId node) {
  std::vector<sgf::SgfNodeId> path;
  for (; node != root; node = tree.parent(node)) path.push_back(node);
  std::reverse(path.begin(), path.end());
  return path;
}

Status play_pending(sgf::SgfReplay& replay) {
  while (replay.has_pending_moves()) {
    PONNUKI_TRY([[maybe_unused]] const auto move, replay.next());
  }
  return {};
}

std::uint64_t board_hash(const sgf::SgfReplay& replay) {
  return replay.game().position().board().hash();
}

}  // namespace

/// Reads one line after another: the main line first, then each variation from the node where it
/// branches off.
class GameTree::Reader {
 public:
  Reader(GameTree& tree, bool with_variations) : tree_(tree), with_variations_(with_variations) {}

  Status read(sgf::SgfReplay replay) {
    tree_.nodes_.push_back({.sgf = tree_.root_});
    boards_.push_back(board_hash(replay));
    PONNUKI_TRY(follow(replay, (Line{sgf::kNoSgfNode, 0})));
    tree_.last_main_node_ = static_cast<int>(tree_.nodes_.size()) - 1;
    tree_.find_last_plays();
    tree_.info_ = replay.info();
    while (!lines_.empty()) {
      const Line line = lines_.back();
      lines_.pop_back();
      replayed_moves_ += static_cast<std::size_t>(tree_.node(line.parent).move_number);
      if (replayed_moves_ > kMostReplayedMoves)
        return Error{"too many variations; analyse the main line only"};
      Status status = read_variation(line);
      if (!status && too_many_) return status;
      if (status) continue;
      // Each error finds its byte in the file, which takes time.
      if (++cut_ > kMostCutVariations)
        return Error{"too many variations that cannot be played; analyse the main line only"};
      tree_.info_.add_note("a variation is cut: " + status.error().message);
    }
    return {};
  }

 private:
  struct Line {
    sgf::SgfNodeId first;  // kNoSgfNode: the main line
    int parent;
  };

  Status read_variation(const Line& line) {
    PONNUKI_TRY(sgf::SgfReplay branch, tree_.replay_to(line.first));
    setups_.clear();
    note_setup(branch, line.parent);
    return follow(branch, line);
  }

  /// Follows the first children from the current node of the replay.
  Status follow(sgf::SgfReplay& replay, Line line) {
    while (true) {
      if (replay.has_pending_moves()) {
        PONNUKI_TRY(play(replay, line));
        line = {sgf::kNoSgfNode, static_cast<int>(tree_.nodes_.size()) - 1};
        continue;
      }
      const sgf::SgfNodeId child = tree_.sgf_->first_child(replay.node());
      if (child == sgf::kNoSgfNode || replay.has_ended()) return add_setups(line);
      if (with_variations_) note_siblings(child, line.parent);
      PONNUKI_TRY(replay.enter(child));
      note_setup(replay, line.parent);
    }
  }
  Status play(sgf::SgfReplay& replay, const Line& line) {
    if (line.first == sgf::kNoSgfNode && tree_.nodes_.size() == 1 && !setups_.empty()) {
      tree_.nodes_.front().sgf = setups_.back().sgf;
      boards_.front() = setups_.back().board;
    }
    setups_.clear();
    const bool continues = boards_[static_cast<std::size_t>(line.parent)] == board_hash(replay);
    PONNUKI_TRY(const auto move, replay.next());
    return add({replay.node(), line.parent, replay.move_number(), move, continues, line.first},
               board_hash(replay));
  }
  Status add(const GameNode& node, std::uint64_t board) {
    too_many_ = tree_.nodes_.size() >= kMostPositions;
    if (too_many_) return Error{"more than " + std::to_string(kMostPositions) + " positions"};
    tree_.nodes_.push_back(node);
    boards_.push_back(board);
    return {};
  }

  /// Remembers the current node if it sets up another board than the one before it.
  void note_setup(const sgf::SgfReplay& replay, int parent) {
    const std::uint64_t before =
        setups_.empty() ? boards_[static_cast<std::size_t>(parent)] : setups_.back().board;
    if (setups_.size() > kMostPositions) return;  // add_setups() will complain
    if (board_hash(replay) != before) setups_.push_back({replay.node(), board_hash(replay)});
  }
  /// Makes nodes of the setups behind the last move of the line.
  Status add_setups(Line line) {
    const int moves = tree_.node(line.parent).move_number;
    for (const Setup& setup : setups_) {
      PONNUKI_TRY(add({setup.sgf, line.parent, moves, {}, false, line.first}, setup.board));
      line = {sgf::kNoSgfNode, static_cast<int>(tree_.nodes_.size()) - 1};
    }
    setups_.clear();
    return {};
  }
  void note_siblings(sgf::SgfNodeId child, int parent) {
    const sgf::SgfTree& sgf = *tree_.sgf_;
    while ((child = sgf.next_sibling(child)) != sgf::kNoSgfNode) lines_.push_back({child, parent});
  }

  GameTree& tree_;
  bool with_variations_;
  std::vector<std::uint64_t> boards_;  // hashes of the nodes' boards
  std::vector<Line> lines_;            // lines still to be read
  struct Setup {
    sgf::SgfNodeId sgf;
    std::uint64_t board;
  };
  std::vector<Setup> setups_;  // since the last move of the line
  bool too_many_ = false;
  int cut_ = 0;  // variations
  std::size_t replayed_moves_ = 0;
};

Result<GameTree> GameTree::read(std::shared_ptr<const sgf::SgfTree> sgf, sgf::SgfNodeId root,
                                const RecordRules& rules, bool with_variations) {
  GameTree tree;
  tree.sgf_ = std::move(sgf);
  tree.root_ = root;
  tree.rules_ = rules;
  PONNUKI_TRY(sgf::SgfReplay replay, tree.start());
  tree.info_ = replay.info();  // the size, for error messages
  PONNUKI_TRY(Reader(tree, with_variations).read(std::move(replay)));
  const std::vector<std::string> notes = tree.sgf_->notes(root);
  tree.info_.notes.insert(tree.info_.notes.begin(), notes.begin(), notes.end());
  return tree;
}

Result<sgf::SgfReplay> GameTree::start() const {
  auto replay = sgf::SgfReplay::start(*sgf_, root_, rules_.base);
  if (replay) replay->set_rules(rules_.instead_of(replay->info().rules, *sgf_, root_));
  return replay;
}

Result<sgf::SgfReplay> GameTree::replay_to(sgf::SgfNodeId node) const {
  auto replay = start();
  if (!replay) return replay;
  for (const sgf::SgfNodeId step : path_to(*sgf_, root_, node)) {
    PONNUKI_TRY(play_pending(*replay));
    PONNUKI_TRY(replay->enter(step));
  }
  return replay;
}

/// In records a player may move twice in a row, as Black does with handicap stones.
void GameTree::let_next_player_move(sgf::SgfReplay& replay, int number) const {
  if (has_next(number) && node(number + 1).move) replay.set_to_move(node(number + 1).move->color);
}

Position GameTree::position(int number) const {
  const GameNode& wanted = node(number);
  auto replay = replay_to(wanted.sgf);
  PONNUKI_CHECK(replay.ok());
  while (replay->move_number() < wanted.move_number) PONNUKI_CHECK(replay->next().ok());
  let_next_player_move(*replay, number);
  return replay->game().position();
}

void GameTree::find_last_plays() {
  for (int number = 1; number <= last_main_node_; ++number) {
    const auto& move = node(number).move;
    if (move && !move->point.is_pass()) last_plays_[move->color == Color::kWhite] = number;
  }
}

bool GameTree::has_next(int number) const {
  const std::size_t next = static_cast<std::size_t>(number) + 1;
  return next < nodes_.size() && nodes_[next].parent == number &&
         nodes_[next].line == sgf::kNoSgfNode;
}

GameTree::Walk::Walk(const GameTree& tree)
    : tree_(&tree), replay_(*tree.replay_to(tree.node(0).sgf)) {
  tree.let_next_player_move(replay_, 0);
}

bool GameTree::Walk::advance() {
  if (node_ + 1 >= static_cast<int>(tree_->nodes_.size())) return false;
  const GameNode& next = tree_->node(++node_);
  if (next.line != sgf::kNoSgfNode) replay_ = *tree_->replay_to(next.line);
  if (next.move) PONNUKI_CHECK(replay_.next().ok());
  while (replay_.node() != next.sgf)
    PONNUKI_CHECK(replay_.enter(tree_->sgf_->first_child(replay_.node())).ok());
  tree_->let_next_player_move(replay_, node_);
  return true;
}

}  // namespace ponnuki::review
