#include "nn/built_in_net.h"

#include "nn/model_file.h"

#ifdef PONNUKI_BUILT_IN_NET

// The assembler copies the file: C++20 has no #embed.
asm(".section .rodata\n"
    ".balign 16\n"
    "ponnuki_built_in_net_begin:\n"
    ".incbin \"" PONNUKI_BUILT_IN_NET "\"\n"
    "ponnuki_built_in_net_end:\n"
    ".byte 0\n"
    ".text\n");
extern "C" const unsigned char ponnuki_built_in_net_begin[], ponnuki_built_in_net_end[];

#endif

namespace ponnuki {

std::span<const unsigned char> built_in_net() {
#ifdef PONNUKI_BUILT_IN_NET
  return {ponnuki_built_in_net_begin, ponnuki_built_in_net_end};
#else
  return {};
#endif
}

Result<Model> load_named_model(const std::string& name) {
  if (name != kBuiltInNet) return load_model(name);
  if (built_in_net().empty())
    return Error{"there is no net inside this program: it was built without nets/default.bin.gz"};
  return parse_model(built_in_net(), name);
}

}  // namespace ponnuki
