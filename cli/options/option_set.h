// OptionSet: the options of one subcommand, each declared once with its target, default, range and
// help, and read from the command line (Boost.Program_options; "--long value", "--long=value",
// "-long value") or from a config file.
//
// Errors are one line that names the option and the fix. An option given twice takes its last
// value; the command line wins over the config file, the config file over the default.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/result.h"

namespace ponnuki::cli {

/// Numbers that an option takes, ends included.
template <typename T>
struct Range {
  T low = std::numeric_limits<T>::lowest();
  T high = std::numeric_limits<T>::max();
};

class OptionSet {
 public:
  /// How an option looks to people: "--name PLACEHOLDER  help (default: …)".
  struct Text {
    const char* name;
    const char* placeholder;
    const char* help;
    const char* default_text = nullptr;  // in words, where the target's present value says little
  };

  /// Starts a group of options in the help.
  void heading(const char* title);
  /// Each writes to `target` when the option is given; its present value is the default that the
  /// help shows.
  void text(const Text& text, std::string* target);
  void integer(const Text& text, std::int64_t* target, Range<std::int64_t> range = {});
  void integer(const Text& text, int* target, Range<int> range = {});
  void number(const Text& text, double* target, Range<double> range = {});
  /// --name, or "name = true|false" in a config file. No placeholder.
  void flag(const char* name, const char* help, bool* target);
  /// One of `choices`.
  void choice(const Text& text, std::string* target, std::vector<std::string> choices);
  /// The next argument without a dash.
  void positional(const Text& text, std::string* target, bool required = true);
  /// All further arguments without a dash, at least one if they are required.
  void positionals(const Text& text, std::vector<std::string>* target, bool required = true);

  /// Reads the command line: first the config file that it (or `config_file`, if not empty) names,
  /// then itself. `foreign` are keys of other subcommands, which a shared config file may hold as
  /// well. Not `reads_config`: --config is an option like any other.
  Status parse(const std::vector<std::string>& args, const std::string& config_file,
               const std::vector<std::string>& foreign, bool reads_config = true);
  /// Sets what has not been given from a config file: its lines count less than all that parse()
  /// read.
  Status fill_in(const std::string& config_file);
  /// What has been given, but for `except`, as a config file of lines "name = value".
  std::string given_options(const std::vector<std::string_view>& except) const;
  /// True if --help was among the parsed arguments; then nothing else was checked or set.
  bool help_wanted() const { return help_wanted_; }
  /// True if the option was given on the command line or in a config file.
  bool given(std::string_view name) const;
  /// Arguments and all options by groups, for --help.
  std::string help() const;
  /// "FILE [FILE2]": the positional arguments for the usage line.
  std::string usage() const;
  std::vector<std::string> names() const;

 private:
  struct Option {
    std::string name, placeholder, help, default_text;
    std::string heading;
    std::function<Status(const std::string&)> set;
    bool is_flag = false;
    bool given = false;
    std::string value;  // where given
  };
  struct Positional {
    Option option;
    bool required;
    bool many = false;  // the last one takes all that is left
  };
  struct CommandLine {
    std::vector<std::pair<Option*, std::string>> values;  // in the order given
    std::vector<std::string> arguments;                   // without a dash
    bool help = false;
  };

  Option* find(std::string_view name);
  void add(const Text& text, std::string default_text,
           std::function<Status(const std::string&)> set);
  Status apply(Option& option, const std::string& value);
  Status apply_positionals(const std::vector<std::string>& values);
  Result<CommandLine> read_command_line(
      const std::vector<std::string>& args);  // throws as the library does
  Result<CommandLine> try_command_line(const std::vector<std::string>& args);
  using Wanted = std::function<bool(const Option&)>;
  Status read_config(const std::string& file, const std::vector<std::string>& foreign,
                     const Wanted& wanted);
  Error unknown(const std::string& name, const std::string& where) const;

  std::string heading_ = "Options";
  std::vector<Option> options_;
  std::vector<Positional> positionals_;
  bool help_wanted_ = false;
};

/// Nothing but a whole number, or a number, in the range.
Result<std::int64_t> parse_integer(const std::string& text, Range<std::int64_t> range);
Result<double> parse_decimal(const std::string& text, Range<double> range);
/// The items of "a,b,c"; none of an empty text.
std::vector<std::string> split_list(const std::string& text, char separator = ',');

}  // namespace ponnuki::cli
