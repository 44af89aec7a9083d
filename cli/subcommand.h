// Subcommand: one word (or two) after `ponnuki`, with its options and what it does. One small file
// each.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "cli/options/option_set.h"
#include "engine/result.h"

namespace ponnuki::cli {

/// Where a subcommand reads and writes; tests hand in strings.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

/// Exit codes: what was asked for was done; it was tried and failed (a file that cannot be written,
/// a program that died); the arguments or an input file are wrong.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitBadInput = 2;

class Subcommand {
 public:
  virtual ~Subcommand() = default;
  virtual std::string name() const = 0;     // "gtp", "net info"
  virtual std::string summary() const = 0;  // one line for `ponnuki --help`
  /// More, for `ponnuki NAME --help`: paragraphs with blank lines between. Those that begin with a
  /// blank are printed as they are, others wrapped.
  virtual std::string details() const { return {}; }
  /// Declares the options with this object's members as targets.
  virtual void add_options(OptionSet& options) = 0;
  /// Runs with the options read. Returns the exit code; an error is bad input, one line for the
  /// user.
  virtual Result<int> run(const OptionSet& options, Streams& streams) = 0;
  /// True if --config is an option of its own, with files of another kind.
  virtual bool has_own_config() const { return false; }
  /// Once the options are read: a config file for those that were not given, "" for none.
  virtual std::string remembered_options() const { return {}; }
  /// What stands before an error on stderr.
  virtual std::string error_prefix() const { return "ponnuki: "; }
};

/// All of them, in the order of the help.
std::vector<std::unique_ptr<Subcommand>> make_subcommands();

std::unique_ptr<Subcommand> make_gtp();
std::unique_ptr<Subcommand> make_analysis();
std::unique_ptr<Subcommand> make_analyze();
std::unique_ptr<Subcommand> make_play();
std::unique_ptr<Subcommand> make_bench();
std::unique_ptr<Subcommand> make_net_info();
std::unique_ptr<Subcommand> make_net_show();
std::unique_ptr<Subcommand> make_net_convert();
std::unique_ptr<Subcommand> make_net_average();
std::unique_ptr<Subcommand> make_match();
std::unique_ptr<Subcommand> make_train();
std::unique_ptr<Subcommand> make_train_status();
std::unique_ptr<Subcommand> make_train_adopt();
std::unique_ptr<Subcommand> make_selfplay();
std::unique_ptr<Subcommand> make_gate();

}  // namespace ponnuki::cli
