#include "selfplay/learning/record_samples.h"

#include <algorithm>

#include "engine/format.h"
#include "engine/random.h"
#include "selfplay/records/random_rules.h"

namespace ponnuki::selfplay {

RecordSamples::RecordSamples(SplitCollection games, std::uint64_t seed, bool augment)
    : games_(std::move(games)), seed_(seed), augment_(augment) {}

Status RecordSamples::resume(const RecordsPlace& earlier,
                             const std::function<void(const std::string&)>& say) {
  place_ = earlier;
  const bool is_known = earlier.fingerprint != 0;
  if (is_known && games_.holdout > place_.held_out) {
    return Error{"has learned from all but " + format("%g", place_.held_out) +
                 " of the games and cannot hold out more of them; give --holdout " +
                 format("%g", place_.held_out) + ", or another --dir"};
  }
  place_.held_out = std::min(place_.held_out, games_.holdout);
  const std::uint64_t fingerprint = splitmix64(games_.fingerprint ^ seed_) | 1;
  const bool is_other = is_known ? fingerprint != place_.fingerprint : place_.sample >= positions();
  place_.fingerprint = fingerprint;
  if (is_other && place_.sample > 0) {
    say("the games or the seed are not those of the last start; the epoch begins anew");
    place_.sample = 0;
  }
  return {};
}

double RecordSamples::epochs() const {
  return static_cast<double>(place_.epoch) +
         static_cast<double>(place_.sample) / static_cast<double>(positions());
}

Learner::Maker RecordSamples::next() {
  const auto epoch = static_cast<std::uint64_t>(place_.epoch);
  const auto sample = static_cast<std::uint64_t>(place_.sample);
  const std::uint64_t key = splitmix64(seed_ ^ splitmix64(epoch));
  const auto place = games_.training.place(shuffled(place_.sample, positions(), key));
  Symmetry symmetry;
  Rules rules = place.game->rules;
  if (augment_) {
    Random random(key, sample);
    symmetry = Symmetry(static_cast<int>(random.below(8)));
    rules = rules_for_record(rules, random);
  }
  if (++place_.sample == positions()) {
    place_.sample = 0;
    ++place_.epoch;
  }
  return [place, rules, symmetry](const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                                  TrainingPosition& out) {
    make_training_position(*place.game, place.turn, rules, symmetry, planes, encoder, out);
  };
}

}  // namespace ponnuki::selfplay
