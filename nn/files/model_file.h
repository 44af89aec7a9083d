// Reads network files: KataGo's (.bin.gz, .bin, .txt.gz, .txt; versions 3 to 17), Leela Zero's
// (.txt, .txt.gz), our own (.safetensors) and ONNX files that this program wrote. The content of a
// file, not its name, determines its kind: gzip or plain, binary or text. docs/formats.md describes
// the layouts.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// What a reader noticed in a file that it could read.
struct NetFileNotes {
  /// Bytes behind the net. Only KataGo's formats, which tell neither size nor checksum, can have
  /// some; blanks do not count.
  std::uint64_t bytes_behind = 0;
};

/// Returns a checked model of either architecture (check_model(), check_tower()). The error is one
/// line: the path, the place, the problem and what to do. Time and memory are bounded by `limits`
/// and by the data that were read, whatever the file claims.
Result<AnyModel> load_net(const std::string& path, const ByteLimits& limits = {},
                          NetFileNotes* notes = nullptr);

/// Loads a net for callers that can use only KataGo nets. Returns an error for a tower.
Result<Model> load_model(const std::string& path, const ByteLimits& limits = {});

/// Like load_model(), from memory. Errors have `name` in place of the path.
Result<Model> parse_model(std::span<const unsigned char> bytes, const std::string& name,
                          const ByteLimits& limits = {});

}  // namespace ponnuki::nn
