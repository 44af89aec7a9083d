// Any bytes as an assessment, as the cache of analyses stores it: refused, or written and read back
// the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/check.h"
#include "review/assessment.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  for (const BoardSize board : {BoardSize{9, 9}, BoardSize{19, 19}}) {
    const auto assessment = review::parse_assessment(line, board);
    if (!assessment) continue;
    const std::string written = review::to_line(*assessment, board);
    PONNUKI_CHECK(written.find('\n') == std::string::npos);
    const auto again = review::parse_assessment(written, board);
    PONNUKI_CHECK(again.ok() && review::to_line(*again, board) == written);
  }
  return 0;
}
