// The readers of server_record.cc, one for each format. The text is UTF-8.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "engine/sgf/parser.h"
#include "engine/sgf/servers/record_fields.h"

namespace ponnuki::sgf {

Result<ServerRecord> read_gib(std::string_view text, const SgfLimits& limits);
Result<ServerRecord> read_ngf(std::string_view text, const SgfLimits& limits);
Result<ServerRecord> read_ugf(std::string_view text, const SgfLimits& limits);

/// True if the lines of a text are those of an NGF file, with or without moves. `lines` may end
/// behind the header.
bool is_ngf(const std::vector<std::string_view>& lines);
/// True if these lines begin with the header of an NGF file of the newer form.
bool begins_with_ngf_header(std::span<const std::string_view> lines);

}  // namespace ponnuki::sgf
