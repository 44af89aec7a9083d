// Functions of one number for the outputs of nets.
#pragma once

#include <cmath>

namespace ponnuki::nn {

inline double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
/// log(1 + e^x).
inline double softplus(double x) { return x > 40 ? x : std::log1p(std::exp(x)); }

}  // namespace ponnuki::nn
