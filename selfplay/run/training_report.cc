#include "selfplay/run/training_report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "engine/format.h"
#include "selfplay/run/metrics_text.h"

namespace ponnuki::selfplay {
namespace {

using Json = nlohmann::json;

/// The lines that are not damaged.
std::vector<Json> parse(const std::string& metrics) {
  std::vector<Json> cycles;
  for (const MetricsText::Line& line : split_metrics(metrics).lines)
    cycles.push_back(Json::parse(line.json));
  return cycles;
}

/// A number by its path, such as "loss/policy"; 0 if it is missing.
double number(const Json& cycle, const std::string& path) {
  const Json::json_pointer pointer("/" + path);
  return cycle.contains(pointer) && cycle[pointer].is_number() ? cycle[pointer].get<double>() : 0;
}

struct Column {
  const char* title;
  const char* path;
  double scale;
  int decimals;
};
struct Plot {
  const char* title;
  std::vector<const char*> paths;
};
/// The contents of a run's report.
struct Layout {
  std::vector<Column> columns;
  std::vector<Plot> plots;
};

constexpr Column kMinutes = {"minutes", "seconds", 1.0 / 60, 1};
constexpr Column kSpeed = {"samples/s", "samplesPerSecond", 1, 0};
constexpr Column kPolicy = {"policy", "loss/policy", 1, 3};
constexpr Column kRate = {"rate", "learningRate", 1, 5};
constexpr Column kTop1 = {"top-1 %", "heldOut/top1", 100, 1};
constexpr Column kTop5 = {"top-5 %", "heldOut/top5", 100, 1};
constexpr Column kWinner = {"winner %", "heldOut/valueAccuracy", 100, 1};

const Layout kOwnGames = {
    {{"cycle", "cycle", 1, 0},
     kMinutes,
     {"games", "games", 1, 0},
     {"games/h", "gamesPerHour", 1, 0},
     kSpeed,
     {"moves", "moves", 1, 1},
     kPolicy,
     {"(least)", "policyEntropy", 1, 3},
     {"value", "loss/value", 1, 3},
     {"Elo", "elo", 1, 0},
     {"owner", "loss/ownership", 1, 3},
     kRate},
    {{"policy loss, and the entropy of its targets", {"loss/policy", "policyEntropy"}},
     {"value loss", {"loss/value", "loss/tdValue"}},
     {"ownership loss", {"loss/ownership"}},
     {"Elo against the first net", {"elo"}},
     {"moves a game", {"moves"}},
     {"games an hour", {"gamesPerHour"}},
     {"share of Black's wins, and of games broken off", {"blackWins", "brokenOff"}}}};

const Layout kGameRecords = {
    {{"net", "cycle", 1, 0},
     kMinutes,
     {"epochs", "epochs", 1, 2},
     kSpeed,
     kPolicy,
     {"held out", "heldOut/policyLoss", 1, 3},
     kTop1,
     kTop5,
     {"value", "heldOut/valueLoss", 1, 3},
     kWinner,
     {"owner %", "heldOut/ownershipAccuracy", 100, 1},
     kRate},
    {{"policy loss, and that of games held out", {"loss/policy", "heldOut/policyLoss"}},
     {"moves predicted: first choice, first five", {"heldOut/top1", "heldOut/top5"}},
     {"value loss, and that of games held out", {"loss/value", "heldOut/valueLoss"}},
     {"winners predicted, owners of points predicted",
      {"heldOut/valueAccuracy", "heldOut/ownershipAccuracy"}}}};

/// Of a run that learns from game records beside its own games.
Layout mixed() {
  Layout layout = kOwnGames;
  for (const Column& column : {kTop1, kTop5, kWinner}) layout.columns.push_back(column);
  layout.plots.insert(layout.plots.end(), kGameRecords.plots.begin() + 1, kGameRecords.plots.end());
  return layout;
}

Layout layout_of(const std::vector<Json>& cycles) {
  const auto has = [&](const char* key) { return !cycles.empty() && cycles.back().contains(key); };
  if (!has("heldOut")) return kOwnGames;
  return has("games") ? mixed() : kGameRecords;
}

std::string formatted(double value, int decimals) { return format("%.*f", decimals, value); }

std::string escaped(const std::string& text) {
  std::string html;
  for (const char c : text) {
    if (c == '<')
      html += "&lt;";
    else if (c == '&')
      html += "&amp;";
    else
      html += c;
  }
  return html;
}

/// Some cycles, spread evenly over the run; always includes the last one.
std::string table_of(const std::vector<Json>& cycles, int rows) {
  const std::vector<Column> columns = layout_of(cycles).columns;
  std::string table;
  for (const Column& column : columns) table += format("%10s", column.title);
  table += "\n";
  const auto count = static_cast<std::size_t>(
      std::min<std::ptrdiff_t>(rows, static_cast<std::ptrdiff_t>(cycles.size())));
  for (std::size_t i = 1; i <= count; ++i) {
    const Json& cycle = cycles[cycles.size() * i / count - 1];
    for (const Column& column : columns)
      table += format("%10.*f", column.decimals, column.scale * number(cycle, column.path));
    table += "\n";
  }
  return table;
}

/// An SVG with curves of some numbers over the run's time in minutes.
std::string svg(const std::vector<Json>& cycles, const Plot& plot) {
  constexpr double kWidth = 560, kHeight = 200, kLeft = 60, kBottom = 24, kTop = 10;
  double low = INFINITY, high = -INFINITY;
  for (const Json& cycle : cycles) {
    for (const char* path : plot.paths) {
      low = std::min(low, number(cycle, path));
      high = std::max(high, number(cycle, path));
    }
  }
  if (high <= low) high = low + 1;
  const double last = std::max(1e-9, number(cycles.back(), "seconds"));
  const auto x = [&](const Json& c) {
    return kLeft + (kWidth - kLeft) * number(c, "seconds") / last;
  };
  const auto y = [&](double v) {
    return kTop + (kHeight - kTop - kBottom) * (high - v) / (high - low);
  };
  std::ostringstream out;
  out << "<figure><figcaption>" << plot.title << "</figcaption><svg viewBox=\"0 0 " << kWidth << " "
      << kHeight << "\">";
  for (const double v : {low, (low + high) / 2, high}) {
    out << "<line class=\"grid\" x1=\"" << kLeft << "\" x2=\"" << kWidth << "\" y1=\"" << y(v)
        << "\" y2=\"" << y(v) << "\"/><text x=\"" << kLeft - 6 << "\" y=\"" << y(v) + 4
        << "\" text-anchor=\"end\">" << formatted(v, high - low < 10 ? 3 : 0) << "</text>";
  }
  out << "<text x=\"" << kWidth << "\" y=\"" << kHeight - 6 << "\" text-anchor=\"end\">"
      << formatted(last / 60, 1) << " min</text>";
  for (std::size_t s = 0; s < plot.paths.size(); ++s) {
    out << "<polyline class=\"s" << s << "\" points=\"";
    for (const Json& cycle : cycles)
      out << formatted(x(cycle), 1) << "," << formatted(y(number(cycle, plot.paths[s])), 1) << " ";
    out << "\"/>";
  }
  out << "</svg></figure>";
  return out.str();
}

}  // namespace

std::vector<TrainingPlot> training_plots(const std::string& metrics, std::size_t most_points) {
  const std::vector<Json> cycles = parse(metrics);
  const std::size_t count = std::min(cycles.size(), most_points);
  std::vector<TrainingPlot> plots;
  for (const Plot& plot : layout_of(cycles).plots) {
    TrainingPlot& shown = plots.emplace_back();
    shown.title = plot.title;
    for (const char* path : plot.paths) {
      TrainingPlot::Curve curve{path, {}};
      for (std::size_t i = 1; i <= count; ++i) {
        const Json& cycle = cycles[cycles.size() * i / count - 1];
        curve.points.emplace_back(number(cycle, "seconds") / 60, number(cycle, path));
      }
      shown.curves.push_back(std::move(curve));
    }
  }
  return plots;
}

std::string training_table(const std::string& metrics, int rows) {
  const std::vector<Json> cycles = parse(metrics);
  return table_of(cycles, rows);
}

std::string training_page(const std::string& metrics, const std::string& name,
                          const std::string& text) {
  const std::vector<Json> cycles = parse(metrics);
  const std::string title = escaped(name);
  std::string page =
      "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"30\"><title>" +
      title +
      "</title><style>body{font:14px sans-serif;margin:24px;color:#222}"
      "main{display:flex;flex-wrap:wrap;gap:24px}figure{margin:0;width:560px}"
      "text{font:11px sans-serif;fill:#666}.grid{stroke:#ddd}"
      "polyline{fill:none;stroke-width:1.5}.s0{stroke:#1664a5}.s1{stroke:#c8501e}"
      "</style><h1>" +
      title + "</h1><main>";
  if (!cycles.empty()) {
    const Layout layout = layout_of(cycles);
    for (const Plot& plot : layout.plots) page += svg(cycles, plot);
  }
  return page + "</main><pre>" + table_of(cycles, 20) + "\n" + escaped(text) + "</pre>\n";
}

std::string under_way(const TrainingState& state) {
  if (state.work.batches == 0) return "";
  std::string line = "Cycle " + std::to_string(state.cycle + 1) +
                     " is under way: " + std::to_string(state.work.learned.samples) +
                     " samples learned";
  if (state.work.match_begun)
    line += "; its match has no result yet and, if it was broken off, is played anew";
  return line + "\n";
}

Status write_training_page(const RunDirectory& directory, const std::string& text) {
  PONNUKI_TRY(const std::string metrics, directory.read_metrics());
  return directory.write_page(training_page(metrics, "Training in " + directory.path(), text));
}

}  // namespace ponnuki::selfplay
