// Any bytes as a record of a server: no crash, no leak, and what was read can be written and read
// again. The first byte chooses the format.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/sgf/servers/server_record.h"
#include "engine/sgf/sgf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki::sgf;
  if (size == 0) return 0;
  constexpr ServerFormat kFormats[] = {ServerFormat::kGib, ServerFormat::kNgf, ServerFormat::kUgf};
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  (void)server_format(bytes);
  const auto tree = read_server_record(kFormats[data[0] % 3], bytes, {});
  if (!tree) return 0;
  if (tree->node_count() > size + 1) std::abort();
  const std::string written = write_sgf(*tree);
  const auto again = parse_sgf(written);
  if (!again || write_sgf(*again) != written) std::abort();
  for (const SgfNodeId root : tree->roots()) (void)replay_sgf(*tree, root, ponnuki::Rules{});
  return 0;
}
