// A table: moves, the end of a game, dead stones, undo, clocks, and what is stored of it.
#include "web/server/table.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "engine/coord.h"

namespace ponnuki::web {
namespace {

constexpr BoardSize kNine{9, 9};

Point at(const char* vertex) { return *parse_gtp_vertex(vertex, kNine); }

Rules rules(const char* name) { return *parse_rules(name, Rules{}); }

Table people(const char* rule_set = "japanese", const search::TimeSettings& time = {}) {
  return Table(Game(kNine, rules(rule_set)), {{}, time});
}

/// Plays moves at the end of the game.
void play(Table& table, std::initializer_list<const char*> moves) {
  for (const char* move : moves) {
    CAPTURE(move);
    const auto played = table.play(table.view().tree->last_main_node(), at(move));
    REQUIRE(played);
  }
}

Position last_position(const Table& table) {
  const TableView view = table.view();
  return view.tree->position(view.tree->last_main_node());
}

TEST_CASE("table: moves are played in turns, and only legal ones") {
  Table table = people();
  play(table, {"D4", "F6"});
  CHECK(last_position(table).board().at(at("F6")) == Color::kWhite);
  CHECK(table.play(2, at("D4")).error().message == "the rules forbid that move");
  CHECK(table.play(0, at("C3")).error().message == "this game goes on at its last move");
  CHECK(table.play(77, at("C3")).error().message == "there is no such position any more");
}

TEST_CASE("table: each change has a version of its own") {
  Table table = people();
  const std::uint64_t first = table.version();
  play(table, {"D4"});
  const std::uint64_t second = table.version();
  CHECK(second > first);
  REQUIRE(table.undo());
  CHECK(table.version() > second);
}

TEST_CASE("table: the engine's turn is the engine's") {
  TableSettings settings;
  settings.seats[1] = {true, parse_rank("10k")};
  Table table(Game(kNine, rules("chinese")), settings);
  CHECK(table.engine_task().kind == EngineTask::Kind::kNone);
  play(table, {"E5"});
  const EngineTask task = table.engine_task();
  CHECK(task.kind == EngineTask::Kind::kMove);
  CHECK(task.seat.level == parse_rank("10k"));
  CHECK(task.game.position().move_count() == 1);
  CHECK(table.play(1, at("C3")).error().message == "it is the engine's turn");

  SECTION("it moves") {
    table.engine_plays(task.version, at("C3"));
    CHECK(last_position(table).board().at(at("C3")) == Color::kWhite);
    CHECK(table.engine_task().kind == EngineTask::Kind::kNone);
  }
  SECTION("an undo while it thinks: its move comes too late") {
    REQUIRE(table.undo());
    table.engine_plays(task.version, at("C3"));
    CHECK(last_position(table).board().stone_count() == 0);
  }
  SECTION("an undo after its move takes both moves back") {
    table.engine_plays(task.version, at("C3"));
    REQUIRE(table.undo());
    CHECK(last_position(table).board().stone_count() == 0);
    CHECK(table.undo().error().message == "there is no move to take back");
  }
  SECTION("it resigns") {
    table.engine_resigns(task.version);
    CHECK(table.view().result == "B+R");
    CHECK(table.view().phase == Phase::kOver);
  }
  SECTION("without an answer it says why, and asks no more") {
    table.engine_fails(task.version, "no net");
    CHECK(table.view().problem == "no net");
    CHECK(table.engine_task().kind == EngineTask::Kind::kNone);
  }
}

TEST_CASE("table: a move that the engine takes back may be played again") {
  TableSettings settings;
  settings.seats[1] = {true, {}};
  settings.teaching.points = 3;
  Table table(Game(kNine, rules("chinese")), settings);
  play(table, {"A1"});
  EngineTask task = table.engine_task();
  CHECK(task.teaching.points == 3);
  table.engine_takes_back(task.version, {at("A1"), 9.5, 0.2, {at("E5")}});
  CHECK(last_position(table).board().stone_count() == 0);
  REQUIRE(table.view().lesson);
  CHECK(table.view().lesson->points == 9.5);
  CHECK(table.engine_task().kind == EngineTask::Kind::kNone);

  SECTION("insisting on it") {
    play(table, {"A1"});
    CHECK(table.engine_task().teaching.points == 0);
    CHECK_FALSE(table.view().lesson);
  }
  SECTION("another move is looked at again") {
    play(table, {"A2"});
    CHECK(table.engine_task().teaching.points == 3);
  }
  SECTION("it comes too late after an undo") {
    play(table, {"E5"});
    task = table.engine_task();
    REQUIRE(table.undo());
    table.engine_takes_back(task.version, {at("E5"), 9, 0.2, {}});
    CHECK_FALSE(table.view().lesson);
  }
  SECTION("a stored game teaches on") {
    const auto again = Table::read(table.sgf());
    REQUIRE(again);
    REQUIRE((*again)->play(0, at("B2")));
    CHECK((*again)->engine_task().teaching.points == 3);
  }
}

/// Black has the left half, White the right one; a white stone at B5 is dead.
void finish(Table& table) {
  play(table, {"E1", "F1", "E2", "F2", "E3", "F3", "E4", "F4", "E5", "F5",   "E6",
               "F6", "E7", "F7", "E8", "F8", "E9", "F9", "D5", "B5", "pass", "pass"});
}

TEST_CASE("table: after two passes dead stones are marked, then the score stands") {
  Table table = people("japanese");
  finish(table);
  CHECK(table.view().phase == Phase::kMarking);
  CHECK(table.engine_task().kind == EngineTask::Kind::kJudgement);
  CHECK(table.accept_score().error().message == "there is no score to accept yet");

  referee::Judgement judgement;
  judgement.dead = {at("B5")};
  table.engine_judges(table.version(), judgement);
  CHECK(table.engine_task().kind == EngineTask::Kind::kNone);

  SECTION("a stone is marked alive, and dead again") {
    REQUIRE(table.toggle_dead(at("B5")));
    CHECK(table.view().judgement->dead.empty());
    REQUIRE(table.toggle_dead(at("B5")));
    CHECK(table.view().judgement->dead == std::vector<Point>{at("B5")});
    // 35 points and a prisoner for Black, 27 for White: 36 - 27 - 6.5
    REQUIRE(table.accept_score());
    CHECK(table.view().result == table.view().judgement->score.to_string());
    CHECK(table.view().phase == Phase::kOver);
  }
  SECTION("only stones can be marked") {
    CHECK(table.toggle_dead(at("A1")).error().message == "there is no stone");
    CHECK(table.toggle_dead(Point::pass()).error().message == "there is no stone");
  }
  SECTION("the game goes on instead") {
    REQUIRE(table.resume());
    CHECK(table.view().phase == Phase::kPlaying);
    play(table, {"B6"});
  }
  SECTION("undo takes the passes back") {
    REQUIRE(table.undo());
    CHECK(table.view().phase == Phase::kPlaying);
    CHECK(last_position(table).consecutive_passes() == 1);
  }
}

TEST_CASE("table: under rules that count the board as it stands nothing is marked") {
  Table table = people("tromp-taylor");
  finish(table);
  CHECK(table.view().phase == Phase::kOver);
  CHECK(table.view().result.substr(0, 2) == "W+");  // the dead stone lives
}

TEST_CASE("table: a player resigns, or runs out of time") {
  Table table = people();
  play(table, {"D4"});
  REQUIRE(table.resign(Color::kWhite));
  CHECK(table.view().result == "B+R");
  CHECK(table.resign(Color::kWhite).error().message == "no game is being played");

  search::TimeSettings time;
  time.system = search::TimeSystem::kAbsolute;
  time.main_seconds = 1000;
  Table clocked = people("japanese", time);
  CHECK(clocked.view().clocks[0].is_running);
  CHECK_FALSE(clocked.view().clocks[1].is_running);
  CHECK(clocked.view().clocks[1].seconds == 1000);
  CHECK(clocked.flag(Color::kBlack).error().message == "there is time left on that clock");

  time.main_seconds = 1e-9;
  Table late = people("japanese", time);
  REQUIRE(late.flag(Color::kBlack));
  CHECK(late.view().result == "W+T");
}

TEST_CASE("table: a stored game goes on where it was") {
  TableSettings settings;
  settings.seats[0] = {true, parse_rank("3d")};
  settings.time.system = search::TimeSystem::kByoYomi;
  settings.time.main_seconds = 100;
  settings.time.period_seconds = 30;
  settings.time.periods = 3;
  Table table(Game(kNine, rules("japanese")), settings);
  table.engine_plays(table.version(), at("E5"));
  REQUIRE(table.edit(set_comment(1, "In the middle [of it]")));

  const auto again = Table::read(table.sgf());
  REQUIRE(again);
  const TableView view = (*again)->view();
  CHECK(view.phase == Phase::kPlaying);
  CHECK(view.seats[0].is_engine);
  CHECK(view.seats[0].level == parse_rank("3d"));
  CHECK_FALSE(view.seats[1].is_engine);
  CHECK(view.clocks[1].seconds == Approx(190).margin(1));
  CHECK(view.tree->sgf().text(view.tree->node(1).sgf, "C") == "In the middle [of it]");
  CHECK((*again)->play(1, at("C3")));
}

TEST_CASE("table: a record of another program is looked at, and gets variations") {
  const auto table = Table::read("(;SZ[9]KM[7];B[ee];W[cc](;B[gg])(;B[gc]))");
  REQUIRE(table);
  CHECK((*table)->view().phase == Phase::kReview);
  CHECK((*table)->view().tree->nodes().size() == 5);
  const auto known = (*table)->play(2, at("G3"));
  REQUIRE(known);
  CHECK((*table)->view().tree->nodes().size() == 5);
  REQUIRE((*table)->play(2, at("C7")).error().message == "the rules forbid that move");
  REQUIRE((*table)->play(2, at("D4")));
  CHECK((*table)->view().tree->nodes().size() == 6);
  REQUIRE((*table)->edit(remove_moves(3)));
  CHECK((*table)->view().tree->main_moves() == 3);  // the next variation is the main line now
  CHECK((*table)->edit(remove_moves(0)).error().message == "there is no such move");
  CHECK((*table)->undo().error().message == "no game is being played");
}

TEST_CASE("table: what is no record is refused, and a false state is a record to look at") {
  CHECK_FALSE(Table::read(""));
  CHECK_FALSE(Table::read("hello"));
  for (const char* state :
       {"x", "[]", "{}", R"({"black":1})", R"({"black":{},"white":{},"time":7})",
        R"({"black":{},"white":{},"time":{},"left":[]})"}) {
    std::string escaped;
    for (const char* c = state; *c; ++c) escaped += (*c == ']' ? "\\]" : std::string(1, *c));
    const auto table = Table::read("(;SZ[9]PNK[" + escaped + "];B[ee])");
    CAPTURE(state);
    REQUIRE(table);
    CHECK((*table)->view().phase == Phase::kReview);
  }
}

}  // namespace
}  // namespace ponnuki::web
