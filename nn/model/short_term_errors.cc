#include "nn/model/short_term_errors.h"

#include <cmath>

#include "nn/model/scalar_functions.h"

namespace ponnuki::nn {
namespace {

/// The x for which softplus(x) = y. Uses expm1(), because y is usually small.
double inverse_softplus(double y) { return y > 30 ? y : std::log(std::expm1(y)); }

}  // namespace

ShortTermMultipliers short_term_multipliers(int version, const PostProcess& post) {
  if (version == 9) return {1, 10};
  return {static_cast<double>(post.short_term_value_error),
          static_cast<double>(post.short_term_score_error)};
}

double short_term_error(int version, double raw, double multiplier) {
  if (version >= 14) return softplus(raw * 0.5) * std::sqrt(multiplier);
  if (version >= 10) return std::sqrt(softplus(raw) * multiplier);
  return softplus(raw) * multiplier;
}

double short_term_raw(int version, double error, double multiplier) {
  if (version >= 14) return 2 * inverse_softplus(error / std::sqrt(multiplier));
  if (version >= 10) return inverse_softplus(error * error / multiplier);
  return inverse_softplus(error / multiplier);
}

}  // namespace ponnuki::nn
