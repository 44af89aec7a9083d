// Any bytes as a request to the analysis engine: a query whose positions can be reached, an action,
// or an answer that is JSON.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "analysis/request.h"
#include "engine/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  using namespace ponnuki::analysis;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const AnalysisRequest request = parse_analysis_request(line, {});
  for (const std::string& reply : request.replies) PONNUKI_CHECK(nlohmann::json::accept(reply));
  if (const auto* query = std::get_if<AnalysisQuery>(&request.what)) {
    PONNUKI_CHECK(!query->turns.empty());
    for (const auto& turn : query->turns) (void)query->position_at(turn.number);
  }
  PONNUKI_CHECK(request.what.index() != 0 || request.replies.size() == 1);
  return 0;
}
