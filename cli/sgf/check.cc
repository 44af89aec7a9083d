// ponnuki sgf check FILE…: says how records are read, and what is odd about them.
#include <ostream>

#include "cli/subcommand.h"
#include "review/record_check.h"
#include "review/records.h"

namespace ponnuki::cli {
namespace {

class SgfCheck : public Subcommand {
 public:
  std::string name() const override { return "sgf check"; }
  std::string summary() const override { return "says how records (SGF) are read and what is odd"; }
  std::string details() const override {
    return "Prints a line per game: board, rules, komi, handicap, moves, result, and the character "
           "set of the file. A line below it names each thing that is odd, and how it is read: "
           "unknown rules, komi in hundredths or zi, handicap without stones, a missing "
           "parenthesis, an undeclared character set, a variation that cannot be played. 'analyze' "
           "and GTP's loadsgf read records in the same way.\n\n"
           "Rules and komi that a record does not state are those that 'analyze' assumes.\n\n"
           "Exit codes: 0 if nothing is odd; 1 if something is; 2 if a file or a game is broken or "
           "cannot be read.";
  }
  void add_options(OptionSet& options) override {
    options.positionals({"FILE", "FILE", "an SGF file, or a folder of SGF files"}, &arguments_);
    options.flag("quiet", "print only what is odd or broken", &quiet_);
  }

  Result<int> run(const OptionSet&, Streams& streams) override {
    PONNUKI_TRY(const auto files, review::find_records(arguments_, ""));
    bool broken = false, odd = false;
    for (const review::Record& file : files) {
      const review::FileCheck check = review::check_file(file.path);
      for (const review::GameCheck& game : check.games) {
        odd = odd || !game.notes.empty();
        if (!quiet_ || !game.notes.empty())
          streams.out << game.name << ": " << game.reading << "\n";
        for (const std::string& note : game.notes) streams.out << "  " << note << "\n";
      }
      for (const std::string& error : check.errors) streams.err << "ponnuki: " << error << "\n";
      broken = broken || !check.errors.empty();
    }
    streams.out << std::flush;
    return broken ? kExitBadInput : odd ? kExitFailed : kExitOk;
  }

 private:
  std::vector<std::string> arguments_;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_sgf_check() { return std::make_unique<SgfCheck>(); }

}  // namespace ponnuki::cli
