#include "review/records.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "review/sgf_report.h"

namespace ponnuki::review {
namespace {

namespace fs = std::filesystem;

bool is_sgf_name(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return extension == ".sgf";
}

/// The records in a folder and all folders below it. Does not follow links.
Result<std::vector<fs::path>> records_below(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                         error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored) && is_sgf_name(entry->path()))
      found.push_back(entry->path());
  }
  if (error) return Error{"cannot read folder '" + folder.string() + "': " + error.message()};
  if (found.empty()) return Error{"no game records (*.sgf) in folder '" + folder.string() + "'"};
  std::sort(found.begin(), found.end());
  return found;
}

/// Assigns a unique stem to each record.
class Stems {
 public:
  explicit Stems(const std::string& out) : out_(out) {}
  /// `below` is the path relative to the folder that the user named, or the file's name.
  std::string add(const fs::path& path, const fs::path& below) {
    fs::path stem = out_.empty() ? path : fs::path(out_) / below;
    if (is_sgf_name(stem)) stem.replace_extension();
    std::string name = stem.string();
    for (int copy = 2; !taken_.insert(name).second; ++copy)
      name = stem.string() + "-" + std::to_string(copy);
    return name;
  }

 private:
  std::string out_;
  std::set<std::string> taken_;
};

Result<std::shared_ptr<const sgf::SgfTree>> load(const std::string& path) {
  PONNUKI_TRY(sgf::SgfTree tree, sgf::load_sgf_file(path));
  return std::shared_ptr<const sgf::SgfTree>(std::make_shared<sgf::SgfTree>(std::move(tree)));
}

Result<GameTree> read_game(const Record& record, std::shared_ptr<const sgf::SgfTree> sgf,
                           const RecordOptions& options) {
  if (record.game >= sgf->roots().size()) return Error{record.name + ": is no longer there"};
  const sgf::SgfNodeId root = sgf->roots()[record.game];
  auto tree = GameTree::read(std::move(sgf), root, options.rules, options.with_variations);
  if (!tree) return tree.error().in(record.name);
  return tree;
}

}  // namespace

Result<std::vector<Record>> find_records(const std::vector<std::string>& arguments,
                                         const std::string& out) {
  std::vector<Record> records;
  Stems stems(out);
  for (const std::string& argument : arguments) {
    std::error_code error;
    if (!fs::is_directory(argument, error)) {
      const std::string stem = stems.add(argument, fs::path(argument).filename());
      records.push_back({.path = argument, .name = argument, .stem = stem});
      continue;
    }
    PONNUKI_TRY(const std::vector<fs::path> found, records_below(argument));
    for (const fs::path& path : found) {
      const std::string stem = stems.add(path, path.lexically_relative(argument));
      records.push_back({.path = path.string(), .name = path.string(), .stem = stem});
    }
  }
  return records;
}

RecordScan scan_record(const Record& file, const RecordOptions& options) {
  RecordScan scan;
  const auto sgf = load(file.path);
  if (!sgf) {
    scan.errors.push_back(sgf.error().message);
    return scan;
  }
  const std::size_t games = (*sgf)->roots().size();
  for (std::size_t game = 0; game < games; ++game) {
    Record record = file;
    record.game = game;
    if (games > 1) record.name += "#" + std::to_string(game + 1);
    if (games > 1) record.stem += "-" + std::to_string(game + 1);
    if (is_sgf_report(**sgf, (*sgf)->roots()[game])) {
      scan.reports.push_back(record.name);
      continue;
    }
    const auto tree = read_game(record, *sgf, options);
    if (!tree) {
      scan.errors.push_back(tree.error().message);
      continue;
    }
    record.positions = tree->nodes().size();
    scan.games.push_back(std::move(record));
  }
  return scan;
}

Result<GameTree> RecordReader::read(const Record& record) {
  if (!sgf_ || path_ != record.path) {
    sgf_.reset();
    PONNUKI_TRY(sgf_, load(record.path));
    path_ = record.path;
  }
  return read_game(record, sgf_, options_);
}

}  // namespace ponnuki::review
