// Finds the game records that a user names and says where their reports belong.
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
  std::size_t game = 0;       // of the file, from 0
  std::string name;           // for people: the path, with "#2" for a file's second game
  std::string stem;           // the reports' path without what they end with
  std::size_t positions = 0;  // to assess
};

struct RecordOptions {
  RecordRules rules;
  bool with_variations = false;
  std::string out;  // folder of the reports; empty: beside each record
};

/// Files, and every *.sgf of folders and those below them, in alphabetical order. Errors: nothing
/// there of that name, a folder without records.
Result<std::vector<Record>> find_records(const std::vector<std::string>& arguments,
                                         const std::string& out);

/// What a file holds: games that can be analysed, those that are our own reports already, and one
/// line for each that is broken.
struct RecordScan {
  std::vector<Record> games;
  std::vector<std::string> reports;
  std::vector<std::string> errors;
};
RecordScan scan_record(const Record& file, const RecordOptions& options);

/// Reads games one after another; a file with several of them is read once.
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
