#include "selfplay/games/training_games.h"

#include <algorithm>
#include <cmath>

#include "engine/forwarding_evaluator.h"
#include "engine/referee/judgement.h"
#include "selfplay/records/random_rules.h"

namespace ponnuki::selfplay {

namespace {

enum class TurnKind {
  kOpening,  // drawn from the policy, not searched
  kFull,     // recorded
  kFast,     // not recorded
  kDecided   // recorded with a smaller weight
};

}  // namespace

/// The evaluator of the searches. It forwards to the evaluator of the latest step().
class TrainingGames::Relay final : public ForwardingEvaluator {
 public:
  using ForwardingEvaluator::forward_to;
  /// The first games begin before the first step(), when there is no target yet.
  EvaluatorTraits traits(BoardSize size) const override {
    return has_target() ? ForwardingEvaluator::traits(size) : EvaluatorTraits{};
  }
};

struct TrainingGames::Slot {
  explicit Slot(std::unique_ptr<search::TurnSearch> turn_search)
      : search(std::move(turn_search)), position(BoardSize{}), random(0) {}

  std::unique_ptr<search::TurnSearch> search;
  Position position;
  Random random;
  std::unique_ptr<GameRecord> record;  // null: no game is under way
  std::vector<double> surprises;    // for each turn of the record
  int opening_left = 0;             // moves still to be drawn from the policy
  int decided_turns = 0;            // consecutive
  TurnKind kind = TurnKind::kFull;  // of the current turn
  search::TurnEffort effort;
};

namespace {

using Share = TrainingGamesOptions::Share;

const Share& draw_share(const std::vector<Share>& sizes, Random& random) {
  std::vector<double> weights;
  weights.reserve(sizes.size());
  for (const Share& share : sizes) weights.push_back(share.weight);
  return sizes[random.pick(weights)];
}

float draw_komi(const TrainingGamesOptions& options, const Share& share, Random& random) {
  const bool wide = random.uniform() < options.wide_komi_chance;
  const double stdev = wide ? options.wide_komi_stdev : options.komi_stdev;
  const double komi = share.komi + stdev * random.normal();
  const double most = share.size.area();
  return static_cast<float>(std::round(2 * std::clamp(komi, -most, most)) / 2);
}

/// The game's rules, with the komi that makes the position before this turn even, by the search's
/// score.
Rules even_rules(const GameRecord& game, std::size_t turn) {
  const double most = game.size.area();
  const double komi =
      static_cast<double>(game.rules.komi) - game.outlook_at(turn, Color::kWhite).score;
  Rules rules = game.rules;
  rules.komi = static_cast<float>(std::round(2 * std::clamp(komi, -most, most)) / 2);
  return rules;
}

/// The Kullback-Leibler divergence of the search's policy from the net's policy.
double surprise_of(const search::TurnResult& result) {
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < result.policy.size(); ++i) {
    const auto p = static_cast<double>(result.policy[i]);
    total += p;
    if (p > 1e-6) sum += p * std::log(p / std::max(1e-9, static_cast<double>(result.prior[i])));
  }
  sum = sum / total - std::log(total);  // normalises the policy
  return std::max(0.0, sum);
}

/// Redistributes the given share of the turns' weights to the turns with the largest surprises.
void weigh_by_surprise(const std::vector<double>& surprises, double share, GameRecord& game) {
  double total = 0, weights = 0;
  for (std::size_t i = 0; i < surprises.size(); ++i) {
    total += game.turns[i].weight * surprises[i];
    weights += game.turns[i].weight;
  }
  if (total <= 0) return;
  for (std::size_t i = 0; i < surprises.size(); ++i) {
    RecordedTurn& turn = game.turns[i];
    if (turn.weight == 0) continue;
    const double factor = 1 - share + share * surprises[i] * weights / total;
    turn.weight =
        static_cast<std::uint8_t>(std::clamp(std::lround(turn.weight * factor), 1L, 255L));
  }
}

}  // namespace

int TrainingGamesOptions::simulations_on(BoardSize size) const {
  for (const Share& share : sizes)
    if (share.size == size && share.simulations > 0) return share.simulations;
  return simulations;
}

TrainingGames::TrainingGames(const TrainingGamesOptions& options, std::uint64_t seed,
                             Finished finished)
    : options_(options),
      finished_(std::move(finished)),
      random_(seed),
      relay_(std::make_unique<Relay>()) {
  for (int i = 0; i < options_.games; ++i) {
    slots_.push_back(std::make_unique<Slot>(make_search()));
    begin_game(*slots_.back());
  }
}

std::unique_ptr<search::TurnSearch> TrainingGames::make_search() {
  if (options_.search == TrainingGamesOptions::SearchKind::kPuct)
    return std::make_unique<search::PuctTurn>(*relay_, options_.puct);
  search::GumbelParams params = options_.gumbel;
  params.symmetry_salt = random_() | 1;
  return std::make_unique<search::GumbelSearch>(params);
}

TrainingGames::~TrainingGames() = default;

void TrainingGames::step(Evaluator& evaluator) {
  relay_->forward_to(evaluator);
  requests_.clear();
  for (const auto& slot : slots_) advance(*slot);
  if (requests_.empty()) return;  // the last games have ended
  evaluator.evaluate(requests_);
  for (const auto& slot : slots_)
    if (slot->record) slot->search->absorb();
}

bool TrainingGames::is_empty() const {
  return std::ranges::none_of(slots_, [](const auto& slot) { return slot->record != nullptr; });
}

/// Plays moves of a game until there is a request for the evaluator, and adds the request.
void TrainingGames::advance(Slot& slot) {
  while (slot.record && !slot.search->gather(requests_)) end_turn(slot);
}

int TrainingGames::scaled(double moves, BoardSize size) const {
  return static_cast<int>(moves * size.area() / 81);
}

void TrainingGames::begin_game(Slot& slot) {
  slot.random = Random(random_());
  Random& random = slot.random;
  const Share& share = draw_share(options_.sizes, random);
  Rules rules = options_.rules ? *options_.rules : random_rules(random);
  rules.komi = draw_komi(options_, share, random);
  begin_record(slot, share.size, rules);
  if (follow_opening(slot)) return begin_turn(slot);
  // Exponentially distributed around its mean.
  slot.opening_left = scaled(-std::log(1 - random.uniform()) * options_.opening_moves, share.size);
  if (random.uniform() < options_.random_opening_chance) play_random_moves(slot);
  begin_turn(slot);
}

void TrainingGames::begin_record(Slot& slot, BoardSize size, const Rules& rules) {
  slot.position = Position(size, rules);
  slot.record = std::make_unique<GameRecord>();
  slot.record->size = size;
  slot.record->rules = rules;
  slot.surprises.clear();
  slot.opening_left = slot.decided_turns = 0;
}

/// Follows a game up to a random turn and plays a random move there.
void TrainingGames::begin_fork(Slot& slot, const GameRecord& source) {
  const auto last = static_cast<std::uint32_t>(source.turns.size()) - 1;
  const std::size_t fork = slot.random.below(std::max(last, 1U));
  begin_record(slot, source.size, even_rules(source, fork));
  for (std::size_t i = 0; i < fork; ++i) follow(slot, source.turns[i].move);
  const auto area = static_cast<std::uint32_t>(source.size.area());
  for (int tries = 0; tries < 100; ++tries) {
    const auto cell = static_cast<std::uint16_t>(slot.random.below(area));
    if (!slot.position.is_legal(Point::from_cell(cell, source.size))) continue;
    follow(slot, cell);
    break;
  }
  begin_turn(slot);
}

/// Plays a move that is not used for training.
void TrainingGames::follow(Slot& slot, std::uint16_t cell) {
  RecordedTurn turn;
  turn.move = cell;
  slot.record->turns.push_back(turn);
  slot.surprises.push_back(0);
  slot.position.play(Point::from_cell(cell, slot.position.size()));
}

void TrainingGames::set_komi(const std::vector<double>& komi) {
  for (std::size_t i = 0; i < options_.sizes.size(); ++i) options_.sizes[i].komi = komi.at(i);
}

void TrainingGames::play_random_moves(Slot& slot) {
  const BoardSize size = slot.position.size();
  const int most = std::max(1, scaled(options_.random_opening_moves, size));
  const auto area = static_cast<std::uint32_t>(size.area());
  for (auto left = slot.random.below(static_cast<std::uint32_t>(most)); left > 0; --left) {
    const auto cell = static_cast<std::uint16_t>(slot.random.below(area));
    if (slot.position.is_legal(Point::from_cell(cell, size))) follow(slot, cell);
  }
}

/// Plays moves of another game. Returns false if this game does not begin in that way.
bool TrainingGames::follow_opening(Slot& slot) {
  const double chance = options_.followed_opening_chance;
  if (chance == 0 || slot.random.uniform() >= chance) return false;
  const BoardSize size = slot.position.size();
  for (const std::uint16_t cell : options_.openings(size, slot.random)) {
    const Point move = Point::from_cell(cell, size);
    if (move.is_pass() || !slot.position.is_legal(move)) break;
    follow(slot, cell);
  }
  return !slot.record->turns.empty();
}

void TrainingGames::begin_turn(Slot& slot) {
  const int simulations = options_.simulations_on(slot.position.size());
  slot.kind = slot.opening_left > 0                         ? TurnKind::kOpening
              : slot.decided_turns >= 3                     ? TurnKind::kDecided
              : slot.random.uniform() < options_.fast_share ? TurnKind::kFast
                                                            : TurnKind::kFull;
  switch (slot.kind) {
    case TurnKind::kOpening:
      slot.effort = {0, true};
      break;
    case TurnKind::kFull:
      slot.effort = {simulations, true};
      break;
    case TurnKind::kFast:
      slot.effort = {options_.fast_simulations, false};
      break;
    case TurnKind::kDecided:
      slot.effort = {std::min(simulations, options_.decided_simulations), true};
      break;
  }
  slot.search->start(slot.position, slot.effort, slot.random);
}

void TrainingGames::end_turn(Slot& slot) {
  const search::TurnResult result = slot.search->result();
  record_turn(slot, result);
  play(slot, result.move);
}

void TrainingGames::record_turn(Slot& slot, const search::TurnResult& result) {
  const auto cell = static_cast<std::uint16_t>(result.move.cell(slot.position.size()));
  RecordedTurn turn;
  turn.move = cell;
  const bool is_recorded = slot.kind == TurnKind::kFull || slot.kind == TurnKind::kDecided;
  if (is_recorded) {
    const double weight = slot.kind == TurnKind::kDecided ? options_.decided_weight : 1;
    turn = RecordedTurn::of(cell, static_cast<float>(weight), result.policy);
  }
  slot.surprises.push_back(is_recorded ? surprise_of(result) : 0);
  if (slot.kind == TurnKind::kOpening) {
    --slot.opening_left;
  } else {
    ++stats_.turns;
    stats_.simulations += slot.effort.simulations;
    turn.set_value(result.win, result.loss, result.score_mean);
    const bool decided = std::abs(static_cast<double>(result.win - result.loss)) > options_.decided;
    slot.decided_turns = decided ? slot.decided_turns + 1 : 0;
  }
  slot.record->turns.push_back(std::move(turn));
}

void TrainingGames::play(Slot& slot, Point move) {
  slot.position.play(move);
  const int most = static_cast<int>(options_.max_moves * slot.position.size().area());
  if (!slot.position.is_over() && slot.position.move_count() < most)
    begin_turn(slot);
  else
    end_game(slot);
}

/// Delivers the finished game and begins the next one.
void TrainingGames::end_game(Slot& slot) {
  const bool is_settled = slot.position.is_over() && !slot.position.is_no_result();
  if (is_settled)
    slot.record->finish(slot.position, referee::judge_quickly(slot.position));
  else
    slot.record->finish(slot.position);
  weigh_by_surprise(slot.surprises, options_.surprise_share, *slot.record);
  ++stats_.games;
  std::unique_ptr<GameRecord> game = std::move(slot.record);
  const bool forks = slot.random.uniform() < options_.fork_chance;
  if (begins_games_ && forks)
    begin_fork(slot, *game);
  else if (begins_games_)
    begin_game(slot);
  finished_(std::move(game));
}

}  // namespace ponnuki::selfplay
