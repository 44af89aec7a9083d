// Games of self-play as SGF: one file for each game, numbered in one folder.
#pragma once

#include <cstdint>
#include <string>

#include "engine/result.h"
#include "engine/sgf/tree.h"
#include "selfplay/files/locked_file.h"
#include "selfplay/records/record_file.h"

namespace ponnuki::selfplay {

/// `player` is the name of both players, `program` that of the program that writes.
sgf::SgfTree sgf_of(const GameRecord& record, const std::string& player,
                    const std::string& program);

class SgfFolder {
 public:
  /// Opens the folder, which is created if it is missing, for this process alone. Its files stay:
  /// new ones have higher numbers. Returns an error if another process writes games there.
  static Result<SgfFolder> open(const std::string& folder, const std::string& player,
                                const std::string& program);
  /// Writes 000001.sgf and so on.
  Status add(const Games& games);

 private:
  SgfFolder(LockedFile folder, std::string player, std::string program)
      : folder_(std::move(folder)), player_(std::move(player)), program_(std::move(program)) {}

  LockedFile folder_;
  std::string player_, program_;
  std::int64_t last_ = 0;  // the highest number so far
};

}  // namespace ponnuki::selfplay
