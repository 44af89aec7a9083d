#include "engine/json_parse.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "engine/printable.h"

namespace ponnuki {
namespace {

using nlohmann::json;
using Event = json::parse_event_t;

/// Watches the library while it parses.
class Watch {
 public:
  explicit Watch(const JsonBounds& bounds) : bounds_(bounds) {}
  const std::string& error() const { return error_; }

  /// Whether the parser keeps the value that it has just read.
  bool keep(int depth, Event event, const json& value) {
    if (!error_.empty()) return false;
    if (event == Event::object_start || event == Event::array_start) {
      if (depth >= kJsonDepth) return fail("is nested too deeply");
      if (bounds_.unique_keys) keys_.emplace_back();
    } else if (event == Event::object_end || event == Event::array_end) {
      if (bounds_.unique_keys) keys_.pop_back();
      return true;
    } else if (event == Event::key && bounds_.unique_keys) {
      const auto& key = value.get_ref<const std::string&>();
      if (!keys_.back().insert(key).second) return fail("has '" + printable(key) + "' twice");
    }
    return ++values_ <= bounds_.values || fail("has too many entries");
  }

 private:
  bool fail(const std::string& what) {
    error_ = what;
    return false;
  }

  JsonBounds bounds_;
  std::size_t values_ = 0;
  std::vector<std::set<std::string>> keys_;  // of the objects that are open
  std::string error_;
};

}  // namespace

Result<json> parse_json(std::string_view text, const JsonBounds& bounds) {
  Watch watch(bounds);
  auto parsed = json::parse(
      text,
      [&](int depth, Event event, const json& value) { return watch.keep(depth, event, value); },
      /*allow_exceptions=*/false);
  if (!watch.error().empty()) return Error{watch.error()};
  if (parsed.is_discarded()) return Error{kNotJson};
  return parsed;
}

}  // namespace ponnuki
