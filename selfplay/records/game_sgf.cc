#include "selfplay/records/game_sgf.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "engine/file.h"
#include "engine/format.h"
#include "engine/sgf/sgf.h"

namespace ponnuki::selfplay {
namespace {

/// The number of a file that is called NUMBER.sgf; else 0.
std::int64_t number_of(const std::filesystem::path& file) {
  const std::string stem = file.stem().string();
  const bool is_number = !stem.empty() && stem.size() <= 18 &&
                         stem.find_first_not_of("0123456789") == std::string::npos;
  return file.extension() == ".sgf" && is_number ? std::strtoll(stem.c_str(), nullptr, 10) : 0;
}

}  // namespace

sgf::SgfTree sgf_of(const GameRecord& record, const std::string& player,
                    const std::string& program) {
  Game game(record.size, record.rules);
  for (const RecordedTurn& turn : record.turns)
    game.play({game.position().to_move(), Point::from_cell(turn.move, record.size)});
  sgf::GameInfo info;
  info.black = info.white = player;
  info.program = program;
  if (record.ending != GameRecord::Ending::kPasses) {
    info.result = {.kind = sgf::SgfResult::Kind::kVoid};
  } else if (record.white_score == 0) {
    info.result = {.kind = sgf::SgfResult::Kind::kDraw};
  } else {
    info.result = {sgf::SgfResult::Kind::kScore,
                   record.white_score > 0 ? Color::kWhite : Color::kBlack,
                   std::abs(record.white_score)};
  }
  return sgf::make_sgf(game, info);
}

Result<SgfFolder> SgfFolder::open(const std::string& folder, const std::string& player,
                                  const std::string& program) {
  PONNUKI_TRY(make_folder(folder));
  PONNUKI_TRY(LockedFile lock,
              LockedFile::open(folder, folder + ": another process writes games there; stop it "
                                                "first, or give another folder"));
  SgfFolder games(std::move(lock), player, program);
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    games.last_ = std::max(games.last_, number_of(entry.path()));
  if (error) return Error{folder + ": cannot be read: " + error.message()};
  remove_temporary_files(folder, [](std::string_view name) { return number_of(name) > 0; });
  return games;
}

Status SgfFolder::add(const Games& games) {
  for (const auto& game : games) {
    const std::string name = format("/%06lld.sgf", static_cast<long long>(last_ + 1));
    PONNUKI_TRY(folder_.expect_in_place());
    PONNUKI_TRY(sgf::save_sgf_file(sgf_of(*game, player_, program_), folder_.path() + name));
    ++last_;
  }
  return {};
}

}  // namespace ponnuki::selfplay
