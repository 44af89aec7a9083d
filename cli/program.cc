#include "cli/program.h"

#include <algorithm>
#include <exception>
#include <iomanip>
#include <iostream>

#include "cli/options/help_text.h"
#include "engine/printable.h"

namespace ponnuki::cli {
namespace {

using Subcommands = std::vector<std::unique_ptr<Subcommand>>;

std::string paragraphs(const std::string& text) {
  std::string result;
  for (const std::string& paragraph : paragraphs_of(text))
    result += '\n' + (paragraph.starts_with(' ') ? paragraph : wrapped(paragraph)) + '\n';
  return result;
}

void print_help(const Subcommands& subcommands, std::ostream& out) {
  out << "Ponnuki plays and analyses the game of Go.\n\n"
         "Usage: ponnuki SUBCOMMAND [OPTIONS]\n\n"
         "Subcommands:\n";
  std::size_t width = 0;
  for (const auto& subcommand : subcommands) width = std::max(width, subcommand->name().size());
  for (const auto& subcommand : subcommands) {
    out << "  " << std::left << std::setw(static_cast<int>(width) + 1) << subcommand->name()
        << subcommand->summary() << '\n';
  }
  out << "\n"
         "  ponnuki SUBCOMMAND --help     all options of a subcommand\n"
         "  ponnuki --version\n"
      << paragraphs(general_help());
}

void print_help(const Subcommand& subcommand, const OptionSet& options, std::ostream& out) {
  out << "Usage: ponnuki " << subcommand.name() << options.usage() << " [OPTIONS]\n\nponnuki "
      << subcommand.name() << ": " << subcommand.summary() << ".\n"
      << paragraphs(subcommand.details()) << options.help();
}

/// The option names of all subcommands, since several subcommands may share one config file.
std::vector<std::string> all_option_names(const Subcommands& subcommands) {
  std::vector<std::string> names;
  for (const auto& subcommand : subcommands) {
    OptionSet options;
    subcommand->add_options(options);
    const auto more = options.names();
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

/// The subcommand at the beginning of `args`, and the number of words in its name.
std::pair<Subcommand*, std::size_t> find_subcommand(const Subcommands& subcommands,
                                                    const std::vector<std::string>& args) {
  // Tries "train status" before "train".
  for (const std::size_t words : {std::size_t{2}, std::size_t{1}}) {
    if (args.size() < words) continue;
    const std::string name = words == 2 ? args[0] + " " + args[1] : args[0];
    for (const auto& subcommand : subcommands)
      if (name == subcommand->name()) return {subcommand.get(), words};
  }
  return {nullptr, 0};
}

int fail(Streams& streams, const std::string& prefix, const std::string& message) {
  streams.err << prefix << printable(message) << std::endl;
  return kExitBadInput;
}

int run_subcommand(Subcommand& subcommand, const std::vector<std::string>& args,
                   const std::string& config_file, const Subcommands& all, Streams& streams) {
  const auto begun = subcommand.begin(streams);
  if (!begun) return fail(streams, subcommand.error_prefix(), begun.error().message);
  if (*begun) return **begun;
  OptionSet options;
  std::string config = config_file;
  add_all_options(subcommand, options, &config);
  if (Status status =
          options.parse(args, config_file, all_option_names(all), !subcommand.has_own_config());
      !status) {
    return fail(streams, subcommand.error_prefix(),
                status.error().message + " (see ponnuki " + subcommand.name() + " --help)");
  }
  if (options.help_wanted()) {
    print_help(subcommand, options, streams.out);
    return kExitOk;
  }
  if (const std::string remembered = subcommand.remembered_options(); !remembered.empty()) {
    if (Status status = options.fill_in(remembered); !status)
      return fail(streams, subcommand.error_prefix(), status.error().message);
  }
  const auto code = subcommand.run(options, streams);
  if (!code) return fail(streams, subcommand.error_prefix(), code.error().message);
  return *code;
}

int dispatch(const std::vector<std::string>& args, const std::string& config_file,
             Streams& streams) {
  const Subcommands subcommands = make_subcommands();
  if (args.empty() || args[0] == "--help" || args[0] == "-h" || args[0] == "-help" ||
      args == std::vector<std::string>{"help"}) {
    print_help(subcommands, streams.out);
    return kExitOk;
  }
  if (args[0] == "--version" || args[0] == "-version") {
    streams.out << "ponnuki " PONNUKI_VERSION "\n";
    return kExitOk;
  }
  if (args[0] == "help") {
    std::vector<std::string> turned(args.begin() + 1, args.end());
    turned.emplace_back("--help");
    return dispatch(turned, config_file, streams);
  }
  const auto [subcommand, words] = find_subcommand(subcommands, args);
  if (subcommand == nullptr) {
    std::vector<std::string> names;
    for (const auto& known : subcommands) {
      if (known->name().starts_with(args[0] + " ")) names.push_back(known->name());
    }
    if (!names.empty())
      return fail(streams, "ponnuki: ",
                  "'" + args[0] + "' alone is no subcommand; there are " + joined(names));
    for (const auto& known : subcommands) names.push_back(known->name());
    return fail(streams,
                "ponnuki: ", "no subcommand '" + args[0] + "'; there are " + joined(names));
  }
  const auto rest =
      std::vector<std::string>(args.begin() + static_cast<std::ptrdiff_t>(words), args.end());
  return run_subcommand(*subcommand, rest, config_file, subcommands, streams);
}

}  // namespace

int run_program(const std::vector<std::string>& args, const std::string& config_file,
                Streams& streams) {
  const int code = dispatch(args, config_file, streams);
  if (code == kExitOk && !streams.out.flush()) {
    streams.err << "ponnuki: cannot write to standard output: is the disk full?" << std::endl;
    return kExitFailed;
  }
  return code;
}

}  // namespace ponnuki::cli
