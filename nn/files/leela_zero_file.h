// Reads Leela Zero's weight files (text, plain or gzip): version 1, and version 2, whose value is
// from Black's perspective, as in ELF OpenGo's nets. docs/formats.md describes the layout.
#pragma once

#include <span>
#include <string>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn {

/// Whether a file that begins with these bytes may be a Leela Zero file: its first line is 1 or 2,
/// and its second line is longer. Needs at least nine bytes.
bool looks_like_leela_zero(std::span<const unsigned char> beginning);

/// Returns a checked model for the board size that its layers imply. Its name is the file name
/// `name` without folders. The error names the line and the problem, but not the file. Time and
/// memory are bounded by the data that were read.
Result<TowerModel> read_leela_zero(ByteStream& stream, const std::string& name);

}  // namespace ponnuki::nn
