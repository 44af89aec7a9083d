// Any bytes as a rule set, a board diagram and a vertex: understood or refused with one line; what
// is understood is written and read back the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/board.h"
#include "engine/check.h"
#include "engine/coord.h"
#include "engine/rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto rules = parse_rules(text, Rules{}); rules.ok()) {
    const auto again = parse_rules(rules_to_json(*rules), *rules);
    PONNUKI_CHECK(again.ok() && *again == *rules);
    PONNUKI_CHECK(parse_rules(rules_to_name(*rules), *rules).value() == *rules);
  } else {
    PONNUKI_CHECK(!rules.error().message.empty() &&
                  rules.error().message.find('\n') == std::string::npos);
  }
  if (const auto board = Board::parse(text); board.ok()) {
    const auto again = Board::parse(board->to_diagram());
    PONNUKI_CHECK(again.ok() && again->hash() == board->hash());
  }
  const BoardSize board_size{19, 25};
  if (const auto p = parse_gtp_vertex(text, board_size); p.has_value()) {
    PONNUKI_CHECK(parse_gtp_vertex(to_gtp(*p, board_size), board_size) == p);
  }
  return 0;
}
