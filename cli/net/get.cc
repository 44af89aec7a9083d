// ponnuki net get: fetches a net into the user's folder, checks it and measures its speed here.
#include <filesystem>
#include <ostream>

#include "cli/net/download.h"
#include "cli/options/core_count.h"
#include "cli/options/evaluator_factory.h"
#include "cli/subcommand.h"
#include "cli/terminal/progress_bar.h"
#include "cli/terminal/stop_signal.h"
#include "cli/terminal/terminal.h"
#include "engine/file.h"
#include "engine/format.h"
#include "engine/search/search.h"
#include "engine/user_folders.h"
#include "nn/files/built_in_nets.h"
#include "nn/files/net_catalogue.h"
#include "nn/files/net_files.h"

namespace ponnuki::cli {
namespace {

namespace fs = std::filesystem;

/// The last part of a URL's path: "b18.bin.gz".
std::string file_in_url(const std::string& url) {
  const std::string path = url.substr(0, url.find_first_of("?#"));
  return path.substr(path.rfind('/') + 1);
}

bool is_url(const std::string& text) {
  return text.starts_with("https://") || text.starts_with("http://");
}

/// Visits a second of a search from the empty board with all cores.
Result<double> measure(const std::string& path, BoardSize size, double seconds) {
  EvaluatorOptions options;
  options.net = path;
  options.threads = usable_cores();
  PONNUKI_TRY(const auto evaluator, make_evaluator(options));
  search::SearchParams params;
  params.threads = options.threads;
  search::Search search(*evaluator, params);
  search.set_position(Position(size));
  static_cast<void>(search.run({.visits = 1}));  // the first call allocates
  const auto begin = Clock::now();
  const search::SearchStats stats = search.run({.seconds = seconds});
  return static_cast<double>(stats.playouts) / seconds_since(begin);
}

class NetGet : public Subcommand {
 public:
  std::string name() const override { return "net get"; }
  std::string summary() const override { return "fetches a net of the catalogue, or of a URL"; }
  std::string details() const override {
    return "NET is a name of ponnuki net list, a URL (http or https), or a file. The net goes to "
           "~/.local/share/ponnuki/nets, where --net finds it by its name; the newest net there is "
           "the one that all commands take without --net, if there is no default.bin.gz. Nets for "
           "one purpose go to special/ below it, and must be named. What was fetched is kept if "
           "the "
           "connection breaks; the same command goes on. Proxies are those of the environment "
           "(https_proxy).";
  }
  void add_options(OptionSet& options) override {
    options.positional({"NET", "", "which net"}, &net_);
    options.text({"as", "NAME", "call it so", "the catalogue's name, or the file's"}, &as_);
    options.text({"sha256", "SUM", "what the file's SHA-256 must be", "the catalogue's, if known"},
                 &sum_);
    options.text({"ca", "FILE", "who certifies the server (PEM)", "the system's authorities"},
                 &authority_);
    options.number({"bench", "SECONDS", "how long to measure its speed; 0: not at all"},
                   &bench_seconds_, {0, 3600});
  }

  Result<int> run(const OptionSet&, Streams& streams) override {
    const nn::CatalogueNet* const known = nn::find_in_catalogue(net_);
    PONNUKI_TRY(const Plan plan, make_plan(known));
    if (Status made = make_folder_for_files(fs::path(plan.path).parent_path().string()); !made)
      return failed(made.error(), streams);
    if (file_exists(plan.path) && as_.empty() && known != nullptr) {
      streams.out << "it is there already: " << plan.path << "\n";
    } else if (Status got = get(plan, known, streams); !got) {
      return failed(got.error(), streams);
    }
    return tell(plan, known, streams);
  }

 private:
  struct Plan {
    std::string name, path, source;  // source: a URL, or a file
  };

  Result<Plan> make_plan(const nn::CatalogueNet* known) const {
    Plan plan;
    plan.source = known != nullptr ? std::string(known->url) + std::string(known->file) : net_;
    const std::string file =
        is_url(plan.source) ? file_in_url(plan.source) : fs::path(plan.source).filename().string();
    const std::string plain = nn::name_of_net_file(file);
    if (plain.empty())
      return Error{"'" + net_ +
                   "' is no name of ponnuki net list, and no URL or file of a net (.bin.gz, .bin, "
                   ".txt.gz, .txt, .safetensors)"};
    if (!is_url(plan.source) && !file_exists(plan.source))
      return Error{"there is no file '" + plan.source + "'"};
    plan.name = !as_.empty() ? as_ : known != nullptr ? std::string(known->name) : plain;
    if (plan.name.find('/') != std::string::npos || plan.name.starts_with('.') ||
        nn::is_built_in_net(plan.name) || plan.name == "none")
      return Error{"--as: a net cannot be called '" + plan.name + "'"};
    const std::string data = user_data_folder();
    if (data.empty()) return Error{"neither XDG_DATA_HOME nor HOME is set: where should it go?"};
    const fs::path folder = fs::path(data) / "nets";
    const bool is_special = known != nullptr && known->is_special;
    plan.path =
        ((is_special ? folder / "special" : folder) / (plan.name + file.substr(plain.size())))
            .string();
    return plan;
  }

  Status get(const Plan& plan, const nn::CatalogueNet* known, Streams& streams) const {
    if (!is_url(plan.source)) {
      PONNUKI_TRY(const std::string bytes, read_plain_file(plan.source, kMostDownload));
      PONNUKI_TRY(check_net(plan.source));
      return write_file_atomically(plan.path, bytes);
    }
    streams.out << plan.source << std::endl;
    ProgressBar bar(streams.err, errors_go_to_terminal());
    Download download;
    download.url = plan.source;
    download.sha256 = sum_;
    if (known != nullptr) {
      download.bytes = known->bytes;
      if (sum_.empty()) download.sha256 = known->sha256;
    }
    download.authority = authority_;
    download.stop = stop_signal();
    download.progress = [&](std::int64_t done, std::int64_t total) {
      bar.show(done, total, done, out_of(done >> 20, total >> 20) + " MB");
    };
    download.check = check_net;
    return fetch_file(download, plan.path);
  }

  static Status check_net(const std::string& path) {
    const auto net = nn::load_named_net(path);
    return net ? Status() : Status(net.error());
  }

  Result<int> tell(const Plan& plan, const nn::CatalogueNet* known, Streams& streams) const {
    PONNUKI_TRY(const auto first, nn::find_net(nn::default_net_places()));
    streams.out << plan.path << "\n--net " << plan.name << " uses it"
                << (first == plan.path ? "; so do all commands without --net" : "") << "\n";
    if (bench_seconds_ <= 0) return kExitOk;
    const std::uint8_t side = plan.name == "9x9" ? 9 : 19;
    const auto rate = measure(plan.path, {side, side}, bench_seconds_);
    if (!rate) return failed(rate.error(), streams);
    streams.out << format("%.0f visits/s here on %dx%d: %.0f in 5 seconds\n", *rate, side, side,
                          5 * *rate);
    if (known != nullptr) streams.out << known->about << "\n";
    return kExitOk;
  }

  std::string net_, as_, sum_, authority_;
  double bench_seconds_ = 10;
};

}  // namespace

std::unique_ptr<Subcommand> make_net_get() { return std::make_unique<NetGet>(); }

}  // namespace ponnuki::cli
