// ponnuki bench: measures how fast this machine does each part of the work.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "cli/bench/bench.h"
#include "cli/bench/peer.h"
#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "engine/search/bench.h"
#include "nn/files/built_in_nets.h"
#include "nn/model/initial_model.h"

namespace ponnuki::cli {
namespace {

nlohmann::json to_json(const BenchRow& row) {
  nlohmann::json json = {{"name", row.name},
                         {"unit", row.unit},
                         {"threads", row.threads},
                         {"perSecond", row.rate.per_second},
                         {"perCpuSecond", row.rate.per_cpu_second}};
  if (row.peer) {
    json["katagoPerSecond"] = *row.peer;
    json["ratio"] = row.rate.per_second / *row.peer;
  }
  if (row.memory_mb) json["residentMb"] = *row.memory_mb;
  if (row.layer) {
    json["share"] = row.layer->share;
    if (row.layer->gigaops) json["gigaops"] = *row.layer->gigaops;
  }
  if (row.of_ceiling) json["ofCeiling"] = *row.of_ceiling;
  if (!row.net.empty()) json["net"] = row.net;
  if (!row.remark.empty()) json["remark"] = row.remark;
  return json;
}

/// A part of the benchmark. parts() lists them in the order in which they are measured.
struct Part {
  std::string name;
  bool of_net;  // measured for each net
  std::function<Status(const BenchOptions&, const std::vector<BoardSize>&, const BenchSink&)> run;
};
std::vector<Part> parts() {
  const auto sizeless = [](auto function) {
    return [function](const BenchOptions& options, const std::vector<BoardSize>&,
                      const BenchSink& sink) { return function(options, sink); };
  };
  return {{"ceilings", false, sizeless(bench_ceilings)},
          {"rules", false, sizeless(bench_rules)},
          {"search", false, sizeless(bench_tree)},
          {"net", true, bench_net},
          {"selfplay", false, sizeless(bench_selfplay)},
          {"training", false, bench_training},
          {"analysis", true, bench_analysis},
          {"precision", true, bench_precision},
          {"layers", true, bench_layers},
          {"endurance", true, bench_endurance}};
}
std::string part_names() {
  std::vector<std::string> names;
  for (const Part& part : parts()) names.push_back(part.name);
  return joined(names);
}

class Bench : public Subcommand {
 public:
  std::string name() const override { return "bench"; }
  std::string summary() const override {
    return "measures the speed of rules, planes, search and net";
  }
  std::string details() const override {
    return "Each rate is the median of some runs. If other programs use the machine, look at the "
           "work per CPU second. --net may name several nets, separated by commas.";
  }

  void add_options(OptionSet& options) override {
    options.heading("Benchmark");
    options.flag("signature", "print only a number that changes whenever the search changes",
                 &signature_);
    options.text({"only", "PARTS", only_help_.c_str()}, &only_);
    options.text({"sizes", "LIST", "board sizes for net and training, separated by commas"},
                 &sizes_);
    options.integer({"runs", "N", "number of runs, of which the median counts"}, &bench_.runs,
                    {1, 1000});
    options.number({"run-time", "SECONDS", "length of a run"}, &bench_.seconds, {0.01, 3600});
    options.text({"precisions", "LIST", "precisions of the net, as in fp32,int16", "--precision"},
                 &precisions_);
    options.integer({"positions", "N", "positions per board size for the part precision"},
                    &bench_.positions, {1, 100000});
    options.number({"minutes", "N", "minutes per board size of the part endurance"},
                   &bench_.minutes, {0.001, 10000});
    options.integer({"visits", "N", "visits per position in searches with the net"}, &bench_.visits,
                    {2, 1000000});
    options.text({"shapes", "LIST", "shapes of the nets in self-play and training"}, &shapes_);
    options.flag("json", "print one JSON object instead of the table", &json_);
    options.text(
        {"katago", "FILE", "a KataGo program to compare with, on boards from 7x7 to 19x19"},
        &bench_.katago);
    options.text({"katago-config", "FILE", "KataGo's GTP config file", "KataGo's own settings"},
                 &bench_.katago_config);
    add_evaluator_options(options, &bench_.evaluator);
  }

  Result<int> run(const OptionSet&, Streams& streams) override {
    if (signature_) {
      streams.out << search::search_signature() << '\n';
      return kExitOk;
    }
    PONNUKI_TRY(check_parts());
    PONNUKI_TRY(check_precisions());
    PONNUKI_TRY(read_shapes());
    PONNUKI_TRY(const auto sizes, parse_sizes());
    PONNUKI_TRY(const auto nets, choose_nets());
    for (const std::string& net : nets) {
      for (const char* part : {"precision", "layers"}) PONNUKI_TRY(check_part_of_net(part, net));
      PONNUKI_TRY(check_net(net));
      PONNUKI_TRY(check_peer(net));
    }
    bench_.threads = bench_.evaluator.threads;
    bench_.precisions = split_list(precisions_);
    if (bench_.precisions.empty()) bench_.precisions = {bench_.evaluator.precision};
    PONNUKI_TRY(run_parts(sizes, nets, streams.out));
    return kExitOk;
  }

 private:
  /// The nets of --net, which may be a list; "" where there is none.
  Result<std::vector<std::string>> choose_nets() const {
    const std::string& given = bench_.evaluator.net;
    std::vector<std::string> names = split_list(given);
    if (names.empty() || std::filesystem::exists(given)) names = {given};
    std::vector<std::string> nets;
    for (const std::string& name : names) {
      EvaluatorOptions options = bench_.evaluator;
      options.net = name;
      PONNUKI_TRY(nets.emplace_back(), choose_net(options));
    }
    return nets;
  }

  Status run_parts(const std::vector<BoardSize>& sizes, const std::vector<std::string>& nets,
                   std::ostream& out) {
    nlohmann::json rows = nlohmann::json::array();
    const BenchSink sink = [&](const BenchRow& row) {
      if (json_) {
        rows.push_back(to_json(row));
      } else {
        print_row(row, out);
      }
    };
    if (!json_) print_head(!bench_.katago.empty(), out);
    for (const Part& part : parts()) {
      if (!wants(part.name)) continue;
      for (std::size_t i = 0; i < (part.of_net ? nets.size() : 1); ++i) {
        bench_.evaluator.net = nets[i].empty() ? "none" : nets[i];
        PONNUKI_TRY(part.run(bench_, sizes, nets.size() == 1 ? sink : naming(nets[i], sink)));
      }
    }
    if (json_) {
      out << nlohmann::json{{"version", PONNUKI_VERSION}, {"net", joined(nets)}, {"results", rows}}
                 .dump(1)
          << '\n';
    } else if (nets.front().empty() && wants("net")) {
      out << "No net: give one with --net FILE to measure it.\n";
    }
    return {};
  }

  /// A sink that adds the name of the net to each row.
  static BenchSink naming(const std::string& net, const BenchSink& sink) {
    return [name = std::filesystem::path(net).filename().string(), &sink](BenchRow row) {
      row.net = name;
      sink(row);
    };
  }

  bool wants(const std::string& part) const {
    return std::ranges::count(split_list(only_), part) > 0;
  }
  Status check_parts() const {
    if (split_list(only_).empty()) return Error{"--only: give at least one of " + part_names()};
    for (const std::string& name : split_list(only_)) {
      const auto has_name = [&](const Part& part) { return part.name == name; };
      if (std::ranges::none_of(parts(), has_name))
        return Error{"--only: '" + name + "' is not one of " + part_names()};
    }
    return {};
  }
  Status read_shapes() {
    bench_.shapes = split_list(shapes_);
    for (const std::string& shape : bench_.shapes) {
      if (const auto parsed = nn::parse_net_shape(shape); !parsed)
        return parsed.error().in("--shapes");
    }
    return {};
  }
  Status check_precisions() const {
    for (const std::string& precision : split_list(precisions_)) {
      if (precision != "fp32" && precision != "int16")
        return Error{"--precisions: '" + precision + "' is not one of fp32, int16"};
      if (bench_.evaluator.backend != "fast")
        return Error{"--precisions needs the fast backend; leave out --backend"};
    }
    return {};
  }
  /// Loads the net, so that errors are reported before minutes of other work.
  Status check_net(const std::string& net) const {
    if (net.empty() || !(wants("net") || wants("analysis") || wants("precision") ||
                         wants("layers") || wants("endurance")))
      return {};
    const auto network = make_network(net, bench_.evaluator);
    return network ? Status() : network.error();
  }
  /// The parts that look into a net.
  Status check_part_of_net(const std::string& part, const std::string& net) const {
    if (!wants(part)) return {};
    if (net.empty()) return Error{"--only " + part + " needs a net: give one with --net FILE"};
    if (bench_.evaluator.backend == "fast") return {};
    return Error{"--only " + part + " needs the fast backend; leave out --backend"};
  }
  Status check_peer(const std::string& net) const {
    const std::string& config = bench_.katago_config;
    if (bench_.katago.empty()) {
      return config.empty() ? Status() : Error{"--katago-config needs --katago"};
    }
    if (!config.empty() && !std::filesystem::exists(config)) {
      return Error{"--katago-config: there is no file '" + config + "'"};
    }
    if (net.empty() || nn::is_built_in_net(net) || !(wants("net") || wants("analysis"))) {
      return Error{
          "--katago compares nets: give one with --net FILE, and 'net' or 'analysis' in --only"};
    }
    return check_katago(bench_.katago);
  }
  Result<std::vector<BoardSize>> parse_sizes() const {
    std::vector<BoardSize> sizes;
    if (split_list(sizes_).empty())
      return Error{"--sizes: give at least one board size, such as 9,19"};
    for (const std::string& text : split_list(sizes_)) {
      const auto size = parse_board_size(text);
      if (!size) return size.error().in("--sizes");
      sizes.push_back(*size);
    }
    return sizes;
  }

  const std::string only_help_ = "parts to measure, separated by commas: " + part_names();
  BenchOptions bench_;
  std::string only_ = "ceilings,rules,search,net,selfplay";
  std::string precisions_;
  std::string shapes_ = "b4c32,b6c64";
  std::string sizes_ = "9,13,19";
  bool json_ = false;
  bool signature_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_bench() { return std::make_unique<Bench>(); }

}  // namespace ponnuki::cli
