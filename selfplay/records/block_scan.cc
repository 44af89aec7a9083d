#include "selfplay/records/block_scan.h"

#include <optional>

#include "engine/types.h"
#include "selfplay/files/bytes.h"

namespace ponnuki::selfplay {
namespace {

constexpr std::string_view kMagic = "PNKGAMES";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kMostNotes = 8;
constexpr std::size_t kGameFront = 6;  // length, width and height of a game

class Scanner {
 public:
  explicit Scanner(std::string_view bytes) : bytes_(bytes), budget_(8 * bytes.size() + (1 << 20)) {}

  BlockScan scan() {
    const std::string header = games_header();
    if (bytes_.size() < header.size()) {
      found_.is_games_file = std::string_view(header).starts_with(bytes_);
      return std::move(found_);
    }
    const bool has_header = bytes_.starts_with(header);
    if (!has_header) found_.damage.push_back("the header is damaged");
    walk(header.size());
    found_.is_games_file = has_header || !found_.blocks.empty();
    return std::move(found_);
  }

 private:
  std::string_view from(std::size_t at) const { return bytes_.substr(at); }
  std::uint32_t number(std::size_t at) const { return ByteReader(from(at)).get<std::uint32_t>(); }
  /// The end of the block at this place according to its length; nothing if the file is shorter.
  std::optional<std::size_t> end_of(std::size_t at) const {
    if (bytes_.size() - at < kBlockFront) return {};
    const std::size_t length = number(at);
    if (length > bytes_.size() - at - kBlockFront) return {};
    return at + kBlockFront + length;
  }
  bool has_checksum(std::size_t at, std::size_t end) const {
    const std::size_t begin = at + kBlockFront;
    return checksum(bytes_.substr(begin, end - begin)) == number(at + 4);
  }
  /// Whether a game of a possible size may begin here, and end before `end`.
  bool may_begin_game(std::size_t at, std::size_t end) const {
    if (end - at < kGameFront || number(at) > end - at - 4) return false;
    const auto side = [&](std::size_t i) { return static_cast<unsigned char>(bytes_[at + i]); };
    const auto is_side = [](int n) { return n >= kMinLength && n <= kMaxLength; };
    return is_side(side(4)) && is_side(side(5));
  }
  bool is_block(std::size_t at) const {
    const auto end = end_of(at);
    return end && may_begin_game(at + kBlockFront, *end) && has_checksum(at, *end);
  }
  /// The first whole block from here on; the end of the file if there is none. Gives up when it
  /// has computed too many checksums in vain.
  std::size_t next_block(std::size_t at) {
    if (at > searched_from_ && at <= next_) return next_;  // so the whole search is done once
    searched_from_ = at;
    next_ = search_block(at);
    return next_;
  }
  std::size_t search_block(std::size_t at) {
    for (; at + kBlockFront + kGameFront <= bytes_.size(); ++at) {
      const auto end = end_of(at);
      if (!end || !may_begin_game(at + kBlockFront, *end)) continue;
      if (*end - at > budget_) break;
      budget_ -= *end - at;
      if (has_checksum(at, *end)) return at;
    }
    return bytes_.size();
  }

  void keep(std::size_t at, std::size_t end) {
    found_.blocks.push_back(bytes_.substr(at + kBlockFront, end - at - kBlockFront));
  }
  /// Notes damage of the block that comes next.
  void note(const std::string& before, const std::string& after) {
    const std::string number = std::to_string(++damaged_ + found_.blocks.size());
    if (found_.damage.size() < kMostNotes)
      found_.damage.push_back(before + "block " + number + after);
    else if (found_.damage.size() == kMostNotes)
      found_.damage.push_back("and more");
  }

  void walk(std::size_t at) {
    while (at < bytes_.size()) {
      found_.end = at;
      at = is_block(at) ? whole_block(at) : damaged_block(at);
      if (at == kCutOff) return;
    }
    found_.end = at;
  }
  std::size_t whole_block(std::size_t at) {
    keep(at, *end_of(at));
    return *end_of(at);
  }
  /// Returns where to go on; kCutOff if this is the last block, and its end is missing.
  std::size_t damaged_block(std::size_t at) {
    const auto declared = end_of(at);
    const bool is_next_whole = declared && *declared < bytes_.size() && is_block(*declared);
    const std::size_t next = is_next_whole ? *declared : next_block(at + 1);
    const bool is_length_wrong = bytes_.size() - at > kBlockFront + kGameFront &&
                                 next != declared && may_begin_game(at + kBlockFront, next) &&
                                 has_checksum(at, next);
    if (is_length_wrong) {
      note("the length of ", " is damaged, its games are kept");
      --damaged_;
      keep(at, next);
      return next;
    }
    if (next == bytes_.size() && !declared) return kCutOff;
    note("", " is damaged and left out");
    return next < bytes_.size() ? next : *declared;
  }

  static constexpr std::size_t kCutOff = static_cast<std::size_t>(-1);

  std::string_view bytes_;
  std::size_t budget_;                        // bytes of checksums in vain
  std::size_t searched_from_ = 0, next_ = 0;  // the last search and its result
  std::size_t damaged_ = 0;                   // blocks
  BlockScan found_;
};

}  // namespace

std::string games_header() {
  std::string bytes(kMagic);
  put(kVersion, bytes);
  return bytes;
}

std::string games_block(std::string_view games) {
  std::string block;
  put(static_cast<std::uint32_t>(games.size()), block);
  put(checksum(games), block);
  block += games;
  return block;
}

BlockScan scan_blocks(std::string_view bytes) { return Scanner(bytes).scan(); }

}  // namespace ponnuki::selfplay
