// The table of `ponnuki bench`.
#include <cstdio>
#include <ostream>
#include <string>

#include "cli/bench/bench.h"

namespace ponnuki::cli {
namespace {

constexpr std::size_t kNameWidth = 38;

}  // namespace

void print_head(bool with_peer, std::ostream& out) {
  out << std::string(53, ' ') << "  threads    a second  a CPU second"
      << (with_peer ? "      KataGo  ratio" : "") << '\n';
}

void print_row(const BenchRow& row, std::ostream& out) {
  char text[200];
  const std::string name = row.net.empty() ? row.name : row.net + ": " + row.name;
  std::snprintf(text, sizeof text, " %-14s  %7d  %10.*f", row.unit.c_str(), row.threads,
                row.decimals, row.rate.per_second);
  out << name << std::string(name.size() < kNameWidth ? kNameWidth - name.size() : 0, ' ') << text;
  if (row.rate.per_cpu_second > 0) {
    std::snprintf(text, sizeof text, "  %12.0f", row.rate.per_cpu_second);
    out << text;
  }
  if (row.peer) {
    std::snprintf(text, sizeof text, "  %10.0f  %5.2f", *row.peer, row.rate.per_second / *row.peer);
    out << text;
  }
  if (row.memory_mb) {
    std::snprintf(text, sizeof text, "  %6.0f MB", *row.memory_mb);
    out << text;
  }
  if (row.layer) {
    std::snprintf(text, sizeof text, "  %5.1f %%", 100 * row.layer->share);
    out << text;
    if (row.layer->gigaops) {
      std::snprintf(text, sizeof text, "  %5.0f Gop/s", *row.layer->gigaops);
      out << text;
    }
  }
  if (row.of_ceiling) {
    std::snprintf(text, sizeof text, "  %.2f of the ceiling", *row.of_ceiling);
    out << text;
  }
  out << std::endl;
  if (!row.remark.empty()) out << row.remark << std::endl;
}

}  // namespace ponnuki::cli
