// Reads KataGo's model files (.bin.gz, .bin, .txt.gz, .txt; versions 3 to 17) into a Model. What a
// file is, gzip or plain, binary or text, is told from its content, not from its name.
// docs/formats.md describes the layout.
#pragma once

#include <span>
#include <string>

#include "engine/result.h"
#include "nn/byte_stream.h"
#include "nn/model.h"

namespace ponnuki {

/// A checked model (nn/model_check.h). Otherwise one line: the path, the place, what is wrong and
/// what to do. Time and memory are bounded by `limits` and by the data really there, whatever the
/// file claims.
Result<Model> load_model(const std::string& path, const ByteLimits& limits = {});

/// The same from memory; `name` stands for the path in errors.
Result<Model> parse_model(std::span<const unsigned char> bytes, const std::string& name,
                          const ByteLimits& limits = {});

}  // namespace ponnuki
