// Short descriptions of layers, for tables.
#pragma once

#include <cstdint>
#include <string>

#include "nn/model/model.h"

namespace ponnuki::nn {

const char* to_string(Activation activation);    // "identity", "ReLU", "mish", "SiLU"
std::string shape_text(const ConvLayer& layer);  // "3x3, 96 -> 64", "3x3 dilated 2x2, 96 -> 64"
std::string grouped(std::int64_t number);        // 1234567 → "1,234,567"; requires number >= 0

/// The name of the input of an attention block's output projection, which is the results of all
/// heads side by side.
std::string heads_name(const TransformerAttentionBlock& block);

}  // namespace ponnuki::nn
