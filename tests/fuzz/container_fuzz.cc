// libFuzzer target: any bytes as a net file of ours. A net that loads must write and read back to
// the same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "nn/files/tensors/container.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  using namespace ponnuki::nn;
  const ByteLimits limits{.max_bytes = 1 << 22, .max_ratio = 32, .ratio_slack = 1 << 20};
  ByteStream stream(bytes_of_memory({data, size}), limits);
  const auto model = read_container(stream);
  if (!model.ok()) {
    if (model.error().message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const auto written = [](const AnyModel& any) {
    return std::visit([](const auto& one) { return container_to_bytes(one); }, any);
  };
  const auto bytes = written(*model);
  if (!bytes.ok()) std::abort();
  ByteStream again(
      bytes_of_memory({reinterpret_cast<const unsigned char*>(bytes->data()), bytes->size()}), {});
  const auto second = read_container(again);
  if (!second.ok() || *written(*second) != *bytes) std::abort();
  return 0;
}
