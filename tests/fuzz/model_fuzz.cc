// libFuzzer target: any bytes as a model file. A net that loads must also write and read back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "nn/files/katago/model_writer.h"
#include "nn/files/model_file.h"
#include "nn/model/layer_list.h"
#include "nn/model/model_summary.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  using namespace ponnuki::nn;
  const ByteLimits limits{.max_bytes = 1 << 22, .max_ratio = 32, .ratio_slack = 1 << 20};
  const auto model = parse_model({data, size}, "fuzz", limits);
  if (!model.ok()) {
    if (model.error().message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const auto layers = list_layers(*model, {19, 19});
  if (describe_model(*model).empty() || describe_layers(layers, trunk_field(*model)).empty())
    std::abort();
  const auto bytes = model_to_bytes(*model, {.binary = true, .gzip = false});
  if (!bytes.ok()) std::abort();
  const auto* begin = reinterpret_cast<const unsigned char*>(bytes->data());
  const auto again = parse_model({begin, bytes->size()}, "fuzz", {});
  if (!again.ok() || *model_to_bytes(*again, {.binary = true, .gzip = false}) != *bytes)
    std::abort();
  return 0;
}
