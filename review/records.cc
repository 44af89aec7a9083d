#include "review/records.h"

#include <algorithm>
#include <filesystem>

#include "engine/file.h"
#include "engine/text.h"
#include "engine/unpack.h"
#include "review/sgf_report.h"

namespace ponnuki::review {
namespace {

namespace fs = std::filesystem;

/// Without ".gz" or ".xz".
fs::path unpacked_name(const fs::path& path) {
  return has_packed_ending(path.string()) ? fs::path(path).replace_extension() : path;
}

bool is_record_name(const fs::path& packed) {
  const fs::path path = unpacked_name(packed);
  return std::ranges::count(record_endings(), to_lower(path.extension().string())) > 0;
}

/// The records in a folder and all folders below it. Does not follow links.
Result<std::vector<fs::path>> records_below(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                         error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored) && is_record_name(entry->path()))
      found.push_back(entry->path());
  }
  if (error) return Error{"cannot read folder '" + folder.string() + "': " + error.message()};
  if (found.empty())
    return Error{
        "no game records (*.sgf, *.sgf.gz, *.sgf.xz, *.gib, *.ngf, *.ugf, *.ugi) in folder '" +
        folder.string() + "'"};
  std::sort(found.begin(), found.end());
  return found;
}

/// `below` is the path relative to the folder that the user named, or the file's name.
std::string stem_of(const fs::path& path, const fs::path& below, const std::string& out) {
  fs::path stem = out.empty() ? path : fs::path(out) / below;
  if (is_record_name(stem)) stem = unpacked_name(stem).replace_extension();
  return stem.string();
}

/// A file that the user named. The reports of a pipe lie in the current folder: its own, such as
/// /dev/fd, may take no files.
Record named_record(const std::string& argument, const std::string& out) {
  if (argument == "-")
    return {
        .path = kStandardInput, .name = "standard input", .stem = stem_of("stdin", "stdin", out)};
  const fs::path name = fs::path(argument).filename();
  const fs::path beside = is_stream(argument) ? name : fs::path(argument);
  return {.path = argument, .name = argument, .stem = stem_of(beside, name, out)};
}

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

const std::vector<std::string>& record_endings() {
  static const std::vector<std::string> endings = {".sgf", ".gib", ".ngf", ".ugf", ".ugi"};
  return endings;
}

Result<std::vector<Record>> find_records(const std::vector<std::string>& arguments,
                                         const std::string& out) {
  std::vector<Record> records;
  for (const std::string& argument : arguments) {
    std::error_code error;
    if (!fs::is_directory(argument, error)) {
      records.push_back(named_record(argument, out));
      continue;
    }
    PONNUKI_TRY(const std::vector<fs::path> found, records_below(argument));
    for (const fs::path& path : found) {
      const std::string stem = stem_of(path, path.lexically_relative(argument), out);
      records.push_back({.path = path.string(), .name = path.string(), .stem = stem});
    }
  }
  return records;
}

RecordScan scan_record(const Record& file, const RecordOptions& options) {
  RecordScan scan;
  const bool reads_once = is_stream(file.path) || file.path == kStandardInput;
  const auto sgf = load(file.path);
  if (!sgf) {
    scan.errors.push_back(sgf.error().message);
    return scan;
  }
  const std::size_t games = (*sgf)->roots().size();
  for (std::size_t game = 0; game < games; ++game) {
    Record record = file;
    record.game = game;
    record.one_of_several = games > 1;
    if (reads_once) record.tree = *sgf;
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
  if (record.tree) return read_game(record, record.tree, options_);
  if (!sgf_ || path_ != record.path) {
    sgf_.reset();
    PONNUKI_TRY(sgf_, load(record.path));
    path_ = record.path;
  }
  return read_game(record, sgf_, options_);
}

}  // namespace ponnuki::review
