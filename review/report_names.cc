#include "review/report_names.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "engine/file.h"
#include "engine/text.h"

namespace ponnuki::review {
namespace {

namespace fs = std::filesystem;

/// The same for all spellings of a path: other paths to its folder, other capitals.
std::string key_of(const std::string& stem) {
  const fs::path path(stem);
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const fs::path whole = fs::weakly_canonical(folder, error);
  return to_lower(((error ? fs::absolute(folder, error) : whole) / path.filename()).string());
}

/// True if another record than `path` has the name `stem`. With `if_sooner`, only if its ending
/// stands before that of `path` in the list.
bool belongs_to_another(const std::string& stem, const std::string& path, bool if_sooner) {
  const std::string own = to_lower(fs::path(path).extension().string());
  for (const std::string& ending : record_endings()) {
    if (if_sooner && ending == own) return false;
    std::string capitals = ending;
    std::ranges::transform(capitals, capitals.begin(),
                           [](unsigned char c) { return std::toupper(c); });
    for (const std::string& file : {stem + ending, stem + capitals}) {
      std::error_code error;
      if (fs::exists(file, error) && !fs::equivalent(file, path, error)) return true;
    }
  }
  return false;
}

class Namer {
 public:
  /// Takes the name of the record's file, unless it belongs to another one.
  bool take_own(const Record& game) {
    return !game.one_of_several && !belongs_to_another(game.stem, game.path, true) && take(game);
  }
  /// Takes the first free one of "STEM", "STEM-2", "STEM-3".
  void take_any(Record& game) {
    const std::string wanted = game.stem;
    for (int copy = 2; belongs_to_another(game.stem, game.path, false) || !take(game); ++copy)
      game.stem = wanted + "-" + std::to_string(copy);
  }

 private:
  bool take(const Record& game) { return taken_.insert(key_of(game.stem)).second; }

  std::set<std::string> taken_;
};

std::string loss_text(const Record& game, const std::string& file) {
  return game.name + ": its report '" + file +
         "' would overwrite a file of yours, which is no report; rename it, or give another folder "
         "with --out";
}

}  // namespace

void name_reports(std::vector<Record>& games) {
  Namer namer;
  std::vector<Record*> others;
  for (Record& game : games) {
    if (!namer.take_own(game)) others.push_back(&game);
  }
  for (Record* const game : others) namer.take_any(*game);
}

Status check_nothing_is_lost(const std::vector<Record>& games, const ReportKinds& kinds) {
  for (const Record& game : games) {
    for (const std::string& file : report_files(kinds, game.stem)) {
      if (!may_overwrite(file)) return Error{loss_text(game, file)};
    }
  }
  return {};
}

Status check_reports_can_be_written(const std::vector<Record>& games, const ReportKinds& kinds,
                                    const std::string& out) {
  if (!kinds.any() || games.empty()) return {};
  if (!out.empty()) {
    if (Status made = make_folder_for_files(out); !made) return made.error().in("--out");
  }
  for (const Record& game : games) {
    const std::string folder = fs::path(game.stem).parent_path().string();
    if (!out.empty() && !file_exists(folder)) continue;  // will be made below `out`
    for (const std::string& file : report_files(kinds, game.stem)) {
      if (Status can = check_can_write(file); !can) return can.error().in(game.name);
    }
  }
  return {};
}

}  // namespace ponnuki::review
