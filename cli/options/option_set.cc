#include "cli/options/option_set.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <cmath>
#include <sstream>
#include <type_traits>

#include "cli/options/config_file.h"
#include "cli/options/help_text.h"
#include "engine/edit_distance.h"

namespace ponnuki::cli {
namespace {

namespace po = boost::program_options;

std::string format(double value) {
  if (std::isnan(value)) return "";  // unset; the help says what that means
  std::ostringstream out;
  out << value;
  return out.str();
}
std::string format(std::int64_t value) {
  return value == std::numeric_limits<std::int64_t>::max() ? "no limit" : std::to_string(value);
}

/// "a whole number from 1 to 8", as far as there are limits.
template <typename T>
std::string describe(Range<T> range) {
  std::string text = std::is_integral_v<T> ? "a whole number" : "a number";
  const bool low = range.low != std::numeric_limits<T>::lowest();
  const bool high = range.high != std::numeric_limits<T>::max();
  if (low && high) return text + " from " + format(range.low) + " to " + format(range.high);
  if (low) return text + " of at least " + format(range.low);
  if (high) return text + " of at most " + format(range.high);
  return text;
}

template <typename T>
Result<T> parse_number(const std::string& text, Range<T> range) {
  T value{};
  const char* const end = text.data() + text.size();
  const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
  const auto [stop, error] = std::from_chars(begin, end, value);
  const bool good =
      error == std::errc{} && stop == end && value >= range.low && value <= range.high;
  if (!good) return Error{"'" + text + "' is not " + describe(range)};
  return value;
}

Result<bool> parse_bool(const std::string& text) {
  if (text == "true" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "no" || text == "0") return false;
  return Error{"'" + text + "' is neither true nor false"};
}

std::string without_dashes(const std::string& text) {
  const std::string name = text.substr(std::min(text.find_first_not_of('-'), text.size()));
  return name.substr(0, name.find('='));
}

}  // namespace

void OptionSet::heading(const char* title) { heading_ = title; }

void OptionSet::add(const Text& text, std::string default_text,
                    std::function<Status(const std::string&)> set) {
  if (text.default_text != nullptr) default_text = text.default_text;
  options_.push_back({text.name, text.placeholder, text.help, std::move(default_text), heading_,
                      std::move(set), false, false, ""});
}

void OptionSet::text(const Text& text, std::string* target) {
  add(text, *target, [target](const std::string& value) {
    *target = value;
    return Status();
  });
}

void OptionSet::integer(const Text& text, std::int64_t* target, Range<std::int64_t> range) {
  add(text, format(*target), [target, range](const std::string& value) -> Status {
    const auto number = parse_integer(value, range);
    if (!number) return number.error();
    *target = *number;
    return {};
  });
}

void OptionSet::integer(const Text& text, int* target, Range<int> range) {
  add(text, std::to_string(*target), [target, range](const std::string& value) -> Status {
    const auto number = parse_integer(value, {range.low, range.high});
    if (!number) return number.error();
    *target = static_cast<int>(*number);
    return {};
  });
}

void OptionSet::number(const Text& text, double* target, Range<double> range) {
  add(text, format(*target), [target, range](const std::string& value) -> Status {
    const auto number = parse_number(value, range);
    if (!number) return number.error();
    if (!std::isfinite(*number)) return Error{"'" + value + "' is not a finite number"};
    *target = *number;
    return {};
  });
}

void OptionSet::flag(const char* name, const char* help, bool* target) {
  add({name, "", help}, "", [target](const std::string& value) -> Status {
    const auto given = parse_bool(value);
    if (!given) return given.error();
    *target = *given;
    return {};
  });
  options_.back().is_flag = true;
}

void OptionSet::choice(const Text& text, std::string* target, std::vector<std::string> choices) {
  add(text, *target, [target, choices = std::move(choices)](const std::string& value) -> Status {
    if (std::ranges::find(choices, value) == choices.end()) {
      std::string all;
      for (const auto& choice : choices) all += (all.empty() ? "" : ", ") + choice;
      return Error{"'" + value + "' is none of " + all};
    }
    *target = value;
    return {};
  });
}

void OptionSet::positional(const Text& text, std::string* target, bool required) {
  this->text(text, target);
  positionals_.push_back({std::move(options_.back()), required});
  options_.pop_back();
}

OptionSet::Option* OptionSet::find(std::string_view name) {
  const auto found = std::ranges::find(options_, name, &Option::name);
  return found == options_.end() ? nullptr : &*found;
}

bool OptionSet::given(std::string_view name) const {
  const auto found = std::ranges::find(options_, name, &Option::name);
  return found != options_.end() && found->given;
}

std::vector<std::string> OptionSet::names() const {
  std::vector<std::string> names;
  for (const Option& option : options_) names.push_back(option.name);
  return names;
}

Error OptionSet::unknown(const std::string& name, const std::string& where) const {
  std::string best;
  int best_distance = 3;  // more than two letters away is another word
  for (const Option& option : options_) {
    const int distance = edit_distance(name, option.name);
    if (distance < best_distance) {
      best_distance = distance;
      best = option.name;
    }
  }
  return {where +
          (best.empty() ? "; --help lists what there is" : "; did you mean '" + best + "'?")};
}

Status OptionSet::apply(Option& option, const std::string& value) {
  option.given = true;
  option.value = value;
  if (Status status = option.set(value); !status) {
    return Error{"--" + option.name + ": " + status.error().message};
  }
  return {};
}

void OptionSet::positionals(const Text& text, std::vector<std::string>* target, bool required) {
  add(text, "", [target](const std::string& value) {
    target->push_back(value);
    return Status();
  });
  positionals_.push_back({std::move(options_.back()), required, true});
  options_.pop_back();
}

Status OptionSet::apply_positionals(const std::vector<std::string>& values) {
  const bool many = !positionals_.empty() && positionals_.back().many;
  for (std::size_t i = 0; i < values.size() && (many || i < positionals_.size()); ++i) {
    Option& option = positionals_[std::min(i, positionals_.size() - 1)].option;
    if (Status status = apply(option, values[i]); !status) return status;
  }
  if (values.size() > positionals_.size() && !many) {
    return Error{"unexpected argument '" + values[positionals_.size()] +
                 "'; options begin with --, and file names with blanks need quotes"};
  }
  if (values.size() < positionals_.size() && positionals_[values.size()].required) {
    const Option& missing = positionals_[values.size()].option;
    return Error{"missing argument " + missing.name + ": " + missing.help};
  }
  return {};
}

Status OptionSet::read_config(const std::string& file, const std::vector<std::string>& foreign,
                              const Wanted& wanted) {
  const auto entries = read_config_file(file);
  if (!entries) return entries.error();
  for (const ConfigEntry& entry : *entries) {
    const std::string where = file + ":" + std::to_string(entry.line) + ": ";
    Option* const option = find(entry.key);
    if (option == nullptr) {
      if (std::ranges::find(foreign, entry.key) != foreign.end()) continue;
      return unknown(entry.key, where + "unknown key '" + entry.key + "'");
    }
    if (entry.key == "config") return Error{where + "a config file cannot name another one"};
    if (!wanted(*option)) continue;
    if (Status status = apply(*option, entry.value); !status) return Error{where + status.error().message};
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
  // No guessing of abbreviated names: what works today must not become ambiguous tomorrow.
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
    if (option == nullptr) return Error{error.what()};
    return Error{"--" + option->name +
                 (option->is_flag ? " takes no value" : " needs a value: " + option->placeholder)};
  } catch (const po::error& error) {
    return Error{error.what()};
  }
}

Status OptionSet::parse(const std::vector<std::string>& args, const std::string& config_file,
                        const std::vector<std::string>& foreign, bool reads_config) {
  const auto line = try_command_line(args);
  if (!line) return line.error();
  help_wanted_ = line->help;
  if (help_wanted_) return {};

  std::string file = reads_config ? config_file : "";
  for (const auto& [option, value] : line->values) {
    if (option->name == "config" && reads_config) file = value;
  }
  if (!file.empty()) {
    const auto all = [](const Option&) { return true; };
    if (Status status = read_config(file, foreign, all); !status) return status;
  }
  for (const auto& [option, value] : line->values) {
    if (Status status = apply(*option, value); !status) return status;
  }
  return apply_positionals(line->arguments);
}

Status OptionSet::fill_in(const std::string& config_file) {
  std::vector<const Option*> missing;
  for (const Option& option : options_)
    if (!option.given) missing.push_back(&option);
  return read_config(config_file, {}, [&](const Option& option) {
    return std::ranges::find(missing, &option) != missing.end();
  });
}

std::string OptionSet::given_options(const std::vector<std::string_view>& except) const {
  std::string lines;
  for (const Option& option : options_)
    if (option.given && std::ranges::find(except, option.name) == except.end())
      lines += option.name + " = \"" + option.value + "\"\n";
  return lines;
}

std::string OptionSet::help() const {
  std::string text;
  if (!positionals_.empty()) text += "\nArguments:\n";
  for (const Positional& argument : positionals_)
    text += help_row(argument.option.name, argument.option.help);
  std::vector<std::string> headings;
  for (const Option& option : options_) {
    if (std::ranges::find(headings, option.heading) == headings.end())
      headings.push_back(option.heading);
  }
  for (const std::string& heading : headings) {
    text += "\n" + heading + ":\n";
    for (const Option& option : options_) {
      if (option.heading != heading) continue;
      const std::string fallback = option.default_text;
      text += help_row("--" + option.name + (option.is_flag ? "" : " " + option.placeholder),
                       option.help + (fallback.empty() ? "" : " (default: " + fallback + ")"));
    }
  }
  return text;
}

std::string OptionSet::usage() const {
  std::string text;
  for (const Positional& argument : positionals_) {
    const std::string& name = argument.option.name;
    text += argument.required ? " " + name : " [" + name + "]";
    if (argument.many) text += " [" + name + "]...";
  }
  return text;
}

Result<std::int64_t> parse_integer(const std::string& text, Range<std::int64_t> range) {
  return parse_number(text, range);
}

Result<double> parse_decimal(const std::string& text, Range<double> range) {
  return parse_number(text, range);
}

std::vector<std::string> split_list(const std::string& text, char separator) {
  std::vector<std::string> words;
  std::istringstream list(text);
  for (std::string word; std::getline(list, word, separator);) words.push_back(word);
  return words;
}

}  // namespace ponnuki::cli
