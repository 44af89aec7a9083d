// Subcommand: the one or two words after `ponnuki`, with their options and what they do. Each
// subcommand is a small file.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "cli/options/option_set.h"
#include "engine/result.h"

namespace ponnuki::cli {

/// Where a subcommand reads and writes. Tests pass string streams.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

/// Exit codes: the task was done; it was tried and failed (a file could not be written, a program
/// died); the arguments or an input file are wrong.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitBadInput = 2;

/// Prints "ponnuki: ERROR" and returns kExitFailed.
int failed(const Error& error, Streams& streams);

class Subcommand {
 public:
  virtual ~Subcommand() = default;
  virtual std::string name() const = 0;     // "gtp", "net info"
  virtual std::string summary() const = 0;  // one line for `ponnuki --help`
  /// More for `ponnuki NAME --help`: paragraphs with blank lines between. Paragraphs that begin
  /// with a blank are printed as they are, the others are wrapped.
  virtual std::string details() const { return {}; }
  /// Declares the options with this object's members as targets.
  virtual void add_options(OptionSet& options) = 0;
  /// Called once the options are read. Returns the exit code; an error means bad input and is one
  /// line for the user.
  virtual Result<int> run(const OptionSet& options, Streams& streams) = 0;
  /// True if the subcommand has a --config of its own, for files of another kind.
  virtual bool has_own_config() const { return false; }
  /// Called once the options are read: a config file for options that were not given, "" for none.
  virtual std::string remembered_options() const { return {}; }
  /// The text before an error on stderr.
  virtual std::string error_prefix() const { return "ponnuki: "; }
};

/// All subcommands, in the order of the help.
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
