// RecordSamples: the positions of game records, one after another, as training samples.
//
// An epoch shows each position once. Order and symmetries depend only on the seed, the games and
// the number of the sample, so that a run that was killed continues with the same samples.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "selfplay/learning/learner.h"
#include "selfplay/records/game_collection.h"

namespace ponnuki::selfplay {

/// How far a run has come in its game records.
struct RecordsPlace {
  std::int64_t epoch = 0;   // number of complete epochs
  std::int64_t sample = 0;  // samples used in the current epoch
  // Of the games to learn from and the seed, which determine the order of an epoch; 0: unknown.
  std::uint64_t fingerprint = 0;
  double held_out = 1;  // the smallest share of games that were ever held out
};

class RecordSamples {
 public:
  /// Requires games to learn from. With `augment`, each sample has a random symmetry and,
  /// half of the time, other rules (rules_for_record()).
  RecordSamples(SplitCollection games, std::uint64_t seed, bool augment);

  /// Continues from the place of an earlier process, or begins at that of a new run. If the games or
  /// the seed are not those of that process, the epoch begins anew, and `say` gets a line about it.
  /// Returns an error if games would be held out from which the run may have learned.
  Status resume(const RecordsPlace& earlier, const std::function<void(const std::string&)>& say);
  const RecordsPlace& place() const { return place_; }
  const SplitCollection& games() const { return games_; }
  std::int64_t positions() const { return games_.training.positions(); }
  /// The number of epochs so far.
  double epochs() const;

  /// Prepares the next sample. The games must outlive it.
  Learner::Maker next();

 private:
  SplitCollection games_;
  std::uint64_t seed_;
  bool augment_;
  RecordsPlace place_;
};

}  // namespace ponnuki::selfplay
