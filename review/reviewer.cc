#include "review/reviewer.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "engine/mutex.h"
#include "engine/search/final_judgement.h"
#include "engine/search/search_pool.h"
#include "review/last_passes.h"

namespace ponnuki::review {
namespace {

// The number of waiting and running searches for each search that the workers can run at the same
// time.
constexpr int kAhead = 3;
constexpr std::size_t kMostOpenGames = 64;

/// A game that is being reviewed.
struct OpenGame {
  explicit OpenGame(ReviewTask the_task) : task(std::move(the_task)) {}

  ReviewTask task;
  std::optional<GameTree::Walk> walk;  // the next position to hand out; none: all are handed out
  int searches = 0;                    // running
  bool second_pass_begun = false;

  GameReview& review() { return task.review; }
  bool is_done() const { return !walk && searches == 0; }
};

/// The destination of an assessment.
struct Place {
  OpenGame* game;
  int node;
};

/// Identifies a search: a position's evaluation_key(), visits, seconds.
using SearchKey = std::tuple<std::uint64_t, std::int64_t, double>;

/// The result of a search, passed from a thread of the pool to the reviewer's thread.
struct Finding {
  SearchKey key;
  std::optional<Position> position;  // none: ended before it began
  Assessment assessment;
};

class Findings {
 public:
  void put(Finding finding) {
    const MutexLock lock(mutex_);
    findings_.push_back(std::move(finding));
    arrived_.notify_one();
  }
  Finding wait_for_one() {
    MutexLock lock(mutex_);
    while (findings_.empty()) arrived_.wait(lock);
    Finding finding = std::move(findings_.front());
    findings_.pop_front();
    return finding;
  }

 private:
  Mutex mutex_;
  Condition arrived_;
  std::deque<Finding> findings_ PONNUKI_GUARDED_BY(mutex_);
};

/// If the game is over by the rules, but the record goes on with moves: the position as one of a
/// game that is not over. Its passes and earlier moves are forgotten.
Position as_it_went_on(const GameTree& tree, int node, const Position& position) {
  if (!position.is_over() || !tree.has_next(node) || !tree.node(node + 1).move) return position;
  return Position(position.board(), tree.node(node + 1).move->color, position.rules(),
                  position.handicap());
}

class Review {
 public:
  Review(Evaluator& evaluator, const ReviewOptions& options, AssessmentCache& cache,
         const ReviewHandlers& handlers)
      : evaluator_(evaluator),
        options_(options),
        cache_(cache),
        handlers_(handlers),
        pool_(evaluator, options.threads) {}

  void run() {
    while (true) {
      while (searches_ < wanted_searches() && hand_out()) finish_games();
      finish_games();
      if (games_.empty() && no_more_) return;
      if (searches_ > 0) take_in(findings_.wait_for_one());
    }
  }

 private:
  int wanted_searches() const {
    const BoardSize size = games_.empty() ? BoardSize{} : games_.front()->review().tree.size();
    return kAhead * options_.threads * std::max(1, evaluator_.traits(size).preferred_batch);
  }

  /// Assesses one position of the first game that has any left, or else of the next game. Returns
  /// false if there is none.
  bool hand_out() {
    for (const auto& game : games_) {
      if (!game->walk) continue;
      hand_out(*game);
      return true;
    }
    if (no_more_ || games_.size() >= kMostOpenGames) return false;
    auto task = handlers_.next();
    no_more_ = !task;
    if (no_more_) return false;
    games_.push_back(std::make_unique<OpenGame>(std::move(*task)));
    OpenGame& game = *games_.back();
    game.review().judge = evaluator_.name();
    game.review().assessments.resize(game.review().tree.nodes().size());
    if (const auto& only = game.task.only)
      assess(game, *only, game.review().tree.position(*only), options_.limits);
    else
      game.walk.emplace(game.review().tree);
    return true;
  }
  void hand_out(OpenGame& game) {
    assess(game, game.walk->node(), game.walk->position(), options_.limits);
    if (!game.walk->advance()) game.walk.reset();
  }

  void assess(OpenGame& game, int node, const Position& recorded,
              const search::SearchLimits& limits) {
    const Effort effort = Effort::of(limits);
    const Position position = as_it_went_on(game.review().tree, node, recorded);
    if (auto known = cache_.find(position, effort)) {
      keep(game, node, std::move(*known));
    } else if (position.is_over()) {
      const Assessment result = assess_result(count(position), effort);
      remember(position, result);
      keep(game, node, result);
    } else {
      search(game, node, position, limits, effort);
    }
  }
  std::optional<Score> count(const Position& position) {
    if (position.is_no_result()) return {};
    const auto judgement = search::final_judgement(position, evaluator_);
    return judgement ? std::optional(judgement->score) : std::nullopt;
  }
  /// Joins a running search of the same position, which is usually for another game.
  void search(OpenGame& game, int node, const Position& position,
              const search::SearchLimits& limits, const Effort& effort) {
    const SearchKey key{position.evaluation_key(), effort.visits, effort.seconds};
    std::vector<Place>& places = under_way_[key];
    places.push_back({&game, node});
    ++game.searches;
    if (places.size() > 1) return;
    search::SearchJob job;
    job.size = position.size();
    job.priority = game.second_pass_begun ? 1 : 0;
    job.report = assessment_options();
    job.prepare = [position, limits, params = options_.params] {
      return search::SearchSetup{
          .position = position, .params = params, .limits = limits, .filters = {}};
    };
    job.tell = [this, key, effort](const search::SearchJob::News& news) {
      if (news.analysis == nullptr)
        findings_.put({key, {}, {}});
      else
        findings_.put({key, *news.position, ponnuki::review::assess(*news.analysis, effort)});
    };
    ++searches_;
    pool_.add(std::move(job));
  }

  void take_in(Finding finding) {
    --searches_;
    ++progress_.searched;
    if (finding.position) remember(*finding.position, finding.assessment);
    const auto places = under_way_.extract(finding.key);
    for (const Place& place : places.mapped()) {
      --place.game->searches;
      keep(*place.game, place.node, finding.assessment);
    }
  }
  void remember(const Position& position, const Assessment& assessment) {
    const Status written = cache_.add(position, assessment);
    if (!written && handlers_.warn) handlers_.warn(written.error().message);
  }
  void keep(OpenGame& game, int node, Assessment assessment) {
    game.review().assessments[static_cast<std::size_t>(node)] = std::move(assessment);
    ++progress_.positions;
    if (handlers_.progress) handlers_.progress(progress_);
  }

  /// Starts second passes, and delivers finished games in their order.
  void finish_games() {
    for (const auto& game : games_) {
      if (game->is_done() && !game->second_pass_begun) begin_second_pass(*game);
    }
    while (!games_.empty() && games_.front()->is_done()) {
      ++progress_.games;
      handlers_.done(games_.front()->review());
      games_.pop_front();
    }
  }
  void begin_second_pass(OpenGame& game) {
    game.second_pass_begun = true;
    if (game.task.only) return;
    game.review().judged_passes = judge_last_passes(game.review(), evaluator_);
    if (!options_.second_limits) return;
    const GameTree& tree = game.review().tree;
    const int most = std::min(options_.second_pass_moves, (tree.main_moves() + 9) / 10);
    std::set<int> nodes;
    for (const int node : turning_points(game.review(), most))
      nodes.insert({tree.node(node).parent, node});
    for (const int node : nodes) {
      if (game.review().at(node).is_result) continue;
      ++progress_.second_pass;
      assess(game, node, tree.position(node), *options_.second_limits);
    }
  }

  Evaluator& evaluator_;
  const ReviewOptions& options_;
  AssessmentCache& cache_;
  const ReviewHandlers& handlers_;
  std::deque<std::unique_ptr<OpenGame>> games_;
  bool no_more_ = false;
  int searches_ = 0;  // running
  std::map<SearchKey, std::vector<Place>> under_way_;
  ReviewProgress progress_;
  Findings findings_;
  search::SearchPool pool_;  // destroyed first: its threads use the members above
};

}  // namespace

void review_games(Evaluator& evaluator, const ReviewOptions& options, AssessmentCache& cache,
                  const ReviewHandlers& handlers) {
  Review(evaluator, options, cache, handlers).run();
}

}  // namespace ponnuki::review
