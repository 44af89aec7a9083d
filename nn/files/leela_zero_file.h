// Reads Leela Zero's weight files (text, plain or gzip): version 1, and version 2, where the value
// is Black's, as ELF OpenGo's nets are published. docs/formats.md describes the layout.
#pragma once

#include <span>
#include <string>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn {

/// Whether a file that begins with these bytes may be one: a line with 1 or 2 alone, then a line
/// that goes on for longer. At least nine bytes are needed.
bool looks_like_leela_zero(std::span<const unsigned char> beginning);

/// A checked model on the board that its layers are for, called as the file `name` without folders.
/// The error says the line and what is wrong, without the file's name. Time and memory are bounded
/// by the data really there.
Result<TowerModel> read_leela_zero(ByteStream& stream, const std::string& name);

}  // namespace ponnuki::nn
