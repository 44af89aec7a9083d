#include "nn/net_file.h"

#include <vector>

#include "nn/built_in_net.h"
#include "nn/leela_zero_file.h"
#include "nn/model_file.h"

namespace ponnuki {
namespace {

/// Enough to tell one kind of file from another.
constexpr std::size_t kBeginning = 4096;

template <typename T>
Result<AnyModel> any(Result<T> model) {
  if (!model) return Error{model.error()};
  return AnyModel(std::move(*model));
}

}  // namespace

Result<AnyModel> load_net(const std::string& name, const ByteLimits& limits) {
  if (name == kBuiltInNet) return any(load_named_model(name));
  auto raw = bytes_of_file(name);
  if (!raw) return Error{raw.error()};
  std::vector<unsigned char> beginning(kBeginning);
  beginning.resize(ByteStream(std::move(*raw), limits).read(beginning));
  if (!begins_like_leela_zero(beginning)) return any(load_model(name, limits));
  raw = bytes_of_file(name);
  if (!raw) return Error{raw.error()};
  ByteStream stream(std::move(*raw), limits);
  return any(read_leela_zero(stream, name));
}

}  // namespace ponnuki
