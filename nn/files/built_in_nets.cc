#include "nn/files/built_in_nets.h"

#include <algorithm>

#include "engine/embed.h"
#include "nn/files/model_file.h"
#include "nn/files/net_files.h"

#ifdef PONNUKI_NET_ZERO
PONNUKI_EMBED(ponnuki_net_zero, PONNUKI_NET_ZERO)
#endif
#ifdef PONNUKI_NET_RECORDS
PONNUKI_EMBED(ponnuki_net_records, PONNUKI_NET_RECORDS)
#endif

namespace ponnuki::nn {
namespace {

constexpr int kLargestSideOfZero = 13;

std::span<const unsigned char> zero_net() {
#ifdef PONNUKI_NET_ZERO
  return {ponnuki_net_zero_begin, ponnuki_net_zero_end};
#else
  return {};
#endif
}

std::span<const unsigned char> records_net() {
#ifdef PONNUKI_NET_RECORDS
  return {ponnuki_net_records_begin, ponnuki_net_records_end};
#else
  return {};
#endif
}

}  // namespace

bool is_built_in_net(const std::string& name) {
  return name == kBuiltInNet || name == kZeroNet || name == kRecordsNet;
}

std::span<const unsigned char> built_in_net(const std::string& name) {
  return name == kRecordsNet ? records_net() : zero_net();
}

bool takes_records_net(BoardSize size) {
  return std::max(size.width, size.height) > kLargestSideOfZero && !records_net().empty();
}

Result<Model> load_named_model(const std::string& name) {
  if (!is_built_in_net(name)) {
    PONNUKI_TRY(const std::string path, net_path(name));
    return load_model(path);
  }
  const auto bytes = built_in_net(name);
  if (bytes.empty()) {
    const std::string file = name == kBuiltInNet ? kZeroNet : name;
    return Error{"there is no such net inside this program: it was built without nets/built-in/" +
                 file + ".bin.gz"};
  }
  return parse_model(bytes, name);
}

Result<AnyModel> load_named_net(const std::string& name, NetFileNotes* notes) {
  if (!is_built_in_net(name)) {
    PONNUKI_TRY(const std::string path, net_path(name));
    return load_net(path, {}, notes);
  }
  PONNUKI_TRY(auto model, load_named_model(name));
  return AnyModel(std::move(model));
}

}  // namespace ponnuki::nn
