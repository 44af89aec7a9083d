#include "nn/files/built_in_net.h"

#include "nn/files/model_file.h"

#ifdef PONNUKI_BUILT_IN_NET

#include "engine/embed.h"

PONNUKI_EMBED(ponnuki_built_in_net, PONNUKI_BUILT_IN_NET)

#endif

namespace ponnuki::nn {

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

Result<AnyModel> load_named_net(const std::string& name) {
  if (name != kBuiltInNet) return load_net(name);
  PONNUKI_TRY(auto model, load_named_model(name));
  return AnyModel(std::move(model));
}

}  // namespace ponnuki::nn
