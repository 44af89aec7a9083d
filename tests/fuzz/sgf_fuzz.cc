// Any bytes as a game record: parsed or refused, replayed, written, and what was written is read
// again.
#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/check.h"
#include "engine/sgf/sgf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  using namespace ponnuki::sgf;
  const auto tree = parse_sgf(std::string(reinterpret_cast<const char*>(data), size));
  if (!tree) return 0;
  for (const SgfNodeId root : tree->roots()) (void)replay_sgf(*tree, root, Rules{}).ok();
  const std::string written = write_sgf(*tree);
  const auto again = parse_sgf(written);
  PONNUKI_CHECK(again.ok());
  PONNUKI_CHECK(again->node_count() == tree->node_count());
  PONNUKI_CHECK(write_sgf(*again) == written);
  return 0;
}
