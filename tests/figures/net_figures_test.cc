// The figures of a net: stones, heat and colours at the right pixels; every layer draws.
#include "figures/net_figures.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "figures/board_drawing.h"
#include "figures/colors.h"
#include "figures/heading.h"
#include "figures/sheet.h"
#include "nn/model/layer_list.h"
#include "tests/support/png_decoder.h"
#include "tests/support/random_model.h"
#include "tests/support/random_tower.h"
#include "tests/support/xml_check.h"

namespace ponnuki::figures {
namespace {

constexpr BoardSize kSize{9, 9};
constexpr Point kBlackPoint = Point::at(2, 2), kWhitePoint = Point::at(6, 6);

/// A random net on a position in which Black has played C7 and White G3.
NetView view_of(const nn::AnyModel& model) {
  Position position(kSize);
  position.play(kBlackPoint);
  position.play(kWhitePoint);
  auto view = look(model, position, "a test");
  REQUIRE(view.ok());
  return std::move(*view);
}

/// A picture of a 9×9 board, read at its points.
class BoardPicture {
 public:
  explicit BoardPicture(const std::string& png) : picture_(test::decode_png(png)) {}
  /// `dx`, `dy`: from the middle, in cells.
  Rgb at(Point p, double dx = 0, double dy = 0) const {
    const int top = picture_.height - kMargin - BoardDrawing::side(9, kCell);
    const auto unused = make_canvas(PictureFormat::kPng, 1, 1);
    const BoardDrawing board(*unused, kSize, kMargin, top, kCell);
    return picture_.at(static_cast<int>(board.x(p) + dx * kCell),
                       static_cast<int>(board.y(p) + dy * kCell));
  }

 private:
  static constexpr int kCell = 46;  // as boards of this size are drawn
  test::Picture picture_;
};

int difference(Rgb a, Rgb b) {
  return std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b);
}
int brightness(Rgb a) { return a.r + a.g + a.b; }

TEST_CASE("policy: stones, the last move's mark, and heat that grows with the probability") {
  NetView view = view_of(test::random_model());
  std::ranges::fill(view.evaluation.policy, 0.0F);
  const std::vector<float> probabilities = {0, 0.01F, 0.05F, 0.1F, 0.2F, 0.3F};
  for (int x = 0; x < 6; ++x)
    view.evaluation.policy[static_cast<std::size_t>(Point::at(x, 4).cell(kSize))] =
        probabilities[static_cast<std::size_t>(x)];
  view.evaluation.policy[static_cast<std::size_t>(kBlackPoint.cell(kSize))] = -1;  // illegal

  const BoardPicture picture(draw_policy(view, PictureFormat::kPng));
  CHECK(picture.at(kBlackPoint) == kBlackStone);
  CHECK(picture.at(kWhitePoint) == kWhiteStone);                       // inside the ring
  CHECK(difference(picture.at(kWhitePoint, 0.21), kBlackStone) < 60);  // the ring
  CHECK(picture.at(kBlackPoint, 0.21) == kBlackStone);                 // none there
  CHECK(picture.at(Point::at(8, 8), -0.4, -0.4) == kWood);
  CHECK(picture.at(kBlackPoint, 0.49, 0.49) == kWood);
  int heat_before = -1;
  for (int x = 0; x < 6; ++x) {
    CAPTURE(x);
    const int heat = difference(picture.at(Point::at(x, 4), 0.4, 0.4), kWood);
    CHECK(heat > heat_before);
    heat_before = heat;
  }
}

TEST_CASE("policy: the best moves have their percents, in order, the pass is in the heading") {
  NetView view = view_of(test::random_model());
  std::ranges::fill(view.evaluation.policy, 0.001F);
  view.evaluation.policy[0] = 0.6234F;
  view.evaluation.policy[1] = 0.0512F;
  view.evaluation.policy[81] = 0.25F;
  const std::string svg = draw_policy(view, PictureFormat::kSvg);
  CHECK(test::xml_error(svg) == "");
  CHECK_THAT(svg, Catch::Contains(">62</text>") && Catch::Contains(">5.1</text>") &&
                      Catch::Contains("pass: 25.") && Catch::Contains("would Black play?") &&
                      Catch::Contains("a test. Net random-v11"));
  CHECK(svg.find(">0.1<") == std::string::npos);
}

TEST_CASE("ownership: dark where Black's, light where White's, whoever is to move") {
  NetView view = view_of(test::random_model());
  const Point black = Point::at(0, 8), faint = Point::at(1, 8), white = Point::at(3, 8);
  for (const Color player : {Color::kBlack, Color::kWhite}) {
    view.position.set_to_move(player);
    const float own = player == Color::kBlack ? 1 : -1;
    std::ranges::fill(view.evaluation.ownership, 0.0F);
    view.evaluation.ownership[static_cast<std::size_t>(black.cell(kSize))] = own;
    view.evaluation.ownership[static_cast<std::size_t>(faint.cell(kSize))] = 0.3F * own;
    view.evaluation.ownership[static_cast<std::size_t>(white.cell(kSize))] = -own;
    view.evaluation.ownership[static_cast<std::size_t>(kBlackPoint.cell(kSize))] = -own;
    const BoardPicture picture(draw_ownership(view, PictureFormat::kPng));
    const auto light = [&](Point p) { return brightness(picture.at(p, 0.3, 0.3)); };
    CHECK(light(black) < light(faint));
    CHECK(light(faint) < brightness(kWood));
    CHECK(light(Point::at(2, 8)) == brightness(kWood));
    CHECK(light(white) > brightness(kWood));
    CHECK(picture.at(kBlackPoint) == kWhiteStone);  // a stone that will be captured
    CHECK(picture.at(kBlackPoint, 0.3) == kBlackStone);
  }
}

TEST_CASE("maps: each value's colour in its square") {
  const auto canvas = make_canvas(PictureFormat::kPng, 40, 30);
  const float values[] = {-2, 0, 2, 2, 1, -1};
  draw_map(*canvas, {2, 3, 10, 2}, values, {1, 2, 3});
  const auto picture = test::decode_png(canvas->encode());
  for (int i = 0; i < 6; ++i) {
    CAPTURE(i);
    CHECK(picture.at(2 + i % 3 * 10 + 5, 3 + i / 3 * 10 + 5) ==
          diverging(static_cast<double>(values[i]) / 2));
  }
  CHECK(picture.at(1, 1) == Rgb{255, 255, 255});
}

TEST_CASE("the diverging scale runs from blue over white to red") {
  CHECK(diverging(-1) == Rgb{33, 102, 172});
  CHECK(diverging(0) == Rgb{247, 247, 247});
  CHECK(diverging(1) == Rgb{178, 24, 43});
  CHECK(diverging(5) == diverging(1));
  for (int i = 0; i < 10; ++i) {  // away from white, both ways
    CAPTURE(i);
    CHECK(diverging((i + 1) / 10.0).g < diverging(i / 10.0).g);
    CHECK(diverging((i + 1) / -10.0).r < diverging(i / -10.0).r);
  }
}

TEST_CASE("filters: the one weight of a kernel is the one coloured square") {
  nn::Model model = test::random_model({.channels = 4, .first_kernel = 3});
  std::ranges::fill(model.trunk.initial_conv.weights, 0.0F);
  // Middle of the kernel, opponent's stones, filter 3.
  model.trunk.initial_conv.weights[static_cast<std::size_t>((4 * 22 + 2) * 4 + 3)] = -0.5F;
  const nn::AnyModel net = std::move(model);
  const auto picture = test::decode_png(draw_filters(front_of(net), PictureFormat::kPng));
  CHECK(std::ranges::count(picture.pixels, diverging(-1)) == 14 * 14);
  CHECK(std::ranges::count(picture.pixels, diverging(1)) == 0);
  const std::string svg = draw_filters(front_of(net), PictureFormat::kSvg);
  CHECK(test::xml_error(svg) == "");
  CHECK_THAT(svg, Catch::Contains(">3: 0.5</text>") && Catch::Contains("3x3, 22 -> 4"));
}

TEST_CASE("planes: each with its title, own stones red, and the numbers") {
  const NetView view = view_of(test::random_model());
  const std::string svg = draw_planes(view, PictureFormat::kSvg);
  CHECK(test::xml_error(svg) == "");
  for (const char* const title :
       {"0: on the board", "1: own stones", "9: last move", "19: opponent's",
        "komi for me / 20: -0.375", "the player to move is Black"})
    CHECK_THAT(svg, Catch::Contains(title));
  const auto picture = test::decode_png(draw_planes(view, PictureFormat::kPng));
  // All 81 cells of 12×12 of plane 0 are red; in every other plane only a few are.
  const auto red = std::ranges::count(picture.pixels, diverging(1));
  CHECK(red > 79 * 144);
  CHECK(red < 95 * 144);
}

TEST_CASE("every layer of every kind of net draws, in both formats") {
  const NetView view = view_of(test::random_model({.version = 15}));
  auto names = std::vector<std::string>{"planes", "policy", "ownership"};
  for (const nn::LayerInfo& layer : view.layer_list) names.push_back(layer.name);
  for (const std::string& name : names) {
    CAPTURE(name);
    const auto svg = draw_layer(view, name, PictureFormat::kSvg);
    REQUIRE(svg.ok());
    CHECK(test::xml_error(*svg) == "");
    const auto png = draw_layer(view, name, PictureFormat::kPng);
    REQUIRE(png.ok());
    CHECK(test::decode_png(*png).width > 100);
  }
}

TEST_CASE("a layer's sheet has a map for each channel, with its range") {
  const nn::Model model = test::random_model({.blocks = "o"});
  NetView view = view_of(model);
  const auto& block = std::get<nn::ResidualBlock>(model.trunk.blocks[0]);
  nn::FeatureMaps& maps = view.layers.at(block.conv1.name);  // 7 channels
  std::ranges::fill(maps.values(), 0.0F);
  maps.at(6, 1, 2) = -1.25F;
  maps.at(6, 3, 4) = 250.0F;
  const std::string svg = *draw_layer(view, block.conv1.name, PictureFormat::kSvg);
  CHECK_THAT(svg, Catch::Contains(">0: 0 .. 0</text>") &&
                      Catch::Contains(">6: -1.2 .. 250</text>") &&
                      Catch::Contains("7 channels; each number sees 7x7"));
  CHECK(svg.find(">7: ") == std::string::npos);
}

TEST_CASE("the widest nets fit a canvas") {
  constexpr int kWidest = 8192, kLongestKernel = 51,
                kLongest = 20000;  // nn/model/model_limits.h, figures/canvas.h
  const auto side = [](int tiles) { return (kWidest + tiles - 1) / tiles; };
  const int columns = sheet_columns(kWidest);
  CHECK(columns * (3 * kLongestKernel + 8 + 12) < kLongest);
  CHECK(side(columns) * (kLongestKernel + 26) < kLongest);
  const nn::AnyModel model = test::random_model({.channels = 1000, .blocks = ""});
  const NetView view = view_of(model);
  const std::string svg = *draw_layer(view, front_of(model).first_layer->name, PictureFormat::kSvg);
  CHECK_THAT(svg, Catch::Contains(">999: "));
  CHECK_THAT(draw_filters(front_of(model), PictureFormat::kSvg), Catch::Contains(">999: "));
}

TEST_CASE("an unknown layer: one line with the nearest names") {
  const nn::Model model = test::random_model({.blocks = "o"});
  const NetView view = view_of(model);
  const auto& block = std::get<nn::ResidualBlock>(model.trunk.blocks[0]);
  const std::string wrong = block.conv1.name + "x";
  const auto figure = draw_layer(view, wrong, PictureFormat::kSvg);
  REQUIRE_FALSE(figure.ok());
  CHECK_THAT(figure.error().message, Catch::Contains("random-v11 has no layer '" + wrong + "'") &&
                                         Catch::Contains(block.conv1.name + ",") &&
                                         Catch::Contains("ponnuki net info") &&
                                         !Catch::Contains("\n"));
}

TEST_CASE("a view: the layers that the list names, and the answer to them") {
  const nn::Model model = test::random_model();
  const NetView view = view_of(model);
  CHECK(view.planes.shape() == nn::MapShape{22, 9, 9});
  CHECK(view.planes.at(1, 2, 2) == 1);  // Black is to move
  CHECK(view.planes.at(2, 6, 6) == 1);
  CHECK(view.numbers[5] == Approx(-0.375));
  for (const nn::LayerInfo& layer : nn::list_layers(model, kSize))
    CHECK(view.layers.contains(layer.name));
  CHECK(view.evaluation.policy.size() == 82);
  CHECK(view.evaluation.policy[static_cast<std::size_t>(kBlackPoint.cell(kSize))] == -1);
  const float raw = view.layers.at(model.value.ownership_conv.name).values()[0];
  CHECK(view.evaluation.ownership[0] == Approx(std::tanh(raw)));
}

TEST_CASE("nets of AlphaGo's kind draw, too: planes, filters, layers and policy, but no owners") {
  struct Case {
    test::RandomTowerOptions net;
    const char* title;  // of some plane
    const char* third;  // of what filters are shown on
  };
  const Case cases[] = {
      {{.encoder = nn::Encoder::kLeelaZero}, "9: opponent's, 1 turn ago", "Black to move"},
      {{.encoder = nn::Encoder::kAlphaGoZero}, "2: own, 1 turn ago", "Black to move"},
      {{.encoder = nn::Encoder::kAlphaGo, .first_kernel = 5, .dense_policy = false, .value = false},
       "12: liberties: 1",
       "points of the board"},
      {{.encoder = nn::Encoder::kAlphaGo, .colour = true},
       "48: Black to move",
       "points of the board"}};
  for (const Case& c : cases) {
    CAPTURE(c.title);
    const nn::AnyModel model = test::random_tower(c.net);
    const NetView view = view_of(model);
    CHECK_THAT(draw_planes(view, PictureFormat::kSvg),
               Catch::Contains(c.title) && !Catch::Contains("numbers"));
    CHECK_THAT(draw_filters(front_of(model), PictureFormat::kSvg), Catch::Contains(c.third));
    for (const nn::LayerInfo& layer : view.layer_list) {
      CAPTURE(layer.name);
      REQUIRE(view.layers.contains(layer.name));
      CHECK(view.layers.at(layer.name).shape().channels == layer.channels);
      CHECK(test::xml_error(*draw_layer(view, layer.name, PictureFormat::kSvg)) == "");
    }
    const std::string policy = draw_policy(view, PictureFormat::kSvg);
    CHECK(policy.find("lead") == std::string::npos);
    CHECK((policy.find("Chance to win") != std::string::npos) == c.net.value);
    CHECK_THAT(draw_layer(view, "ownership", PictureFormat::kSvg).error().message,
               Catch::Contains("has no ownership"));
  }
}

TEST_CASE("a view of a net that knows one size only refuses other boards") {
  const auto view = look(test::random_tower({.size = {7, 5}}), Position(kSize), "a test");
  REQUIRE_FALSE(view.ok());
  CHECK_THAT(view.error().message, Catch::Contains("cannot judge boards of 9x9"));
}

}  // namespace
}  // namespace ponnuki::figures
