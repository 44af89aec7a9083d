// The engine's moves: genmove and its relatives, resignation, limits and clocks.
#include <catch2/catch.hpp>

#include "gtp/decide.h"
#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

TEST_CASE("genmove answers, plays, and may be asked of either colour") {
  Bench bench;
  CHECK(bench.send("genmove b\nlist_stones b") == "= E5\n\n= E5\n\n");
  CHECK(bench.send("genmove b").starts_with("= "));
  CHECK(bench.session().position().move_count() == 2);
  CHECK(bench.session().position().move_ago(1).color == Color::kBlack);
  CHECK(bench.send("undo\nundo\nlist_stones b") == "= \n\n= \n\n= \n\n");
  CHECK(bench.send("genmove") == "? invalid color\n\n");
  CHECK(bench.send("genmove x") == "? invalid color\n\n");
}

TEST_CASE("reg_genmove and kata-search play nothing, and repeat") {
  Bench bench;
  CHECK(bench.send("reg_genmove b\nreg_genmove b\nkata-search b\nlist_stones b") ==
        "= E5\n\n= E5\n\n= E5\n\n= \n\n");
}

TEST_CASE("The engine resigns after some hopeless turns, but not early in the game") {
  GtpOptions options = bench_options();
  options.search.resign.consecutive = 2;
  options.search.resign.min_moves = 2;
  Bench bench(options);
  // White, who moves, has nothing against twelve stones: the evaluator gives him about 0.
  bench.send("set_free_handicap A1 B1 C1 D1 E1 F1 G1 H1 J1 A2 B2 C2");
  CHECK(bench.send("genmove w") != "= resign\n\n");
  bench.send("play b A9");
  CHECK(bench.send("genmove w") == "= resign\n\n");
  CHECK(bench.session().position().move_count() == 2);
  CHECK(bench.send("kata-set-param allowResignation false\ngenmove w").find("resign") ==
        std::string::npos);
}

TEST_CASE("A resignation ends pondering until the next move") {
  GtpOptions options = bench_options();
  options.search.resign.consecutive = 1;
  options.search.resign.min_moves = 0;
  const std::string commands[] = {"genmove w", "kata-genmove_analyze w", "cgos-genmove_analyze w"};
  for (const std::string& genmove : commands) {
    INFO(genmove);
    Bench bench(options);
    // A move first, so that pondering is on.
    bench.send("set_free_handicap A1 B1 C1 D1 E1 F1 G1 H1 J1 A2 B2 C2\nplay b A9");
    CHECK(bench.session().memory().may_ponder);
    REQUIRE(bench.send(genmove).find("resign") != std::string::npos);
    CHECK_FALSE(bench.session().memory().may_ponder);
    bench.send("play b B9");
    CHECK(bench.session().memory().may_ponder);
    CHECK(bench.send("play b resign").starts_with("? "));  // no move, but an end
    CHECK_FALSE(bench.session().memory().may_ponder);
  }
}

TEST_CASE("After two passes genmove still works, and play goes on") {
  Bench bench;
  bench.send("play b D4\nplay w pass\nplay b pass");
  REQUIRE(bench.session().position().is_over());
  CHECK(bench.send("genmove w").starts_with("= "));
}

TEST_CASE("kgs-genmove_cleanup captures what is dead before it passes") {
  // White's stone at A1 is in atari inside Black's area; the evaluator below calls it dead.
  class HatesWhite : public ScriptedEvaluator {
   public:
    void evaluate(std::span<const EvalRequest> requests) override {
      ScriptedEvaluator::evaluate(requests);
      for (const EvalRequest& request : requests) {
        auto& result = *request.result;
        const float sign = request.position->to_move() == Color::kBlack ? 1.0F : -1.0F;
        for (float& value : result.ownership) value = sign;
        // Nothing but pass comes to its mind.
        for (float& value : result.policy) {
          if (value > 0) value = 1e-6F;
        }
        result.policy.back() = 1;
      }
    }
  };
  const server::EvaluatorProvider provider(
      []() -> Result<std::shared_ptr<Evaluator>> {
        return std::shared_ptr<Evaluator>(std::make_shared<HatesWhite>());
      },
      nullptr);
  server::Inbox inbox;
  StringOutput out;
  Session session(bench_options(), {provider, inbox, out, nullptr});
  for (const char* line :
       {"boardsize 5", "kata-set-rules japanese", "play b B2", "play w A1", "play b C3",
        "play w pass", "play b pass", "final_status_list dead", "kgs-genmove_cleanup b"}) {
    out.all.clear();
    session.answer(line);
    if (std::string_view(line).starts_with("final")) CHECK(out.all == "= A1\n\n");
  }
  CHECK((out.all == "= A2\n\n" || out.all == "= B1\n\n"));
}

TEST_CASE("Limits: visits alone need no clock, nothing at all means five seconds") {
  GtpOptions options;
  Bench plain(options);
  CHECK(configured_limits(plain.session(), false).seconds == 5);
  CHECK(std::isinf(configured_limits(plain.session(), true).seconds));
  options.search.visits = 100;
  Bench visits(options);
  CHECK(std::isinf(configured_limits(visits.session(), false).seconds));
  CHECK(configured_limits(visits.session(), false).visits == 100);
  options.search.seconds = 2;
  Bench both(options);
  CHECK(configured_limits(both.session(), true).seconds == 2);
}

TEST_CASE("Levels limit the visits, GNU Go's numbers are levels too") {
  GtpOptions options;
  options.search.visits = 100;
  Bench bench(options);
  CHECK(bench.send("level 20k") == "= \n\n");
  CHECK(configured_limits(bench.session(), false).visits == 32);
  const BoardSize size = bench.session().position().size();
  CHECK(bench.send("level 9d") == "= " + level_note({28}, size) + "\n\n");
  CHECK(configured_limits(bench.session(), false).visits == 100);  // as configured, if that is less
  CHECK(bench.send("level 2") == "= \n\n");
  CHECK(bench.session().options().level == parse_rank("17k"));
  CHECK(bench.send("level 10") == "= \n\n");
  CHECK_FALSE(bench.session().options().level);
  for (const char* bad :
       {"level 0", "level", "level 21k", "level 10d", "level 5 k", "level strong"})
    CHECK(bench.send(bad).starts_with("? "));
}

TEST_CASE("Clocks in the words of GTP, KGS and KataGo") {
  Bench bench;
  struct Row {
    std::string command;
    search::TimeSystem system;
  };
  const Row rows[] = {
      {"time_settings 0 1 0", search::TimeSystem::kNone},
      {"time_settings 600 0 0", search::TimeSystem::kAbsolute},
      {"time_settings 600 30 25", search::TimeSystem::kCanadian},
      {"time_settings 0.5 30.5 25", search::TimeSystem::kCanadian},
      {"kgs-time_settings none", search::TimeSystem::kNone},
      {"kgs-time_settings absolute 600", search::TimeSystem::kAbsolute},
      {"kgs-time_settings byoyomi 600 30 5", search::TimeSystem::kByoYomi},
      {"kgs-time_settings canadian 600 30 25", search::TimeSystem::kCanadian},
      {"kata-time_settings fischer 60 5", search::TimeSystem::kFischer},
      {"kata-time_settings fischer-capped 60 5 120 -1", search::TimeSystem::kFischer},
      {"kata-time_settings none", search::TimeSystem::kNone},
      {"kata-time_settings absolute 2147483647", search::TimeSystem::kAbsolute},
  };
  for (const Row& row : rows) {
    INFO(row.command);
    CHECK(bench.send(row.command) == "= \n\n");
    CHECK(bench.session().memory().clocks[Color::kWhite].settings().system == row.system);
  }
  for (const char* bad :
       {"time_settings", "time_settings 1 2", "time_settings a 2 3", "time_settings -1 0 0",
        "time_settings 1 2 3.5", "time_settings 1 2 3 4", "kgs-time_settings",
        "kgs-time_settings fischer 60 5", "kgs-time_settings byoyomi 600", "time_left",
        "time_left b", "time_left b 5", "time_left x 5 0", "time_left b 5 -1",
        "kata-time_settings fischer 60", "kata-time_settings blitz 1"}) {
    INFO(bad);
    CHECK(bench.send(bad).starts_with("? "));
  }
  CHECK(bench.send("kata-list_time_settings") ==
        "= none absolute byoyomi canadian fischer fischer-capped\n\n");
}

TEST_CASE("time_left sets the clock, and a new game winds it up") {
  Bench bench;
  bench.send("time_settings 60 0 0\ntime_left b 12.5 0\ntime_left w -1 0");
  CHECK(bench.session().memory().clocks[Color::kBlack].seconds_until_loss() == 12.5);
  CHECK(bench.session().memory().clocks[Color::kWhite].seconds_until_loss() == 0);
  bench.send("clear_board");
  CHECK(bench.session().memory().clocks[Color::kBlack].seconds_until_loss() == 60);
}

TEST_CASE("With no time left genmove still finds a move") {
  GtpOptions options = bench_options();
  options.search.visits = std::numeric_limits<std::int64_t>::max();
  Bench bench(options);
  bench.send("time_settings 10 0 0\ntime_left b 0 0");
  CHECK(bench.send("genmove b") == "= E5\n\n");
}

TEST_CASE("time_left alone is a clock: main time, or stones in a period") {
  for (const char* before : {"boardsize 9", "kgs-time_settings none", "kata-time_settings none",
                             "time_settings 0 1 0", "time_settings 60 0 0\ntime_settings 0 1 0"}) {
    INFO(before);
    Bench bench;
    bench.send(before);
    search::GameClock& clock = bench.session().memory().clocks[Color::kBlack];
    REQUIRE_FALSE(clock.limited());
    CHECK(bench.send("time_left b 1 0") == "= \n\n");
    CHECK(clock.seconds_until_loss() == 1);
    CHECK(clock.seconds_for_move(30, 0) <= 0.5);
    CHECK_FALSE(bench.session().memory().clocks[Color::kWhite].limited());
    bench.send("time_left b 10 5");
    CHECK(clock.seconds_for_move(30, 0) <= 2);
    bench.send("time_left b 600 0");
    CHECK(clock.seconds_until_loss() == 600);
    bench.send("clear_board");
    CHECK_FALSE(clock.limited());  // nothing is known of the clock of another game
  }
}

TEST_CASE("genmove keeps to a time_left without time settings") {
  GtpOptions options = bench_options();
  options.search.visits = std::numeric_limits<std::int64_t>::max();
  Bench bench(options);
  bench.send("time_left b 0 0");
  CHECK(bench.send("genmove b") == "= E5\n\n");
  CHECK(bench.session().memory().thinking_seconds < 2);  // 5 without any clock
}

TEST_CASE("Black places its handicap by repeated genmove: stones, however much it wants to pass") {
  class WantsToPass : public ScriptedEvaluator {
   public:
    void evaluate(std::span<const EvalRequest> requests) override {
      ScriptedEvaluator::evaluate(requests);
      for (const EvalRequest& request : requests) {
        for (float& prior : request.result->policy) {
          if (prior > 0) prior *= 0.01F;
        }
        request.result->policy.back() = 0.99F;
      }
    }
  };
  const auto factory = []() -> Result<std::shared_ptr<Evaluator>> {
    return std::shared_ptr<Evaluator>(std::make_shared<WantsToPass>());
  };
  for (const char* genmove : {"genmove b", "kata-search b", "lz-genmove_analyze b 100"}) {
    for (const char* visits : {"1", "16"}) {
      Bench bench(bench_options(), factory);
      bench.send(
          std::string("kata-set-rules chinese\nkomi 0.5\nplay b G7\nkata-set-param maxVisits ") +
          visits);
      INFO(genmove << ", " << visits << " visits");
      const std::string reply = bench.send(genmove);
      CHECK_FALSE(reply.ends_with("= pass\n\n"));
      CHECK_FALSE(reply.ends_with("play pass\n\n"));
    }
  }
  Bench bench(bench_options(), factory);
  const std::string placed = bench.send("kata-set-rules chinese\nplay b G7\ngenmove b\ngenmove b");
  INFO(placed);
  CHECK(bench.send("get_handicap") == "= 3\n\n");
  // White has moved: the game has begun. But nobody passes on an open board, neither first nor in
  // answer to a pass.
  bench.send("play w A9");
  CHECK(bench.send("genmove b") != "= pass\n\n");
  bench.send("undo\nundo\nundo\nplay w pass");
  CHECK(bench.send("genmove b") != "= pass\n\n");
  bench.send("clear_board\nkata-set-rules aga-button\nplay b C3\nplay w pass");  // the button
  CHECK(bench.send("genmove b") != "= pass\n\n");
}

// Black's stones are alive, and so are White's; C5 cannot live. Before its last pass the engine
// would capture it.
const char* const kSettledGame = R"(
  boardsize 9
  kata-set-rules tromp-taylor
  komi 7
  set_position b E9 w F9 w H9 b B8 b E8 w F8 w G8 w J8 b D7 b E7 w F7 w H7 w J7 b A6 b B6 b C6 b D6 b E6 w F6 w G6 w J6 b B5 w C5 b E5 w F5 w H5 b A4 b C4 b D4 b E4 w F4 w G4 w H4 w J4 b B3 b C3 b D3 b E3 w F3 w G3 w J3 b A2 b B2 b D2 b E2 w F2 w H2 w J2 b B1 b C1 b E1 w F1 w G1 w H1
)";

TEST_CASE("Filters hold for the move played: allow, avoid, and pass among them") {
  struct Row {
    std::string filter, move;
  };
  const Row rows[] = {
      {"allow b pass 1", "pass"},
      {"allow b PASS 1 allow w pass 1", "pass"},
      {"allow b D5 1", "D5"},
      {"allow b A1 1", "A1"},  // useless, but allowed
  };
  for (const std::string visits : {"1", "100"}) {
    for (const std::string command :
         {"kata-search_analyze", "kata-genmove_analyze", "lz-genmove_analyze", "genmove_analyze"}) {
      for (const Row& row : rows) {
        INFO(command << " " << row.filter << ", " << visits << " visits");
        Bench bench;
        bench.send(lines(kSettledGame) + "kata-set-param maxVisits " + visits);
        CHECK(bench.send(command + " b " + row.filter).ends_with("play " + row.move + "\n\n"));
      }
      INFO(command << ", avoid, " << visits << " visits");
      Bench bench;
      bench.send(lines(kSettledGame) + "kata-set-param maxVisits " + visits);
      CHECK_FALSE(bench.send(command + " b avoid b D5,A1 1").ends_with("play D5\n\n"));
      bench.send(lines(kSettledGame));
      CHECK_FALSE(bench.send(command + " b avoid b pass 1").ends_with("play pass\n\n"));
    }
  }
  Bench bench;
  bench.send(lines(kSettledGame));
  CHECK(bench.send("kata-search_analyze b").ends_with("play D5\n\n"));
}

TEST_CASE("cputime counts the seconds of genmove") {
  Bench bench;
  CHECK(bench.send("cputime") == "= 0.000\n\n");
  bench.send("genmove b");
  CHECK(bench.session().memory().thinking_seconds > 0);
  CHECK(bench.send("gomill-cpu_time").starts_with("= "));
}

TEST_CASE("genmove_analyze in three dialects ends with the move played") {
  for (const char* name : {"genmove_analyze", "lz-genmove_analyze", "kata-genmove_analyze"}) {
    Bench bench;
    INFO(name);
    const std::string text = bench.send(std::string("9 ") + name + " b 100");
    CHECK(text.starts_with("=9\ninfo move "));
    CHECK(text.ends_with("\nplay E5\n\n"));
    CHECK(bench.send("list_stones b") == "= E5\n\n");
  }
  Bench bench;
  CHECK(bench.send("kata-search_analyze b 100").ends_with("\nplay E5\n\n"));
  CHECK(bench.send("list_stones b") == "= \n\n");
  CHECK(bench.send("lz-genmove_analyze b nonsense").starts_with("? "));
}

TEST_CASE("cgos-genmove_analyze answers with a line of JSON and the move") {
  Bench bench;
  const std::string text = bench.send("cgos-genmove_analyze b");
  CHECK(text.starts_with("=\n{\"winrate\":"));
  CHECK(text.ends_with("}\nplay E5\n\n"));
  CHECK(bench.send("cgos-opponent_name X\ncgos-opponent_rating \"1800?\"\ncgos-gameover B+R") ==
        "= \n\n= \n\n= \n\n");
}

TEST_CASE("What the engine thought of its last move") {
  GtpOptions options = bench_options();
  options.search.ogs_chat = true;
  Bench bench(options);
  bench.send("genmove b");
  CHECK(bench.logged.starts_with("MALKOVICH:Visits 16 Winrate "));
  CHECK(bench.logged.find(" PV E5") != std::string::npos);
  CHECK(bench.send("gomill-explain_last_move").starts_with("= Visits 16 Winrate "));
}

}  // namespace ponnuki::gtp::test
