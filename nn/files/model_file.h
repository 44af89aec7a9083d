// Reads network files: KataGo's (.bin.gz, .bin, .txt.gz, .txt; versions 3 to 17), Leela Zero's
// (.txt, .txt.gz), our own (.safetensors) and ONNX files that this program wrote. The content of a
// file, not its name, tells its kind: gzip or plain, binary or text. docs/formats.md describes the
// layouts.
#pragma once

#include <span>
#include <string>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// A checked model of either kind (check_model(), check_tower()). Otherwise one line: the path, the
/// place, what is wrong and what to do. Time and memory are bounded by `limits` and by the data
/// really there, whatever the file claims.
Result<AnyModel> load_net(const std::string& path, const ByteLimits& limits = {});

/// The same, for callers that can use KataGo's kind only.
Result<Model> load_model(const std::string& path, const ByteLimits& limits = {});

/// The same from memory; errors have `name` in place of the path.
Result<Model> parse_model(std::span<const unsigned char> bytes, const std::string& name,
                          const ByteLimits& limits = {});

}  // namespace ponnuki::nn
