// Any bytes as a GTP conversation: no crash, no endless command, and each response is well-formed.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "engine/check.h"
#include "server/line_splitter.h"
#include "tests/fuzz/short_session.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  gtp::test::ShortSession session;
  server::LineSplitter splitter;
  const auto answer = [&session](const std::string& line) { session.answer(line); };
  splitter.feed({reinterpret_cast<const char*>(data), size}, answer);
  splitter.finish(answer);
  return 0;
}
