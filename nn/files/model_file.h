// Reads network files: KataGo's (.bin.gz, .bin, .txt.gz, .txt; versions 3 to 17), Leela Zero's
// (.txt, .txt.gz), our own (.safetensors) and ONNX files that this program wrote. The content of a
// file, not its name, determines its kind: gzip or plain, binary or text. docs/formats.md describes
// the layouts.
#pragma once

#include <span>
#include <string>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// Returns a checked model of either architecture (check_model(), check_tower()). The error is one
/// line: the path, the place, the problem and what to do. Time and memory are bounded by `limits`
/// and by the data that were read, whatever the file claims.
Result<AnyModel> load_net(const std::string& path, const ByteLimits& limits = {});

/// Loads a net for callers that can use only KataGo nets. Returns an error for a tower.
Result<Model> load_model(const std::string& path, const ByteLimits& limits = {});

/// Like load_model(), from memory. Errors have `name` in place of the path.
Result<Model> parse_model(std::span<const unsigned char> bytes, const std::string& name,
                          const ByteLimits& limits = {});

}  // namespace ponnuki::nn
