// Any bytes as what comes over the network of a swarm: a block of games, an announcement, an entry of
// the journal, a part of a match and its games. Each is refused with one line, or taken; a copy never leaves its folder.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/gzip.h"
#include "swarm/announcement.h"
#include "swarm/folder_changes.h"
#include "swarm/folder_mirror.h"
#include "swarm/inspection.h"
#include "swarm/match_desk.h"

namespace {

using namespace ponnuki::swarm;

void expect_one_line(const std::string& message) {
  if (message.empty() || message.find('\n') != std::string::npos) std::abort();
}

void inspect(const std::string& body) {
  Inspection inspection({{{5, 5}, {9, 9}}, "options", 1.0}, 1);
  inspection.set_nets({"net"});
  const auto games = inspection.games_of({kWire, "ann", 1, 1, "net", "options", body});
  if (!games) expect_one_line(games.error().message);
}

void announce(const std::string& text) {
  const auto announcement = read_announcement(text);
  if (!announcement) return expect_one_line(announcement.error().message);
  const auto again = read_announcement(to_json(*announcement));
  if (!again) std::abort();
}

/// The first byte is the kind, the second one the length of the path.
void mirror(const std::string& bytes) {
  if (bytes.size() < 3) return;
  static const std::string folder =
      (std::filesystem::temp_directory_path() / "ponnuki-swarm-fuzz").string();
  static auto copy = FolderMirror::open(folder + "/copy");
  if (!copy) std::abort();
  JournalEntry entry;
  entry.kind = static_cast<JournalEntry::Kind>(static_cast<unsigned char>(bytes[0]) % 6);
  const auto length = static_cast<unsigned char>(bytes[1]);
  entry.path = bytes.substr(2, length);
  entry.token = copy->token();
  entry.body = bytes.size() > 2U + length ? bytes.substr(2U + length) : "";
  entry.offset = bytes[2];
  static_cast<void>(copy->apply(entry, 1));
  for (const auto& outside : std::filesystem::directory_iterator(folder))
    if (outside.path().filename() != "copy") std::abort();
}

void take_part(const std::string& text) {
  const auto part = read_part(text);
  if (!part) return expect_one_line(part.error().message);
  if (!read_part(to_json(*part))) std::abort();
}

void count_games(const std::string& text) {
  const MatchPart whole{"m", {}, {{5, 5}, 7, 9}, 0, 9, {}};
  MatchDesk desk(whole, {});
  const auto played = read_played(text, desk.size());
  if (!played) return expect_one_line(played.error().message);
  const ponnuki::Status counted = desk.count("ann", *played);
  if (!counted) expect_one_line(counted.error().message);
  if (desk.tally().games() > 9) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0:
      inspect(rest);
      break;
    case 1:
      inspect(*ponnuki::gzip(rest, ponnuki::kGzipFastest));
      break;
    case 2:
      announce(rest);
      break;
    case 3:
      mirror(rest);
      break;
    case 4:
      take_part(rest);
      break;
    default:
      count_games(rest);
  }
  return 0;
}
