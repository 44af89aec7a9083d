// Both canvases: pixels where they belong, PNGs that decode, SVGs that are well-formed.
#include "figures/canvas.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "figures/stroke_font.h"
#include "tests/support/png_decoder.h"
#include "tests/support/xml_check.h"

namespace ponnuki::figures {
namespace {

constexpr Rgb kWhite{255, 255, 255}, kRed{200, 0, 0}, kBlue{0, 0, 200};

test::Picture drawn(int width, int height, const std::function<void(Canvas&)>& draw) {
  const auto canvas = make_canvas(PictureFormat::kPng, width, height);
  draw(*canvas);
  return test::decode_png(canvas->encode());
}

TEST_CASE("a PNG has the size and the pixels that were drawn") {
  const auto picture = drawn(7, 3, [](Canvas& canvas) {
    canvas.rect(1, 0, 2, 2, {kRed});
    canvas.rect(2, 1, 1, 1, {kBlue});
  });
  CHECK(picture.width == 7);
  CHECK(picture.height == 3);
  REQUIRE(picture.pixels.size() == 21);
  for (int y = 0; y < 3; ++y) {
    for (int x = 0; x < 7; ++x) {
      const bool red = (x == 1 || x == 2) && y < 2;
      CAPTURE(x, y);
      CHECK(picture.at(x, y) == (x == 2 && y == 1 ? kBlue : red ? kRed : kWhite));
    }
  }
}

TEST_CASE("a pixel half covered, and one half transparent, are half as dark") {
  const auto picture = drawn(4, 2, [](Canvas& canvas) {
    canvas.rect(0.5, 0, 1, 1, {{0, 0, 0}});
    canvas.rect(0, 1, 1, 1, {{0, 0, 0}, 0.5});
  });
  for (const Rgb pixel : {picture.at(0, 0), picture.at(1, 0), picture.at(0, 1)}) {
    CHECK(std::abs(pixel.r - 128) <= 1);
    CHECK(pixel.g == pixel.r);
  }
  CHECK(picture.at(2, 0) == kWhite);
}

TEST_CASE("circles and lines are where they should be, smooth at the edge") {
  const auto picture = drawn(40, 20, [](Canvas& canvas) {
    canvas.circle(10, 10, 6, {kRed});
    canvas.line(24, 4, 36, 16, 3, {kBlue});
  });
  CHECK(picture.at(10, 10) == kRed);
  CHECK(picture.at(10, 5) == kRed);
  CHECK(picture.at(10, 2) == kWhite);
  CHECK(picture.at(3, 3) == kWhite);
  CHECK(picture.at(30, 10) == kBlue);
  CHECK(picture.at(25, 5) == kBlue);
  CHECK(picture.at(35, 4) == kWhite);
  const auto is_between = [](Rgb p) { return p != kWhite && p != kRed && p != kBlue; };
  CHECK(std::ranges::count_if(picture.pixels, is_between) > 10);
}

TEST_CASE("what lies outside of the canvas is cut off") {
  const auto picture = drawn(4, 4, [](Canvas& canvas) {
    canvas.rect(-5, -5, 7, 7, {kRed});
    canvas.circle(100, 100, 3, {kBlue});
    canvas.text(-20, 2, 10, Anchor::kStart, "abc", kBlue);
  });
  CHECK(picture.at(0, 0) == kRed);
  CHECK(picture.at(1, 1) == kRed);
  CHECK(picture.at(2, 2) == kWhite);
}

TEST_CASE("every printable character has strokes inside of its place") {
  for (char c = '!'; c <= '~'; ++c) {
    const std::string word(1, c);
    CAPTURE(word);
    const auto strokes = stroke_text(word, 100, 100, 10);
    REQUIRE(strokes.size() == 1);
    CHECK_FALSE(strokes[0].empty());
    for (const Stroke& s : strokes[0]) {
      for (const auto& [x, y] : {std::pair(s.x1, s.y1), std::pair(s.x2, s.y2)}) {
        CHECK(x >= 100);
        CHECK(x <= 100 + stroke_text_width(word, 10) + 1e-9);
        CHECK(y >= 100 - 7.3);  // the height of capitals
        CHECK(y <= 100 + 2.5);  // the depth of descenders
      }
    }
  }
  CHECK(stroke_text(" ", 0, 0, 10)[0].empty());
  CHECK(stroke_text_width("ab", 20) == Approx(2 * stroke_text_width("ab", 10)));
  CHECK(stroke_text_width("ab", 10) > stroke_text_width("a", 10) + stroke_text_width("b", 10));
}

/// The first and the last column with ink.
std::pair<int, int> ink(const test::Picture& picture) {
  int first = picture.width, last = -1;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      if (picture.at(x, y) == kWhite) continue;
      first = std::min(first, x), last = std::max(last, x);
    }
  }
  return {first, last};
}

TEST_CASE("text begins, stands in the middle or ends at x") {
  const auto place = [](Anchor anchor) {
    return ink(drawn(200, 30, [anchor](Canvas& canvas) {
      canvas.text(100, 20, 16, anchor, "HHHH", {0, 0, 0});
    }));
  };
  CHECK(std::abs(place(Anchor::kStart).first - 100) <= 2);
  CHECK(std::abs(place(Anchor::kEnd).second - 100) <= 2);
  const auto [first, last] = place(Anchor::kMiddle);
  CHECK(std::abs(first + last - 200) <= 2);
}

TEST_CASE("an SVG is well-formed whatever the words") {
  const auto canvas = make_canvas(PictureFormat::kSvg, 100, 50);
  canvas->rect(1, 2.5, 3, 4, {kRed, 0.25});
  canvas->circle(10, 10, 3, {kBlue});
  canvas->line(0, 0, 1, 1, 0.5, {kBlue, 0.5});
  canvas->text(5, 5, 10, Anchor::kEnd, "a < b & c > d \"e\" \x01\n 囲碁", kRed);
  const std::string svg = canvas->encode();
  CHECK(test::xml_error(svg) == "");
  CHECK_THAT(svg, Catch::StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" "
                                    "height=\"50\" viewBox=\"0 0 100 50\"") &&
                      Catch::Contains("<rect x=\"1\" y=\"2.5\" width=\"3\" height=\"4\" "
                                      "fill=\"#c80000\" fill-opacity=\"0.25\"/>") &&
                      Catch::Contains("text-anchor=\"end\">a &lt; b &amp; c > d \"e\" ?? ?"
                                      "?<"));
}

TEST_CASE("the checks of these tests find what is broken") {
  CHECK(test::xml_error("<a><b></a></b>") != "");
  CHECK(test::xml_error("<a x=1/>") != "");
  CHECK(test::xml_error("<a>&</a>") != "");
  CHECK(test::xml_error("<a/><b/>") != "");
  CHECK(test::xml_error("<a>") != "");
  std::string png = make_canvas(PictureFormat::kPng, 5, 5)->encode();
  png[png.size() / 2] = static_cast<char>(png[png.size() / 2] ^ 1);
  CHECK_THROWS(test::decode_png(png));
}

}  // namespace
}  // namespace ponnuki::figures
