#include "swarm/block.h"

#include <algorithm>
#include <sstream>

#include "engine/gzip.h"
#include "engine/unpack.h"

namespace ponnuki::swarm {
namespace {

// So much fits even if gzip gains nothing. A longer game travels alone: gzip leaves a third of it.
constexpr std::size_t kMostRaw = 480 * 1024;
constexpr std::size_t kMostUnpacked = std::size_t{16} << 20;

}  // namespace

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

std::string signed_text(const GameBlock& block) {
  std::ostringstream text;
  text << "block\n"
       << block.wire << "\n"
       << block.worker << "\n"
       << block.number << "\n"
       << block.oldest << "\n"
       << block.net << "\n"
       << block.options << "\n"
       << block.body;
  return text.str();
}

Result<std::vector<std::string>> pack(const selfplay::Games& games) {
  std::vector<std::string> bodies;
  std::string raw;
  const auto end_block = [&]() -> Status {
    if (raw.empty()) return {};
    PONNUKI_TRY(std::string body, gzip(raw, kGzipFastest));
    if (body.size() > kMostBody) return Error{"a game is too long to be sent"};
    bodies.push_back(std::move(body));
    raw.clear();
    return {};
  };
  for (const auto& game : games) {
    std::string bytes;
    write_game(*game, bytes);
    if (raw.size() + bytes.size() > kMostRaw) PONNUKI_TRY(end_block());
    raw += bytes;
  }
  PONNUKI_TRY(end_block());
  return bodies;
}

Result<selfplay::Games> unpack_games(const std::string& body) {
  if (body.size() > kMostBody) return Error{"the block is too long"};
  PONNUKI_TRY(const std::string raw, unpack(body, kMostUnpacked));
  if (raw == body) return Error{"the block is not packed by gzip"};
  selfplay::Games games;
  for (std::string_view rest = raw; !rest.empty();) {
    PONNUKI_TRY(auto game, selfplay::read_game(rest));
    games.push_back(std::make_shared<const selfplay::GameRecord>(std::move(game)));
  }
  if (games.empty()) return Error{"the block has no games"};
  return games;
}

}  // namespace ponnuki::swarm
