// Any bytes as the metrics of a training run: a table and a page, without the damaged
// lines.
#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/check.h"
#include "selfplay/run/training_report.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  const std::string text(reinterpret_cast<const char*>(data), size);
  PONNUKI_CHECK(!selfplay::training_table(text, 10).empty());
  PONNUKI_CHECK(selfplay::training_page(text, "fuzz").starts_with("<!doctype html>"));
  return 0;
}
