// The reading part of OptionSet: the command line, by Boost.Program_options, whose exceptions
// become errors here, and config files.
#include <algorithm>
#include <boost/program_options.hpp>

#include "cli/options/config_file.h"
#include "cli/options/option_set.h"

namespace ponnuki::cli {
namespace {

namespace po = boost::program_options;

std::string without_dashes(const std::string& text) {
  const std::string name = text.substr(std::min(text.find_first_not_of('-'), text.size()));
  return name.substr(0, name.find('='));
}

}  // namespace

Status OptionSet::read_config(const std::string& file, const std::vector<std::string>& foreign,
                              const Wanted& wanted) {
  PONNUKI_TRY(const auto entries, read_config_file(file));
  for (const ConfigEntry& entry : entries) {
    const std::string where = file + ":" + std::to_string(entry.line) + ": ";
    Option* const option = find(entry.key);
    if (option == nullptr) {
      if (std::ranges::find(foreign, entry.key) != foreign.end()) continue;
      return unknown(entry.key, where + "unknown key '" + entry.key + "'");
    }
    if (entry.key == "config") return Error{where + "a config file cannot name another one"};
    if (!wanted(*option)) continue;
    if (Status status = apply(*option, entry.value); !status)
      return Error{where + status.error().message};
  }
  return {};
}

Result<OptionSet::CommandLine> OptionSet::read_command_line(const std::vector<std::string>& args) {
  po::options_description description;
  description.add_options()("help,h", "");
  for (const Option& option : options_) {
    if (option.is_flag) {
      description.add_options()(option.name.c_str(), "");
    } else {
      description.add_options()(option.name.c_str(), po::value<std::string>(), "");
    }
  }
  // No abbreviated names, since a new option could make them ambiguous.
  namespace style = po::command_line_style;
  const int form = (style::default_style & ~style::allow_guessing) | style::allow_long_disguise;
  po::command_line_parser parser(args);
  parser.options(description).style(form);

  CommandLine line;
  for (const auto& item : parser.run().options) {
    if (item.string_key == "help") {
      line.help = true;
    } else if (Option* const option = find(item.string_key)) {
      line.values.emplace_back(option, option->is_flag ? "true" : item.value.at(0));
    } else {
      line.arguments.insert(line.arguments.end(), item.value.begin(), item.value.end());
    }
  }
  return line;
}

Result<OptionSet::CommandLine> OptionSet::try_command_line(const std::vector<std::string>& args) {
  try {
    return read_command_line(args);
  } catch (const po::unknown_option& error) {
    const std::string name = without_dashes(error.get_option_name());
    return unknown(name, "unknown option '" + error.get_option_name() + "'");
  } catch (const po::error_with_option_name& error) {
    const Option* const option = find(without_dashes(error.get_option_name()));
    // what() puts names into its text again and again: with %canonical_option% for ever.
    if (option == nullptr) return Error{"cannot read the option '" + error.get_option_name() + "'"};
    return Error{"--" + option->name +
                 (option->is_flag ? " takes no value" : " needs a value: " + option->placeholder)};
  } catch (const po::error& error) {
    return Error{error.what()};
  }
}

Status OptionSet::parse(const std::vector<std::string>& args, const std::string& config_file,
                        const std::vector<std::string>& foreign, bool reads_config) {
  PONNUKI_TRY(const auto line, try_command_line(args));
  help_wanted_ = line.help;
  if (help_wanted_) return {};

  std::string file = reads_config ? config_file : "";
  for (const auto& [option, value] : line.values) {
    if (option->name == "config" && reads_config) file = value;
  }
  if (!file.empty()) {
    const auto all = [](const Option&) { return true; };
    PONNUKI_TRY(read_config(file, foreign, all));
  }
  for (const auto& [option, value] : line.values) {
    PONNUKI_TRY(apply(*option, value));
  }
  return apply_positionals(line.arguments);
}

Status OptionSet::fill_in(const std::string& config_file) {
  std::vector<const Option*> missing;
  for (const Option& option : options_)
    if (!option.given) missing.push_back(&option);
  return read_config(config_file, {}, [&](const Option& option) {
    return std::ranges::find(missing, &option) != missing.end();
  });
}

}  // namespace ponnuki::cli
