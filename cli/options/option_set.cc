#include "cli/options/option_set.h"

#include <algorithm>

#include "cli/options/help_text.h"
#include "engine/edit_distance.h"

namespace ponnuki::cli {
namespace {

/// Accepts more words than parse_bool() in engine/text.h, since config files contain them, but only
/// in lower case.
Result<bool> parse_flag(const std::string& text) {
  if (text == "true" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "no" || text == "0") return false;
  return Error{"'" + text + "' is neither true nor false"};
}

}  // namespace

void OptionSet::heading(const char* title) { heading_ = title; }

void OptionSet::add(const Text& text, std::string default_text,
                    std::function<Status(const std::string&)> set) {
  if (text.default_text != nullptr) default_text = text.default_text;
  options_.push_back({{text.name, text.placeholder, text.help, std::move(default_text), heading_},
                      std::move(set)});
}

void OptionSet::text(const Text& text, std::string* target) {
  add(text, *target, [target](const std::string& value) {
    *target = value;
    return Status();
  });
}

void OptionSet::integer(const Text& text, std::int64_t* target, Range<std::int64_t> range) {
  add(text, number_text(*target), [target, range](const std::string& value) -> Status {
    PONNUKI_TRY(const auto number, parse_integer(value, range));
    *target = number;
    return {};
  });
}

void OptionSet::integer(const Text& text, int* target, Range<int> range) {
  add(text, std::to_string(*target), [target, range](const std::string& value) -> Status {
    PONNUKI_TRY(const auto number, parse_integer(value, {range.low, range.high}));
    *target = static_cast<int>(number);
    return {};
  });
}

void OptionSet::number(const Text& text, double* target, Range<double> range) {
  add(text, number_text(*target), [target, range](const std::string& value) -> Status {
    PONNUKI_TRY(const auto number, parse_decimal(value, range));
    *target = number;
    return {};
  });
}

void OptionSet::flag(const char* name, const char* help, bool* target) {
  add({name, "", help}, "", [target](const std::string& value) -> Status {
    PONNUKI_TRY(const auto given, parse_flag(value));
    *target = given;
    return {};
  });
  options_.back().is_flag = true;
}

void OptionSet::choice(const Text& text, std::string* target, std::vector<std::string> choices) {
  add(text, *target, [target, choices](const std::string& value) -> Status {
    if (std::ranges::find(choices, value) == choices.end()) {
      return Error{"'" + value + "' is not one of " + joined(choices)};
    }
    *target = value;
    return {};
  });
  options_.back().choices = std::move(choices);
}

void OptionSet::positional(const Text& text, std::string* target, bool required) {
  this->text(text, target);
  positionals_.push_back({std::move(options_.back()), required});
  options_.pop_back();
}

void OptionSet::positionals(const Text& text, std::vector<std::string>* target, bool required) {
  add(text, "", [target](const std::string& value) {
    target->push_back(value);
    return Status();
  });
  positionals_.push_back({std::move(options_.back()), required, true});
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

std::vector<OptionSet::Description> OptionSet::descriptions() const {
  return {options_.begin(), options_.end()};
}

std::vector<OptionSet::Description> OptionSet::arguments() const {
  std::vector<Description> all;
  for (const Positional& argument : positionals_) all.push_back(argument.option);
  return all;
}

Error OptionSet::unknown(const std::string& name, const std::string& where) const {
  std::string best;
  int best_distance = 3;  // names that differ by more than two letters are not suggested
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

Status OptionSet::apply_positionals(const std::vector<std::string>& values) {
  const bool many = !positionals_.empty() && positionals_.back().many;
  for (std::size_t i = 0; i < values.size() && (many || i < positionals_.size()); ++i) {
    Option& option = positionals_[std::min(i, positionals_.size() - 1)].option;
    PONNUKI_TRY(apply(option, values[i]));
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

}  // namespace ponnuki::cli
