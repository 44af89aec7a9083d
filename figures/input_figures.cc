// The inputs of a net, and the filters of its first layer.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/format.h"
#include "figures/colors.h"
#include "figures/net_figures.h"
#include "figures/plane_titles.h"
#include "figures/sheet.h"
#include "nn/inputs/planes.h"
#include "nn/model/layer_text.h"

namespace ponnuki::figures {
namespace {

constexpr std::array<const char*, nn::kGlobalCount> kNumberTitles = {"last move was a pass",
                                                                     "pass 2 turns ago",
                                                                     "pass 3 turns ago",
                                                                     "pass 4 turns ago",
                                                                     "pass 5 turns ago",
                                                                     "komi for me / 20",
                                                                     "ko: not simple",
                                                                     "ko: positional, situational",
                                                                     "suicide allowed",
                                                                     "territory scoring",
                                                                     "tax",
                                                                     "tax on all",
                                                                     "(clean-up: 0)",
                                                                     "(clean-up: 0)",
                                                                     "a pass ends it",
                                                                     "(advantage: 0)",
                                                                     "(advantage: 0)",
                                                                     "button",
                                                                     "komi's parity"};

constexpr int kNumberRows = 5, kNumberLine = 15, kNumberColumn = 185;

void draw_numbers(Sheet& sheet, const std::vector<float>& numbers) {
  Canvas& canvas = sheet.canvas();
  const double top = sheet.footer_y() + 14;
  canvas.text(sheet.footer_x(), top, 12, Anchor::kStart,
              "and 19 numbers, the same for every point:", kInk);
  for (int i = 0; i < nn::kGlobalCount; ++i) {
    const int column = i / kNumberRows, row = i % kNumberRows;
    const double x = sheet.footer_x() + column * kNumberColumn;
    const double y = top + (row + 1.2) * kNumberLine;
    const double value = static_cast<double>(numbers[static_cast<std::size_t>(i)]);
    canvas.text(x, y, 10, Anchor::kStart,
                format("%2d  %s: %.3g", i, kNumberTitles[static_cast<std::size_t>(i)], value),
                value == 0 ? kFaintInk : kInk);
  }
}

}  // namespace

std::string draw_planes(const NetView& view, PictureFormat format) {
  const nn::MapShape& shape = view.planes.shape();
  const bool numbers = !view.numbers.empty();
  const int cell = std::max(5, 108 / std::max(shape.height, shape.width));
  Sheet sheet(
      format,
      {.heading = Heading(
           {ponnuki::format("What goes in: %d planes", shape.channels) +
                (numbers ? ponnuki::format(" and %d numbers", nn::kGlobalCount) : std::string()),
            view.title + "; the player to move is " + player_name(view.position.to_move()),
            "A red point is 1, a pale one 0."}),
       .tiles = shape.channels,
       .columns = 6,
       .tile_width = cell * shape.width,
       .tile_height = cell * shape.height,
       .footer_height = numbers ? 20 + (kNumberRows + 1) * kNumberLine : 0});
  for (int plane = 0; plane < shape.channels; ++plane) {
    const MapDrawing at{sheet.x(plane), sheet.y(plane), static_cast<double>(cell), 1};
    draw_map(sheet.canvas(), at, view.planes.plane(plane), shape);
    draw_faint_stones(sheet.canvas(), at, view.position.board());
    sheet.caption(plane, ponnuki::format("%d: ", plane) + plane_title(view.encoder, plane));
  }
  if (numbers) draw_numbers(sheet, view.numbers);
  return sheet.encode();
}

namespace {

/// The kernel of one filter on one plane, [y][x].
std::vector<float> kernel(const nn::ConvLayer& conv, int plane, int filter) {
  const int taps = conv.height * conv.width;
  std::vector<float> weights;
  weights.reserve(static_cast<std::size_t>(taps));
  for (int tap = 0; tap < taps; ++tap)
    weights.push_back(
        conv.weights[static_cast<std::size_t>((tap * conv.in + plane) * conv.out + filter)]);
  return weights;
}

/// The largest absolute weight of the kernels of a filter that are shown.
double largest_weight(const nn::ConvLayer& conv, const StonePlanes& shown, int filter) {
  float largest = 0;
  for (const int plane : shown.planes) {
    for (const float w : kernel(conv, plane, filter)) largest = std::max(largest, std::abs(w));
  }
  return static_cast<double>(largest);
}

}  // namespace

std::string draw_filters(const NetFront& net, PictureFormat format) {
  const nn::ConvLayer& conv = *net.first_layer;
  const StonePlanes shown = stone_planes(net.encoder);
  const int cell = std::max(1, 42 / std::max(conv.height, conv.width)), gap = 4;
  Sheet sheet(
      format,
      {.heading = Heading(
           {"What the first layer looks for: " + conv.name + ", " + nn::shape_text(conv),
            "Of each filter three kernels of " + std::to_string(conv.in) +
                ": on own stones, on the opponent's stones, on " + shown.third + ".",
            "Red adds, blue takes away. Below: the filter's number, and the weight of full colour. "
            "Net " +
                net.name}),
       .tiles = conv.out,
       .columns = sheet_columns(conv.out),
       .tile_width = 3 * conv.width * cell + 2 * gap,
       .tile_height = conv.height * cell});
  const nn::MapShape shape{1, conv.height, conv.width};
  for (int filter = 0; filter < conv.out; ++filter) {
    const double full = largest_weight(conv, shown, filter);
    MapDrawing at{sheet.x(filter), sheet.y(filter), static_cast<double>(cell), full};
    for (const int plane : shown.planes) {
      draw_map(sheet.canvas(), at, kernel(conv, plane, filter).data(), shape);
      at.x += conv.width * cell + gap;
    }
    sheet.caption(filter, ponnuki::format("%d: %.2g", filter, full));
  }
  return sheet.encode();
}

}  // namespace ponnuki::figures
