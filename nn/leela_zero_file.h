// Reads Leela Zero's weight files (text, plain or gzip): version 1, and version 2, where the value
// is Black's, as ELF OpenGo's nets are published. docs/formats.md describes the layout.
#pragma once

#include <span>
#include <string>

#include "engine/result.h"
#include "nn/byte_stream.h"
#include "nn/tower_model.h"

namespace ponnuki {

/// Whether a file begins as these do: a line with 1 or 2 alone, then a line of many numbers.
bool begins_like_leela_zero(std::span<const unsigned char> beginning);

/// A checked model on the board that its layers are for. Otherwise one line: `name`, the line of
/// the file, what is wrong. Time and memory are bounded by the data really there.
Result<TowerModel> read_leela_zero(ByteStream& stream, const std::string& name);

}  // namespace ponnuki
