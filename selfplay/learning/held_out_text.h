// A HeldOutReport as text.
#pragma once

#include <string>

#include "engine/format.h"
#include "selfplay/learning/held_out.h"

namespace ponnuki::selfplay {

template <typename Json>
Json held_out_json(const HeldOutReport& report) {
  return {{"positions", report.positions},
          {"policyLoss", report.policy_loss},
          {"top1", report.top1},
          {"top5", report.top5},
          {"valued", report.valued},
          {"valueLoss", report.value_loss},
          {"valueAccuracy", report.value_accuracy},
          {"owned", report.owned},
          {"ownershipAccuracy", report.ownership_accuracy}};
}

/// To be appended to a line; "" if there were no positions.
inline std::string to_text(const HeldOutReport& report) {
  std::string text;
  if (report.positions > 0) {
    text += format("  held out: policy %.3f  top-1 %.1f %%  top-5 %.1f %%", report.policy_loss,
                   100 * report.top1, 100 * report.top5);
  }
  if (report.valued > 0)
    text += format("  value %.3f  winner %.1f %%", report.value_loss, 100 * report.value_accuracy);
  return text;
}

}  // namespace ponnuki::selfplay
