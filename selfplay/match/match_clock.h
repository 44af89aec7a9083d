// The clock of one side in a match game: absolute time, then Canadian byo-yomi, as in GTP's
// time_settings.
#pragma once

#include <optional>

#include "selfplay/match/player.h"

namespace ponnuki::selfplay {

class MatchClock {
 public:
  MatchClock(const TimeControl& control, double grace_seconds)
      : control_(control), grace_(grace_seconds), left_{control.main_seconds, 0} {
    if (!control.none() && left_.seconds <= 0) enter_byo_yomi();
  }

  /// The values for GTP's time_left; nothing if there is no clock.
  std::optional<TimeLeft> left() const {
    return control_.none() ? std::nullopt : std::optional(left_);
  }
  std::optional<ClockView> view() const {
    if (control_.none()) return std::nullopt;
    const bool byo_yomi_follows = left_.stones == 0 && control_.byo_stones > 0;
    return ClockView{left_, left_.seconds + (byo_yomi_follows ? control_.byo_seconds : 0) + grace_};
  }

  /// Subtracts the time of one move. Returns false if the clock is exceeded by more than the grace
  /// time.
  bool spend(double seconds) {
    if (control_.none()) return true;
    double over = seconds - left_.seconds;
    left_.seconds -= seconds;
    // Main time ends during this move.
    if (over > 0 && left_.stones == 0 && control_.byo_stones > 0) {
      enter_byo_yomi();
      left_.seconds -= over;
      over = -left_.seconds;
    }
    if (over > grace_) return false;
    if (left_.seconds < 0) left_.seconds = 0;
    if (left_.stones > 0 && --left_.stones == 0) enter_byo_yomi();
    return true;
  }

 private:
  void enter_byo_yomi() { left_ = {control_.byo_seconds, control_.byo_stones}; }

  TimeControl control_;
  double grace_;
  TimeLeft left_;
};

}  // namespace ponnuki::selfplay
