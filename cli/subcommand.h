// Subcommand: the one or two words after `ponnuki`, with the options and the action. Each
// subcommand is a small file.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/options/option_set.h"
#include "engine/result.h"

namespace ponnuki::cli {

/// The streams from which a subcommand reads and to which it writes. Tests pass string streams.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

/// Exit codes: success; failure (a file could not be written, a program died); invalid arguments or
/// an invalid input file.
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
  /// Additional text for `ponnuki NAME --help`: paragraphs separated by blank lines. Paragraphs
  /// that begin with a blank are printed unchanged, the others are wrapped.
  virtual std::string details() const { return {}; }
  /// Declares the options, with members of this object as targets.
  virtual void add_options(OptionSet& options) = 0;
  /// Called before the options are read. An exit code ends the program: then this process had
  /// other work than the options tell. An error is one line for the user.
  virtual Result<std::optional<int>> begin(Streams&) { return std::optional<int>(); }
  /// Called after the options are read. Returns the exit code. An error means invalid input and is
  /// one line for the user.
  virtual Result<int> run(const OptionSet& options, Streams& streams) = 0;
  /// True if the subcommand defines its own --config, for files of another kind.
  virtual bool has_own_config() const { return false; }
  /// Called after the options are read. Returns a config file for the options that were not given,
  /// or "".
  virtual std::string remembered_options() const { return {}; }
  /// The text before an error on stderr.
  virtual std::string error_prefix() const { return "ponnuki: "; }
};

/// All subcommands, in the order of the help.
std::vector<std::unique_ptr<Subcommand>> make_subcommands();
/// Those of the subcommand, and --config.
void add_all_options(Subcommand& subcommand, OptionSet& options, std::string* config);
/// What holds for all subcommands: paragraphs separated by blank lines.
std::string general_help();

std::unique_ptr<Subcommand> make_web();
std::unique_ptr<Subcommand> make_gtp();
std::unique_ptr<Subcommand> make_analysis();
std::unique_ptr<Subcommand> make_analyze();
std::unique_ptr<Subcommand> make_sgf_check();
std::unique_ptr<Subcommand> make_play();
std::unique_ptr<Subcommand> make_bench();
std::unique_ptr<Subcommand> make_net_list();
/// Only where the program was built with libcurl.
std::unique_ptr<Subcommand> make_net_get();
std::unique_ptr<Subcommand> make_net_info();
std::unique_ptr<Subcommand> make_net_show();
std::unique_ptr<Subcommand> make_net_convert();
std::unique_ptr<Subcommand> make_net_average();
std::unique_ptr<Subcommand> make_match();
std::unique_ptr<Subcommand> make_train();
std::unique_ptr<Subcommand> make_train_status();
std::unique_ptr<Subcommand> make_train_adopt();
std::unique_ptr<Subcommand> make_selfplay();
/// Only where the program was built with libnats.
std::unique_ptr<Subcommand> make_worker();
std::unique_ptr<Subcommand> make_hub_add_worker();
std::unique_ptr<Subcommand> make_hub_mirror();
std::unique_ptr<Subcommand> make_hub_standby();
std::unique_ptr<Subcommand> make_hub_withdraw();
std::unique_ptr<Subcommand> make_hub_status();
std::unique_ptr<Subcommand> make_gate();
std::unique_ptr<Subcommand> make_manual();

}  // namespace ponnuki::cli
