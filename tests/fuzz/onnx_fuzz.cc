// libFuzzer target: any bytes as an ONNX file. A net that loads must write and read back to the
// same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "nn/files/onnx/onnx_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  using namespace ponnuki::nn;
  const ByteLimits limits{.max_bytes = 1 << 22, .max_ratio = 32, .ratio_slack = 1 << 20};
  ByteStream stream(bytes_of_memory({data, size}), limits);
  const auto model = read_onnx(stream);
  if (!model.ok()) {
    if (model.error().message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const auto bytes = onnx_to_bytes(*model);
  if (!bytes.ok()) std::abort();
  ByteStream again(
      bytes_of_memory({reinterpret_cast<const unsigned char*>(bytes->data()), bytes->size()}), {});
  const auto second = read_onnx(again);
  if (!second.ok() || *onnx_to_bytes(*second) != *bytes) std::abort();
  return 0;
}
