#include "swarm/announcement.h"

#include <openssl/evp.h>

#include <array>
#include <nlohmann/json.hpp>

#include "engine/hexadecimal.h"
#include "engine/json_parse.h"

namespace ponnuki::swarm {

using Json = nlohmann::json;

std::string to_json(const Announcement& announcement) {
  Json canaries = Json::array();
  for (const Canary& canary : announcement.canaries)
    canaries.push_back({canary.win, canary.score, canary.chance});
  return Json{{"wire", announcement.wire},     {"net", announcement.net},
              {"cycle", announcement.cycle},   {"options", announcement.options},
              {"komi", announcement.komi},     {"canaries", canaries},
              {"enough", announcement.enough}, {"at", announcement.at}}
      .dump();
}

Result<Announcement> read_announcement(const std::string& text) {
  const auto parsed = parse_json(text);
  if (!parsed || !parsed->is_object())
    return Error{"the announcement of the run is no JSON object"};
  try {
    const Json& json = *parsed;
    Announcement announcement;
    announcement.wire = json.at("wire");
    announcement.net = json.at("net");
    announcement.cycle = json.at("cycle");
    announcement.options = json.at("options");
    announcement.komi = json.at("komi").get<std::vector<double>>();
    announcement.at = json.at("at");
    announcement.enough = json.value("enough", false);
    for (const Json& each : json.value("canaries", Json::array()))
      announcement.canaries.push_back({each.at(0), each.at(1), each.at(2)});
    return announcement;
  } catch (const Json::exception&) {
    return Error{
        "the announcement of the run lacks a field: the learner may be of another version"};
  }
}

std::string sha256(const std::string& bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return hexadecimal({digest.data(), size});
}

}  // namespace ponnuki::swarm
