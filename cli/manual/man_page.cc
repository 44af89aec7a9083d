#include "cli/manual/man_page.h"

#include <algorithm>

#include "cli/options/help_text.h"

namespace ponnuki::cli {
namespace {

/// As text: a dot begins no request, a backslash no escape, and a dash can be copied.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool begins_line = result.empty() || result.back() == '\n';
    if (begins_line && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
  }
  return result;
}

std::string bold(const std::string& text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + escaped(text) + "\\fR"; }

std::string begin(const std::string& name, const std::string& summary) {
  return ".TH \"" + name +
         "\" 1 \"\" \"Ponnuki " PONNUKI_VERSION "\" \"User Commands\"\n.SH NAME\n" + escaped(name) +
         " \\- " + escaped(summary) + "\n";
}

std::string section(const std::string& title) {
  std::string upper;
  for (const char c : title) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return ".SH \"" + escaped(upper) + "\"\n";
}

/// Paragraphs separated by blank lines. Those that begin with a blank are kept as they are.
std::string paragraphs(const std::string& text) {
  std::string result;
  for (const std::string& paragraph : paragraphs_of(text)) {
    result += paragraph.starts_with(' ') ? ".PP\n.nf\n" + escaped(paragraph) + "\n.fi\n"
                                         : ".PP\n" + escaped(paragraph) + "\n";
  }
  return result;
}

std::string item(const OptionSet::Description& option) {
  std::string text = ".TP\n" + bold("--" + option.name);
  if (!option.is_flag) text += " " + italic(option.placeholder);
  text += "\n" + escaped(option.help);
  if (!option.default_text.empty()) text += " (default: " + escaped(option.default_text) + ")";
  return text + "\n";
}

}  // namespace

std::string man_page_name(const Subcommand& subcommand) {
  std::string name = "ponnuki-" + subcommand.name();
  std::ranges::replace(name, ' ', '-');
  return name;
}

std::string man_page(Subcommand& subcommand) {
  OptionSet options;
  std::string config;
  add_all_options(subcommand, options, &config);
  std::string page = begin(man_page_name(subcommand), subcommand.summary());
  page += ".SH SYNOPSIS\n" + bold("ponnuki " + subcommand.name()) + escaped(options.usage()) +
          " [" + italic("OPTIONS") + "]\n";
  if (!subcommand.details().empty()) page += ".SH DESCRIPTION\n" + paragraphs(subcommand.details());
  if (!options.arguments().empty()) page += section("Arguments");
  for (const auto& argument : options.arguments())
    page += ".TP\n" + italic(argument.name) + "\n" + escaped(argument.help) + "\n";
  std::string heading;
  for (const auto& option : options.descriptions()) {
    if (option.heading != heading) page += section(option.heading);
    heading = option.heading;
    page += item(option);
  }
  return page + ".SH SEE ALSO\n" + bold("ponnuki") + "(1)\n";
}

std::string main_man_page(const std::vector<std::unique_ptr<Subcommand>>& subcommands) {
  std::string page = begin("ponnuki", "plays and analyses the game of Go");
  page += ".SH SYNOPSIS\n" + bold("ponnuki") + " " + italic("SUBCOMMAND") + " [" +
          italic("OPTIONS") + "]\n.SH SUBCOMMANDS\n";
  for (const auto& subcommand : subcommands) {
    page += ".TP\n" + bold(subcommand->name()) + "\n" + escaped(subcommand->summary()) + ": " +
            bold(man_page_name(*subcommand)) + "(1)\n";
  }
  return page + ".SH NOTES\n" + paragraphs(general_help());
}

}  // namespace ponnuki::cli
