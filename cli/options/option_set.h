// OptionSet: the options of one subcommand. Each option is declared once, with its target, default,
// range and help. Options are read from the command line ("--long value", "--long=value", "-long
// value") or from a config file.
//
// An error is one line that names the option and suggests a fix. If an option is given twice, the
// last value counts. The command line overrides the config file, which overrides the default.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/options/values.h"
#include "engine/result.h"

namespace ponnuki::cli {

class OptionSet {
 public:
  /// The help's text for an option: "--name PLACEHOLDER  help (default: …)".
  struct Text {
    const char* name;
    const char* placeholder;
    const char* help;
    const char* default_text = nullptr;  // shown instead of the target's current value
  };

  /// What an option or a positional argument is.
  struct Description {
    std::string name, placeholder, help, default_text;
    std::string heading = {};               // "" for arguments
    std::vector<std::string> choices = {};  // it takes no others, if there are some
    bool is_flag = false;
  };

  /// Starts a group of options in the help.
  void heading(const char* title);
  /// Declare an option that writes to `target` if it is given. The target's current value is the
  /// default.
  void text(const Text& text, std::string* target);
  void integer(const Text& text, std::int64_t* target, Range<std::int64_t> range = {});
  void integer(const Text& text, int* target, Range<int> range = {});
  void number(const Text& text, double* target, Range<double> range = {});
  /// --name, or "name = true|false" in a config file. No placeholder.
  void flag(const char* name, const char* help, bool* target);
  /// Accepts one of `choices`.
  void choice(const Text& text, std::string* target, std::vector<std::string> choices);
  /// The next argument without a dash.
  void positional(const Text& text, std::string* target, bool required = true);
  /// All further arguments without a dash; at least one if `required`.
  void positionals(const Text& text, std::vector<std::string>* target, bool required = true);

  /// Reads the config file that --config names, or else `config_file` if not empty, and then the
  /// command line. `foreign` contains the keys of other subcommands, which a shared config file may
  /// also contain. Without `reads_config`, --config is an ordinary option.
  Status parse(const std::vector<std::string>& args, const std::string& config_file,
               const std::vector<std::string>& foreign, bool reads_config = true);
  /// Reads another config file for the options that parse() has not set.
  Status fill_in(const std::string& config_file);
  /// The given options, without those in `except`, as the text of a config file.
  std::string given_options(const std::vector<std::string_view>& except) const;
  /// True if --help was given. parse() has then neither checked nor set any other option.
  bool help_wanted() const { return help_wanted_; }
  /// True if the option was given on the command line or in a config file.
  bool given(std::string_view name) const;
  /// The help's list of all arguments, and of all options under their headings.
  std::string help() const;
  /// The positional arguments for the usage line: " FILE [FILE2]".
  std::string usage() const;
  std::vector<std::string> names() const;
  std::vector<Description> descriptions() const;
  /// Those of the positional arguments.
  std::vector<Description> arguments() const;

 private:
  struct Option : Description {
    std::function<Status(const std::string&)> set;
    bool given = false;
    std::string value = {};  // if given
  };
  struct Positional {
    Option option;
    bool required;
    bool many = false;  // takes all remaining arguments
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
  /// Throws the exceptions of Boost.Program_options.
  Result<CommandLine> read_command_line(const std::vector<std::string>& args);
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

}  // namespace ponnuki::cli
