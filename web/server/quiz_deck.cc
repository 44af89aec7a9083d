#include "web/server/quiz_deck.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <tuple>

#include "engine/file.h"
#include "engine/json_parse.h"

namespace ponnuki::web {
namespace {

using Json = nlohmann::json;

constexpr std::array<int, 6> kDaysOfBox = {1, 3, 7, 16, 35, 90};
constexpr int kVersion = 1;

std::string text_of(Day day) {
  const std::chrono::year_month_day date(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

Day day_from(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return {};
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  return date.ok() ? Day(date) : Day{};
}

Json json_of(const QuizCard& card) {
  return {{"game", card.game},       {"node", card.node},
          {"move", card.move},       {"side", card.player == Color::kBlack ? "B" : "W"},
          {"points", card.points},   {"box", card.box},
          {"due", text_of(card.due)}};
}

QuizCard card_from(const Json& json) {
  QuizCard card;
  card.game = json.at("game");
  card.node = json.at("node");
  card.move = json.at("move");
  card.player = json.at("side") == "W" ? Color::kWhite : Color::kBlack;
  card.points = json.at("points");
  card.box = std::clamp(json.at("box").get<int>(), 0, static_cast<int>(kDaysOfBox.size()) - 1);
  card.due = day_from(json.at("due"));
  return card;
}

std::vector<QuizCard> cards_from(const Json& json) {
  std::vector<QuizCard> cards;
  for (const Json& card : json.at("cards")) cards.push_back(card_from(card));
  return cards;
}

}  // namespace

Day today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return std::chrono::year(local.tm_year + 1900) /
         std::chrono::month(static_cast<unsigned>(local.tm_mon) + 1) /
         std::chrono::day(static_cast<unsigned>(local.tm_mday));
}

Result<std::unique_ptr<QuizDeck>> QuizDeck::open(const std::string& path) {
  std::vector<QuizCard> cards;
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    PONNUKI_TRY(const std::string text, read_plain_file(path));
    try {
      const auto json = parse_json(text);
      if (!json || json->at("version") != kVersion) throw std::invalid_argument("version");
      cards = cards_from(*json);
    } catch (const std::exception&) {
      return Error{"'" + path + "' is damaged, or of a newer version: move it elsewhere to begin " +
                   "with no quiz"};
    }
  }
  return std::unique_ptr<QuizDeck>(new QuizDeck(path, std::move(cards)));
}

Status QuizDeck::save(std::vector<QuizCard> cards) {
  Json json{{"version", kVersion}, {"cards", Json::array()}};
  for (const QuizCard& card : cards) json["cards"].push_back(json_of(card));
  PONNUKI_TRY(write_file_atomically(path_, json.dump(0) + "\n"));
  cards_ = std::move(cards);
  return {};
}

std::vector<QuizCard> QuizDeck::due(Day day) const {
  const MutexLock lock(mutex_);
  std::vector<QuizCard> cards;
  std::ranges::copy_if(cards_, std::back_inserter(cards),
                       [&](const QuizCard& card) { return card.due <= day; });
  std::ranges::stable_sort(cards, {}, &QuizCard::due);
  return cards;
}

std::size_t QuizDeck::size() const {
  const MutexLock lock(mutex_);
  return cards_.size();
}

Day QuizDeck::next_day() const {
  const MutexLock lock(mutex_);
  const auto next = std::ranges::min_element(cards_, {}, &QuizCard::due);
  return next == cards_.end() ? Day{} : next->due;
}

Status QuizDeck::answer(const QuizCard& mistake, bool is_right, Day day) {
  const MutexLock lock(mutex_);
  std::vector<QuizCard> cards = cards_;
  auto card = std::ranges::find_if(cards, [&](const QuizCard& each) {
    return each.game == mistake.game && each.node == mistake.node;
  });
  if (card == cards.end()) {
    if (cards.size() >= kMostCards) return Error{"the quiz has too many tasks; end some"};
    card = cards.insert(card, mistake);
    card->box = 0;
  }
  constexpr int kLastBox = static_cast<int>(kDaysOfBox.size()) - 1;
  card->box = is_right ? std::min(card->box + 1, kLastBox) : 0;
  card->due = day + std::chrono::days(kDaysOfBox[static_cast<std::size_t>(card->box)]);
  return save(std::move(cards));
}

Status QuizDeck::forget(const std::string& game, int node) {
  const MutexLock lock(mutex_);
  std::vector<QuizCard> cards = cards_;
  const auto forgotten = [&](const QuizCard& c) { return c.game == game && c.node == node; };
  if (std::erase_if(cards, forgotten) == 0) return {};
  return save(std::move(cards));
}

Status QuizDeck::forget(const std::string& game) {
  const MutexLock lock(mutex_);
  std::vector<QuizCard> cards = cards_;
  if (std::erase_if(cards, [&](const QuizCard& each) { return each.game == game; }) == 0) return {};
  return save(std::move(cards));
}

}  // namespace ponnuki::web
