#include "selfplay/match/net_match.h"

#include <algorithm>

#include "engine/mutex.h"
#include "engine/score.h"
#include "engine/search/gumbel_search.h"
#include "nn/evaluators/net_evaluator.h"
#include "selfplay/match/match_openings.h"

namespace ponnuki::selfplay {
namespace {

search::GumbelParams search_params(std::uint64_t symmetry_salt) {
  search::GumbelParams params;
  params.noise = 0;
  params.symmetry_salt = symmetry_salt | 1;
  return params;
}

Position start_position(const NetMatchTerms& terms) {
  Rules rules;
  rules.komi = terms.komi;
  rules.multi_stone_suicide = false;
  return Position(terms.size, rules);
}

bool is_over(const Position& position) {
  return position.is_over() || position.move_count() >= 3 * position.size().area();
}

void count(Color winner, int number, Tally& tally) {
  if (winner == Color::kEmpty) {
    ++tally.draws;
  } else if ((winner == Color::kBlack) == (number % 2 == 0)) {
    ++tally.wins;
  } else {
    ++tally.losses;
  }
}

std::vector<Point> points_of(const std::vector<Move>& moves) {
  std::vector<Point> points;
  for (const Move& move : moves) points.push_back(move.point);
  return points;
}

/// Replays a game.
Result<Color> winner_of(const std::vector<Point>& moves, const Opening& opening,
                        const NetMatchTerms& terms) {
  const auto [different, ignored] = std::ranges::mismatch(opening, moves);
  if (different != opening.end()) return Error{"another opening"};
  Position position = start_position(terms);
  for (const Point move : moves) {
    if (is_over(position)) return Error{"moves after its end"};
    if (!position.is_legal(move)) return Error{"an illegal move"};
    position.play(move);
  }
  if (!is_over(position)) return Error{"no end"};
  return score_area(position).winner();
}

/// One for two games, from the first game on.
std::vector<Opening> openings_of(const NetMatchOptions& options) {
  if (!options.openings.empty()) return options.openings;
  const int end = options.first + options.games;
  auto openings = generate_openings(options.size, (end + 1) / 2, options.seed);
  openings.erase(openings.begin(), openings.begin() + options.first / 2);
  return openings;
}

/// A slot for one game at a time.
struct Table {
  explicit Table(BoardSize size) : position(size), random(0) {}

  /// One for each net, since a search keeps its net's evaluations.
  std::vector<search::GumbelSearch> searches;
  Position position;
  Random random;
  int game = -1;  // index of the game; in odd games the first net has White
  /// The index of the net that is to move.
  std::size_t mover() const {
    const bool black = position.to_move() == Color::kBlack;
    return black == (game % 2 == 0) ? 0 : 1;
  }
  search::GumbelSearch& search() { return searches[mover()]; }
};

class NetMatch {
 public:
  NetMatch(const std::array<std::shared_ptr<nn::Network>, 2>& nets, const NetMatchOptions& options)
      : nets_(nets), options_(options), openings_(openings_of(options)) {}

  Tally play() {
    const auto workers = options_.workers ? options_.workers : std::make_shared<WorkerPool>();
    workers->run(static_cast<std::size_t>(std::max(1, options_.threads)),
                 [this](std::size_t) { play_thread(); });
    const MutexLock lock(mutex_);
    return tally_;
  }

 private:
  void play_thread() {
    std::array<nn::NetEvaluator, 2> evaluators = {nn::NetEvaluator(nets_[0]),
                                                  nn::NetEvaluator(nets_[1])};
    std::vector<std::unique_ptr<Table>> tables;
    for (int i = 0; i < options_.at_once; ++i) {
      tables.push_back(std::make_unique<Table>(options_.size));
      if (!begin(*tables.back())) {
        tables.pop_back();
        break;
      }
    }
    std::array<std::vector<EvalRequest>, 2> requests;
    while (!tables.empty() && !(options_.stop && *options_.stop)) {
      for (auto& list : requests) list.clear();
      std::erase_if(tables, [&](auto& table) { return !advance(*table, requests); });
      for (std::size_t net = 0; net < 2; ++net) evaluators[net].evaluate(requests[net]);
      for (const auto& table : tables) table->search().absorb();
    }
  }

  /// Begins the next game. Returns false if there is none left.
  bool begin(Table& table) {
    table.game = next_game_++;
    if (table.game >= end_) return false;
    table.position = start_position(options_);
    table.random = Random(options_.seed, static_cast<std::uint64_t>(table.game));
    table.searches.clear();
    for (int net = 0; net < 2; ++net) table.searches.emplace_back(search_params(table.random()));
    for (const Point move : openings_[static_cast<std::size_t>((table.game - options_.first) / 2)])
      table.position.play(move);
    start_turn(table);
    return true;
  }

  /// Plays until the next request for the evaluator. Returns false if there are no games left.
  bool advance(Table& table, std::array<std::vector<EvalRequest>, 2>& requests) {
    while (!table.search().gather(requests[table.mover()]))
      if (!play_move(table)) return false;
    return true;
  }

  void start_turn(Table& table) {
    table.search().start(table.position, {.simulations = options_.simulations}, table.random);
  }

  bool play_move(Table& table) {
    table.position.play(table.search().result().move);
    if (!is_over(table.position)) {
      start_turn(table);
      return true;
    }
    end_game(table);
    return begin(table);
  }

  void end_game(const Table& table) {
    const MutexLock lock(mutex_);
    count(score_area(table.position).winner(), table.game, tally_);
    if (options_.ended) options_.ended({table.game, points_of(table.position.moves())});
    if (options_.progress) options_.progress(tally_.games());
  }

  std::array<std::shared_ptr<nn::Network>, 2> nets_;
  NetMatchOptions options_;
  const int end_ = options_.first + options_.games;  // behind the last game
  std::vector<Opening> openings_;
  std::atomic<int> next_game_{options_.first};
  Mutex mutex_;
  Tally tally_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace

Tally play_net_match(const std::array<std::shared_ptr<nn::Network>, 2>& nets,
                     const NetMatchOptions& options) {
  return NetMatch(nets, options).play();
}

bool is_legal(const Opening& opening, const NetMatchTerms& terms) {
  Position position = start_position(terms);
  for (const Point move : opening) {
    if (is_over(position) || !position.is_legal(move)) return false;
    position.play(move);
  }
  return !is_over(position);
}

Result<Tally> tally_of(const std::vector<NetMatchGame>& games, const NetMatchTerms& terms,
                       const std::vector<Opening>& openings) {
  Tally tally;
  for (const NetMatchGame& game : games) {
    const std::string name = "game " + std::to_string(game.number);
    if (game.number < 0 || game.number >= terms.games) return Error{name + " is not of the match"};
    const auto winner =
        winner_of(game.moves, openings[static_cast<std::size_t>(game.number / 2)], terms);
    if (!winner) return winner.error().in(name);
    count(*winner, game.number, tally);
  }
  return tally;
}

}  // namespace ponnuki::selfplay
