// QuizDeck: mistakes that a person tries again on later days (spaced repetition, as Leitner's boxes:
// S. Leitner, So lernt man lernen, 1972). A right answer puts a card one box further, a wrong one
// into the first; each box waits longer. Kept in a file. Thread-safe.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "engine/mutex.h"
#include "engine/result.h"
#include "engine/types.h"

namespace ponnuki::web {

using Day = std::chrono::sys_days;
/// The day of the calendar here.
Day today();

/// A mistake in a stored game.
struct QuizCard {
  std::string game;  // its id
  int node = 0;      // of the main line, with the mistake
  std::string move;  // as a vertex; another move there means that the game has changed
  Color player = Color::kBlack;
  double points = 0;  // that it lost
  int box = 0;
  Day due;
};

class QuizDeck {
 public:
  static constexpr std::size_t kMostCards = 10'000;

  /// Reads the file, if it exists. Returns an error if it is damaged, and leaves it as it is.
  static Result<std::unique_ptr<QuizDeck>> open(const std::string& path);

  /// Cards that are due on a day, those that wait longest first.
  std::vector<QuizCard> due(Day day) const;
  std::size_t size() const;
  /// The day on which the next card is due; the epoch if there is none.
  Day next_day() const;

  /// Moves the card of this mistake, which is new if the deck lacks it. Returns an error if the file
  /// cannot be written, or the deck is full.
  Status answer(const QuizCard& mistake, bool is_right, Day day);
  /// Removes one card, or all cards of a game.
  Status forget(const std::string& game, int node);
  Status forget(const std::string& game);

 private:
  QuizDeck(std::string path, std::vector<QuizCard> cards)
      : path_(std::move(path)), cards_(std::move(cards)) {}
  Status save(std::vector<QuizCard> cards) PONNUKI_REQUIRES(mutex_);

  const std::string path_;
  mutable Mutex mutex_;
  std::vector<QuizCard> cards_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace ponnuki::web
