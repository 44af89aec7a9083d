// libFuzzer target: any bytes as a Leela Zero weight file. A net that loads must also compute.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "nn/files/leela_zero_file.h"
#include "nn/reference/tower_reference.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  using namespace ponnuki::nn;
  const ByteLimits limits{.max_bytes = 1 << 22, .max_ratio = 32, .ratio_slack = 1 << 20};
  looks_like_leela_zero({data, size});
  ByteStream stream(bytes_of_memory({data, size}), limits);
  const auto model = read_leela_zero(stream, "fuzz");
  if (!model.ok()) {
    if (model.error().message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const std::vector<float> planes(static_cast<std::size_t>(model->planes() * model->size.area()),
                                  1.0F);
  const NetworkInput input{model->size, planes.data()};
  NetworkOutput output;
  TowerReference(std::make_shared<TowerModel>(*model)).forward({&input, 1}, {&output, 1});
  return 0;
}
