// ponnuki manual: manual pages and shell completion, made from the options of all subcommands.
#include <filesystem>
#include <ostream>

#include "cli/manual/completion.h"
#include "cli/manual/man_page.h"
#include "cli/subcommand.h"
#include "engine/file.h"
#include "engine/gzip.h"

namespace ponnuki::cli {
namespace {

constexpr int kSmallest = 9;  // gzip's level

/// Makes the folders that are missing.
Status write(const std::string& path, const std::string& text) {
  PONNUKI_TRY(make_folder(std::filesystem::path(path).parent_path().string()));
  return write_file_atomically(path, text);
}

Status write_page(const std::string& folder, const std::string& name, const std::string& page) {
  PONNUKI_TRY(const std::string packed, gzip(page, kSmallest));
  return write(folder + "/man/man1/" + name + ".1.gz", packed);
}

class Manual : public Subcommand {
 public:
  std::string name() const override { return "manual"; }
  std::string summary() const override { return "writes manual pages and shell completion"; }
  std::string details() const override {
    return "FOLDER gets man/man1, bash-completion/completions, zsh/site-functions and "
           "fish/vendor_completions.d, as /usr/share and ~/.local/share have them. The package of "
           "Debian has all of it already.";
  }
  void add_options(OptionSet& options) override {
    options.positional({"FOLDER", "", "where to write, as in ~/.local/share"}, &folder_);
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    const Status written = write_all();
    if (!written) return failed(written.error(), streams);
    return kExitOk;
  }

 private:
  Status write_all() const {
    const auto all = make_subcommands();
    PONNUKI_TRY(write_page(folder_, "ponnuki", main_man_page(all)));
    for (const auto& subcommand : all)
      PONNUKI_TRY(write_page(folder_, man_page_name(*subcommand), man_page(*subcommand)));
    PONNUKI_TRY(write(folder_ + "/bash-completion/completions/ponnuki", bash_completion(all)));
    PONNUKI_TRY(write(folder_ + "/zsh/site-functions/_ponnuki", zsh_completion(all)));
    return write(folder_ + "/fish/vendor_completions.d/ponnuki.fish", fish_completion(all));
  }

  std::string folder_;
};

}  // namespace

std::unique_ptr<Subcommand> make_manual() { return std::make_unique<Manual>(); }

}  // namespace ponnuki::cli
