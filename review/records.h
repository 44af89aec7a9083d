// Finds the game records that the user names, and determines the paths of their reports.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/result.h"
#include "review/game_tree.h"

namespace ponnuki::review {

/// One game of a file.
struct Record {
  std::string path;
  std::size_t game = 0;         // index in the file, from 0
  bool one_of_several = false;  // the file has more games
  std::string name;             // for display: the path, with "#2" for a file's second game
  std::string stem;             // the path of the reports without their suffixes
  std::size_t positions = 0;    // number of positions to assess
  // The whole file, if it can be read only once (a pipe, standard input).
  std::shared_ptr<const sgf::SgfTree> tree = nullptr;
};

struct RecordOptions {
  RecordRules rules;
  bool with_variations = false;
  std::string out;  // folder of the reports; empty: that of each record
};

/// The endings of the files that are records: ".sgf" first, then those of servers. Each may be
/// followed by ".gz" or ".xz".
const std::vector<std::string>& record_endings();

/// Finds the named files, and every record in the named folders and below, in alphabetical order.
/// "-" is standard input. Stems may be equal: see report_names.h. Returns an error if a folder
/// contains no records or cannot be read.
Result<std::vector<Record>> find_records(const std::vector<std::string>& arguments,
                                         const std::string& out);

/// The contents of a file: games that can be analysed, games that are our own reports, and one line
/// for each broken game.
struct RecordScan {
  std::vector<Record> games;
  std::vector<std::string> reports;
  std::vector<std::string> errors;
};
RecordScan scan_record(const Record& file, const RecordOptions& options);

/// Reads games one after another. A file with several games is read once.
class RecordReader {
 public:
  explicit RecordReader(const RecordOptions& options) : options_(options) {}
  Result<GameTree> read(const Record& record);

 private:
  const RecordOptions& options_;
  std::string path_;  // of the file read last
  std::shared_ptr<const sgf::SgfTree> sgf_;
};

}  // namespace ponnuki::review
