// Numbers of messages, rounded to what a page can show.
#pragma once

#include <cmath>

namespace ponnuki::web {

/// In steps of 1 / `steps`; 0 for what is not finite, which JSON cannot say.
inline double rounded(double value, double steps) {
  return std::isfinite(value) ? std::round(value * steps) / steps : 0;
}
/// A winrate or probability.
inline double share(double value) { return rounded(value, 1e4); }
/// A lead or loss.
inline double points(double value) { return rounded(value, 100); }

}  // namespace ponnuki::web
