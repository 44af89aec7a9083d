// Manual pages and shell completion.
#include <catch2/catch.hpp>
#include <filesystem>

#include "cli/manual/completion.h"
#include "cli/manual/man_page.h"
#include "engine/file.h"
#include "engine/unpack.h"
#include "tests/support/program_run.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::cli {
namespace {

using Catch::Contains;

class Sample : public Subcommand {
 public:
  std::string name() const override { return "net try"; }
  std::string summary() const override { return "tries a net"; }
  std::string details() const override {
    return ".dots and \\backslashes are text.\n\n  so  are    blanks";
  }
  void add_options(OptionSet& options) override {
    options.positional({"NET", "", "the net"}, &text_, false);
    options.heading("How");
    options.text({"dir", "FOLDER", "where it's kept"}, &text_);
    options.text({"out", "FILE", "the result", "none"}, &text_);
    options.choice({"kind", "NAME", "of [net]: one"}, &kind_, {"small", "large"});
    options.flag("fast", "no waiting", &fast_);
  }
  Result<int> run(const OptionSet&, Streams&) override { return kExitOk; }

 private:
  std::string text_, kind_ = "small";
  bool fast_ = false;
};

Subcommands samples() {
  Subcommands all;
  all.push_back(std::make_unique<Sample>());
  return all;
}

TEST_CASE("A manual page has all that the help has") {
  Sample sample;
  CHECK(man_page_name(sample) == "ponnuki-net-try");
  const std::string page = man_page(sample);
  CHECK_THAT(page, Catch::StartsWith(".TH \"ponnuki-net-try\" 1 \"\" \"Ponnuki "));
  CHECK(page.substr(page.find('\n') + 1) ==
        R"(.SH NAME
ponnuki\-net\-try \- tries a net
.SH SYNOPSIS
\fBponnuki net try\fR [NET] [\fIOPTIONS\fR]
.SH DESCRIPTION
.PP
\&.dots and \ebackslashes are text.
.PP
.nf
  so  are    blanks
.fi
.SH "ARGUMENTS"
.TP
\fINET\fR
the net
.SH "HOW"
.TP
\fB\-\-dir\fR \fIFOLDER\fR
where it's kept
.TP
\fB\-\-out\fR \fIFILE\fR
the result (default: none)
.TP
\fB\-\-kind\fR \fINAME\fR
of [net]: one (default: small)
.TP
\fB\-\-fast\fR
no waiting
.SH "GENERAL"
.TP
\fB\-\-config\fR \fIFILE\fR
read options from this file of lines 'option = value'
.SH SEE ALSO
\fBponnuki\fR(1)
)");
}

TEST_CASE("The scripts of shells know names, files, folders and choices") {
  CHECK_THAT(bash_completion(samples()),
             Contains("words='net'") && Contains("words='--dir --out --kind --fast --config'") &&
                 Contains("--out|--config) words= kind=file ;;") &&
                 Contains("--dir) words= kind=folder ;;") &&
                 Contains("--kind) words='small large' ;;"));
  CHECK_THAT(zsh_completion(samples()),
             Contains("'--dir[where it'\\''s kept]:folder:_files -/'") &&
                 Contains("'--out[the result]:value:_files'") &&
                 Contains("'--kind[of  net   one]:value:(small large)'") &&
                 Contains("'--fast[no waiting]'"));
  const std::string front = "complete -c ponnuki -n \"__ponnuki_is 'net try'\" -l ";
  CHECK_THAT(fish_completion(samples()),
             Contains(front + "dir -x -a '(__fish_complete_directories)'") &&
                 Contains(front + "out -rF -d 'the result'") &&
                 Contains(front + "kind -x -a 'small large'") && Contains(front + "fast -d"));
}

TEST_CASE("ponnuki manual writes a page for each subcommand, the same at each time") {
  const test::TemporaryFolder folder;
  const std::string share = folder / "share";
  CHECK(test::run_ponnuki({"manual", share}).code == 0);
  const auto subcommands = make_subcommands();
  for (const auto& subcommand : subcommands) {
    const std::string path = share + "/man/man1/" + man_page_name(*subcommand) + ".1.gz";
    CAPTURE(path);
    const auto packed = read_file(path);
    REQUIRE(packed);
    CHECK(unpack(*packed, 1 << 20).value() == man_page(*subcommand));
  }
  const auto main = unpack(read_file(share + "/man/man1/ponnuki.1.gz").value(), 1 << 20);
  CHECK_THAT(*main, Contains("ponnuki\\-train\\-status") && Contains("PONNUKI_CONFIG"));
  CHECK(*read_file(share + "/bash-completion/completions/ponnuki") == bash_completion(subcommands));
  CHECK(*read_file(share + "/zsh/site-functions/_ponnuki") == zsh_completion(subcommands));
  CHECK(*read_file(share + "/fish/vendor_completions.d/ponnuki.fish") ==
        fish_completion(subcommands));
}

TEST_CASE("ponnuki manual says why it cannot write") {
  const auto run = test::run_ponnuki({"manual", "/dev/null/share"});
  CHECK(run.code == 1);
  CHECK_THAT(run.err, Contains("/dev/null/share"));
  CHECK(test::run_ponnuki({"manual"}).code == 2);
}

}  // namespace
}  // namespace ponnuki::cli
