#include "selfplay/game_pool.h"

namespace ponnuki {

struct GamePool::Slot {
  Slot(Evaluator& evaluator, const GamePoolOptions& options)
      : position(options.size, options.rules), search(evaluator, options.search) {}

  Position position;
  Search search;
};

GamePool::GamePool(Evaluator& evaluator, const GamePoolOptions& options)
    : evaluator_(evaluator), options_(options), next_seed_(options.search.seed) {
  options_.search.threads = 1;
  options_.search.leaves_per_thread = 1;
  for (int i = 0; i < options_.games; ++i) {
    slots_.push_back(std::make_unique<Slot>(evaluator_, options_));
    start_game(*slots_.back());
  }
}

GamePool::~GamePool() = default;

void GamePool::step() {
  requests_.clear();
  for (const auto& slot : slots_) advance(*slot);
  evaluator_.evaluate(requests_);
  for (const auto& slot : slots_) slot->search.absorb();
}

/// Adds the next requests of a game, playing moves until there are some. Searches whose playouts
/// end without the evaluator are absorbed on the way.
void GamePool::advance(Slot& slot) {
  const std::size_t before = requests_.size();
  while (true) {
    if (!slot.search.gather(requests_)) {
      play_move(slot);
    } else if (requests_.size() > before) {
      return;
    } else {
      slot.search.absorb();
    }
  }
}

void GamePool::play_move(Slot& slot) {
  stats_.visits += slot.search.finish().playouts;
  ++stats_.moves;
  slot.position.play(slot.search.choose_move().move);
  if (slot.position.is_over() || slot.position.move_count() >= options_.max_moves) {
    ++stats_.games;
    if (options_.finished) options_.finished(slot.position);
    start_game(slot);
  } else {
    slot.search.set_position(slot.position);
    slot.search.start(options_.limits);
  }
}

void GamePool::start_game(Slot& slot) {
  SearchParams params = options_.search;
  params.seed = next_seed_++;
  slot.search.clear();
  slot.search.set_params(params);
  slot.position = Position(options_.size, options_.rules);
  slot.search.set_position(slot.position);
  slot.search.start(options_.limits);
}

}  // namespace ponnuki
