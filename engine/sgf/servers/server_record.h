// Game records of Asian servers, as trees of SGF: GIB (Tygem), NGF (CyberOro, WBaduk) and UGF
// (PandaNet; files .ugf and .ugi). None of them has a public specification. What is known comes
// from Sensei's Library (senseis.xmp.net: GIB, NGF, UGF) and from files. parse_sgf() comes here by
// itself, so that whatever reads SGF reads these too.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/result.h"
#include "engine/sgf/parser.h"

namespace ponnuki::sgf {

enum class ServerFormat { kGib, kNgf, kUgf };

/// The format by the contents of a file; nothing for SGF and for all else.
std::optional<ServerFormat> server_format(std::string_view bytes);

/// Reads the bytes of a file that server_format() knows. The tree has a game without variations,
/// or several if the file is several records one behind the other: names, ranks, date, place, event,
/// komi, handicap, rules and result in its root, then the moves.
/// Points of a move or a handicap that are off the board are errors, which name the line; lines of
/// unknown kinds are left out.
Result<SgfTree> read_server_record(ServerFormat format, std::string bytes, const SgfLimits& limits);

}  // namespace ponnuki::sgf
