#include "cli/manual/completion.h"

#include <algorithm>

namespace ponnuki::cli {
namespace {

using Description = OptionSet::Description;

std::vector<Description> options_of(Subcommand& subcommand) {
  OptionSet options;
  std::string config;
  add_all_options(subcommand, options, &config);
  return options.descriptions();
}

bool takes_file(const Description& option) {
  return option.placeholder.find("FILE") != std::string::npos;
}
bool takes_folder(const Description& option) { return option.placeholder == "FOLDER"; }

std::string words(const std::vector<std::string>& list, const char* separator = " ") {
  return joined(list, separator);
}

/// For a shell's '…'.
std::string shell_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// The first words of all names, and the second words behind each that has some.
std::vector<std::string> first_words(const Subcommands& subcommands) {
  std::vector<std::string> firsts;
  for (const auto& subcommand : subcommands) {
    const std::string first = subcommand->name().substr(0, subcommand->name().find(' '));
    if (std::ranges::find(firsts, first) == firsts.end()) firsts.push_back(first);
  }
  return firsts;
}
std::vector<std::string> second_words(const Subcommands& subcommands, const std::string& first) {
  std::vector<std::string> seconds;
  for (const auto& subcommand : subcommands) {
    if (subcommand->name().starts_with(first + " "))
      seconds.push_back(subcommand->name().substr(first.size() + 1));
  }
  return seconds;
}
std::vector<std::string> groups(const Subcommands& subcommands) {
  std::vector<std::string> groups = first_words(subcommands);
  std::erase_if(groups,
                [&](const std::string& first) { return second_words(subcommands, first).empty(); });
  return groups;
}

std::string bash_case(Subcommand& subcommand) {
  std::vector<std::string> names, files, folders;
  std::string choices;
  for (const Description& option : options_of(subcommand)) {
    const std::string name = "--" + option.name;
    names.push_back(name);
    if (takes_file(option)) files.push_back(name);
    if (takes_folder(option)) folders.push_back(name);
    if (!option.choices.empty())
      choices += "        " + name + ") words='" + words(option.choices) + "' ;;\n";
  }
  std::string text =
      "    '" + subcommand.name() + "')\n      words='" + words(names) + "'\n      case $prev in\n";
  if (!files.empty()) text += "        " + words(files, "|") + ") words= kind=file ;;\n";
  if (!folders.empty()) text += "        " + words(folders, "|") + ") words= kind=folder ;;\n";
  return text + choices + "      esac ;;\n";
}

std::string zsh_case(Subcommand& subcommand) {
  std::string text = "    '" + subcommand.name() + "') _arguments \\\n";
  for (const Description& option : options_of(subcommand)) {
    std::string help;
    for (const char c : option.help) help += c == '[' || c == ']' || c == ':' ? ' ' : c;
    std::string spec = "--" + option.name + "[" + help + "]";
    if (!option.is_flag) {
      spec += ":" + std::string(takes_folder(option) ? "folder" : "value") + ":";
      if (takes_folder(option)) spec += "_files -/";
      if (takes_file(option)) spec += "_files";
      if (!option.choices.empty()) spec += "(" + words(option.choices) + ")";
    }
    text += "      " + shell_quoted(spec) + " \\\n";
  }
  return text + "      '*:file:_files' ;;\n";
}

std::string fish_lines(Subcommand& subcommand, const std::vector<std::string>& seconds) {
  std::string is_here = "__ponnuki_is '" + subcommand.name() + "'";
  for (const std::string& second : seconds)
    is_here += "; and not __ponnuki_is '" + subcommand.name() + " " + second + "'";
  const std::string front = "complete -c ponnuki -n \"" + is_here + "\"";
  std::string text;
  for (const Description& option : options_of(subcommand)) {
    text += front + " -l " + option.name;
    if (!option.is_flag) text += takes_file(option) ? " -rF" : " -x";
    if (takes_folder(option)) text += " -a '(__fish_complete_directories)'";
    if (!option.choices.empty()) text += " -a " + shell_quoted(words(option.choices));
    text += " -d " + shell_quoted(option.help.substr(0, 60)) + "\n";
  }
  return text;
}

}  // namespace

std::string bash_completion(const Subcommands& subcommands) {
  std::string text =
      "# bash completion of ponnuki, written by 'ponnuki manual'\n"
      "_ponnuki() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words= kind=file\n"
      "  local name=${COMP_WORDS[1]}\n"
      "  case $name in\n";
  for (const std::string& group : groups(subcommands)) {
    text += "    " + group + ")\n      case ${COMP_WORDS[2]} in " +
            words(second_words(subcommands, group), "|") +
            ") name+=\" ${COMP_WORDS[2]}\" ;; esac ;;\n";
  }
  text +=
      "  esac\n"
      "  if ((COMP_CWORD == 1)); then\n    words='" +
      words(first_words(subcommands)) + "' kind=\n  else\n  case $name in\n";
  for (const auto& subcommand : subcommands) text += bash_case(*subcommand);
  text += "  esac\n  fi\n";
  for (const std::string& group : groups(subcommands)) {
    text += "  if ((COMP_CWORD == 2)) && [[ $name == " + group + " ]]; then words+=' " +
            words(second_words(subcommands, group)) + "' kind=; fi\n";
  }
  return text +
         "  if [[ $kind == folder ]]; then\n"
         "    compopt -o filenames 2>/dev/null\n    COMPREPLY=($(compgen -d -- \"$cur\"))\n"
         "  elif [[ $kind == file && $cur != -* ]] && [[ -z $words || $prev != --* ]]; then\n"
         "    compopt -o filenames 2>/dev/null\n    COMPREPLY=($(compgen -f -- \"$cur\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "  fi\n"
         "}\n"
         "complete -F _ponnuki ponnuki\n";
}

std::string zsh_completion(const Subcommands& subcommands) {
  std::string text =
      "#compdef ponnuki\n"
      "# zsh completion of ponnuki, written by 'ponnuki manual'\n"
      "_ponnuki() {\n"
      "  if ((CURRENT == 2)); then compadd " +
      words(first_words(subcommands)) +
      "; return; fi\n  local name=$words[2] skip=1\n  case $name in\n";
  for (const std::string& group : groups(subcommands)) {
    const auto seconds = second_words(subcommands, group);
    text += "    " + group + ")\n      if ((CURRENT == 3)); then compadd " + words(seconds) +
            "; fi\n      case $words[3] in (" + words(seconds, "|") +
            ") name+=\" $words[3]\"; skip=2 ;; esac ;;\n";
  }
  text +=
      "  esac\n"
      "  words=(\"$name\" \"${(@)words[skip+2,-1]}\")\n"
      "  ((CURRENT -= skip))\n"
      "  ((CURRENT > 1)) || return\n"
      "  case $name in\n";
  for (const auto& subcommand : subcommands) text += zsh_case(*subcommand);
  return text + "  esac\n}\n_ponnuki \"$@\"\n";
}

std::string fish_completion(const Subcommands& subcommands) {
  std::string text =
      "# fish completion of ponnuki, written by 'ponnuki manual'\n"
      "function __ponnuki_is\n"
      "  set -l given (commandline -opc)\n"
      "  set -l wanted (string split ' ' -- $argv[1])\n"
      "  set -l last (math (count $wanted) + 1)\n"
      "  test (count $given) -ge $last; and test \"$given[2..$last]\" = \"$wanted\"\n"
      "end\n";
  for (const std::string& first : first_words(subcommands))
    text += "complete -c ponnuki -n __fish_use_subcommand -xa " + first + "\n";
  for (const std::string& group : groups(subcommands)) {
    for (const std::string& second : second_words(subcommands, group))
      text += "complete -c ponnuki -n '__ponnuki_is " + group + "' -fa " + second + "\n";
  }
  for (const auto& subcommand : subcommands)
    text += fish_lines(*subcommand, second_words(subcommands, subcommand->name()));
  return text;
}

}  // namespace ponnuki::cli
