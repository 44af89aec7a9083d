// Counts values while the library parses. After the first error every value is discarded
// immediately.
#include "nn/files/bytes/bounded_json.h"

#include <set>
#include <string>
#include <vector>

#include "engine/json_parse.h"
#include "nn/files/bytes/token_reader.h"

namespace ponnuki::nn {
namespace {

using nlohmann::json;

class Watch {
 public:
  const std::string& error() const { return error_; }

  /// Whether the parser keeps the value that it has just read.
  bool keep(json::parse_event_t event, const json& value) {
    using Event = json::parse_event_t;
    if (!error_.empty()) return false;
    if (event == Event::object_start || event == Event::array_start) {
      keys_.emplace_back();
    } else if (event == Event::object_end || event == Event::array_end) {
      keys_.pop_back();
      return true;
    } else if (event == Event::key) {
      const auto& key = value.get_ref<const std::string&>();
      if (!keys_.back().insert(key).second) return fail("has '" + printable(key) + "' twice");
    }
    if (++values_ > JsonLimits::kValues) return fail("has too many entries");
    return true;
  }

 private:
  bool fail(const std::string& what) {
    error_ = what;
    return false;
  }

  std::size_t values_ = 0;
  std::vector<std::set<std::string>> keys_;  // of the objects that are open
  std::string error_;
};

}  // namespace

Result<json> parse_bounded_json(std::string_view text) {
  if (text.size() > JsonLimits::kBytes) return Error{"is too large"};
  Watch watch;
  auto parsed = parse_json(text, [&](int, json::parse_event_t event, const json& value) {
    return watch.keep(event, value);
  });
  if (!watch.error().empty()) return Error{watch.error()};
  if (!parsed) return parsed.error();
  if (!parsed->is_object()) return Error{"is not a JSON object"};
  return parsed;
}

}  // namespace ponnuki::nn
