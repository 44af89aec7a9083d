// The clock of one side of a match game: absolute time, then Canadian byo-yomi, as in GTP's
// time_settings.
#pragma once

#include <optional>

#include "selfplay/player.h"

namespace ponnuki::selfplay {

class MatchClock {
 public:
  MatchClock(const TimeControl& control, double grace_seconds)
      : control_(control), grace_(grace_seconds), left_{control.main_seconds, 0} {
    if (!control.none() && left_.seconds <= 0) enter_byo_yomi();
  }

  /// For GTP's time_left; nothing if there is no clock.
  std::optional<TimeLeft> left() const {
    return control_.none() ? std::nullopt : std::optional(left_);
  }

  /// Takes off the time of one move. False if that oversteps the clock by more than the grace.
  bool spend(double seconds) {
    if (control_.none()) return true;
    double over = seconds - left_.seconds;
    left_.seconds -= seconds;
    if (over > 0 && left_.stones == 0 && control_.byo_stones > 0) {  // main time ends in this move
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
